"""The MEDOC of an id that is typed, or what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from boussole.errors import BoussoleError
from boussole.files.toml.references import meant
from boussole.i18n import gettext
from boussole.render.wording import gone_note, what_serves_now

if TYPE_CHECKING:
    from boussole.core.definitions.catalogue import Catalogue, Medoc


def medoc_named(id_: str, catalogue: Catalogue) -> Medoc:
    """Return the MEDOC of an id.

    Raises:
        BoussoleError: where there is none, with what became of it if the catalogue says so, else the nearest id.

    """
    medoc = catalogue.medoc.get(id_)
    if medoc is not None:
        return medoc
    for gone in catalogue.gone:
        if gone.id == id_:
            raise BoussoleError(gone_note(gone), what_serves_now(gone, catalogue))
    what = gettext("There is no MEDOC “{id}”.", id=id_)
    raise BoussoleError(what, meant(id_, catalogue.medoc, catalogue.renamed))
