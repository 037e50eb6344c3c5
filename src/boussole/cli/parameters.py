"""Reading the values of options and arguments, refused in the user's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from boussole.errors import BoussoleError
from boussole.files.toml.references import meant
from boussole.fuzzy import suggest
from boussole.i18n import gettext
from boussole.render.wording import gone_note, what_serves_now

if TYPE_CHECKING:
    from collections.abc import Sequence

    from boussole.core.definitions.catalogue import Catalogue, Medoc


def parse_int(option: str, written: str | None, *, least: int) -> int | None:
    """Return the whole number written, None where the option is not given.

    Raises:
        BoussoleError: when it is no whole number, or under `least`.

    """
    if written is None:
        return None
    digits = written.isascii() and written.isdigit() and len(written) <= _DIGITS
    if not digits or int(written) < least:
        raise BoussoleError(
            gettext("{option}: “{value}” is not accepted.", option=option, value=written),
            gettext("Write a whole number, {low} or more.", low=least),
        )
    return int(written)


_DIGITS = 18


def one_of(option: str, word: str | None, known: Sequence[str]) -> None:
    """Refuse a word that an option does not take; None is no word.

    Raises:
        BoussoleError: when it is not one of those `known`.

    """
    if word is not None and word not in known:
        raise BoussoleError(
            gettext("{option}: “{value}” is not accepted.", option=option, value=word), suggest(word, known)
        )


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
