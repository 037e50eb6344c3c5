"""`boussole workshop sheets`: the workshop on paper; and the password of its Wi-Fi, which stands on no command line."""

from __future__ import annotations

import getpass
import os
import sys
from typing import TYPE_CHECKING

from boussole.cli.language import current_language
from boussole.cli.output import Format, Forms
from boussole.errors import BoussoleError
from boussole.files.library import Library
from boussole.files.sessions import session_file
from boussole.i18n import gettext
from boussole.render.workshop.sheets import Place, to_pdf

if TYPE_CHECKING:
    from pathlib import Path

    from boussole.cli.app import Settings

_FORMS = Forms((Format.PDF,), Format.PDF)
PASSWORD = "BOUSSOLE_WIFI_PASSWORD"  # noqa: S105 - the name of a variable


def write_sheets(
    settings: Settings, *, compass: str | None, name: str | None, wifi: str | None, files: list[Path]
) -> None:
    """Write the sheets of a compass; with the `name` of a session, with its address and its code.

    Raises:
        BoussoleError: when the compass or the session cannot be read, or nothing makes PDF.

    """
    if compass is None:
        raise BoussoleError(gettext("{name} is missing.", name="COMPASS"))
    destinations = _FORMS.destinations(None, files)
    pair = Library(settings.catalogue, settings.compasses).pair(compass)
    place = Place() if name is None else _place(name)
    if wifi is not None:
        place = place._replace(wifi=wifi, password=wifi_password())
    content = to_pdf(pair.compass, settings.language, place)
    destinations.send(lambda _form, *, on_screen: content)  # noqa: ARG005 - the same everywhere


def _place(name: str) -> Place:
    from boussole.workshop.facts import read_facts
    from boussole.workshop.network import ANYWHERE, adapters, url_host
    from boussole.workshop.store import read_kept

    facts = read_facts(read_kept(session_file(name)).facts)
    networks = adapters()
    host = facts.host if facts.host != ANYWHERE or not networks else networks[0].address
    return Place(f"http://{url_host(host)}:{facts.port}/{facts.code}", facts.code, facts.wifi, facts.wifi_password)


def wifi_password() -> str:
    """Return the password of the Wi-Fi, "" for an open one: from the environment, else asked at the terminal.

    Raises:
        BoussoleError: when nobody is there to say it.

    """
    given = os.environ.get(PASSWORD)
    if given is not None:
        return given
    if not sys.stdin.isatty():
        raise BoussoleError(
            gettext("The password of the Wi-Fi is not known."), gettext("Put it in {name}.", name=PASSWORD)
        )
    return getpass.getpass(gettext("Password of the Wi-Fi (empty: an open network): ").in_(current_language()))
