"""Sessions that are kept: exporting one, while it is served too, and forgetting one or all."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from boussole.cli.echo import echo_stderr
from boussole.cli.output import Format, Forms
from boussole.cli.result import render_group
from boussole.errors import BoussoleError
from boussole.files.library import Library
from boussole.files.sessions import forget_session, holding, session_file, session_names
from boussole.i18n import Listing, gettext, ngettext

if TYPE_CHECKING:
    from boussole.cli.app import Settings
    from boussole.files.library import Pair
    from boussole.workshop.facts import Facts

_FORMS = Forms(
    (Format.LINES, Format.JSON, Format.MARKDOWN, Format.HTML, Format.PDF, Format.XLSX, Format.TABLE), Format.LINES
)


def export(settings: Settings, name: str | None, files: list[Path]) -> None:
    """Write the whole sheets of a session (JSON Lines, JSON), or the report of its round (any other form).

    Raises:
        BoussoleError: when the session, or its compass, cannot be read.

    """
    from boussole.workshop.export import read_session, sheets_of, synthesis_of, to_document, to_lines
    from boussole.workshop.facts import read_facts
    from boussole.workshop.store import read_kept

    path = session_file(_named(name))
    destinations = _FORMS.destinations(None if files else Format.LINES, files)
    pair = pair_of(settings, read_facts(read_kept(path).facts))
    session = read_session(path, pair.compass)
    sheets = sheets_of(session, pair.compass)

    def render(form: Format, *, on_screen: bool) -> str | bytes:
        match form:
            case Format.LINES:
                return to_lines(sheets)
            case Format.JSON:
                return to_document(session, sheets)
            case _:
                found = synthesis_of(session, pair.compass, pair.catalogue)
                return render_group(form, found=found, language=settings.language, on_screen=on_screen)

    destinations.send(render)
    echo_stderr(ngettext("{count} whole sheet.", "{count} whole sheets.", len(sheets)))


def pair_of(settings: Settings, facts: Facts) -> Pair:
    """Return the compass of a session, from the files that it was started with where they are still there."""
    catalogue = settings.catalogue
    if catalogue is None and facts.catalogue_file and Path(facts.catalogue_file).is_file():
        catalogue = Path(facts.catalogue_file)
    there = facts.compass_file and Path(facts.compass_file).is_file()
    return Library(catalogue, settings.compasses).pair(facts.compass_file if there else facts.compass)


def _named(name: str | None) -> str:
    if name is None:
        raise BoussoleError(
            gettext("Which session?"), gettext("Sessions kept: {names}.", names=Listing(session_names()))
        )
    return name


def forget(name: str | None) -> None:
    """Delete one session, or all of them, with every answer.

    Raises:
        BoussoleError: when there is none of that name, or it is being served, or cannot be deleted.

    """
    names = session_names() if name is None else [name]
    for one in names:
        path = session_file(one)
        with holding(path):  # nobody serves it
            pass
        forget_session(path)
    echo_stderr(
        ngettext(
            "{count} session was deleted, with all its answers.",
            "{count} sessions were deleted, with all their answers.",
            len(names),
        )
    )
