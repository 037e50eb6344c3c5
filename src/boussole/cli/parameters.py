"""Reading option values, refused in the user's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from boussole.errors import BoussoleError
from boussole.fuzzy import suggest
from boussole.i18n import gettext

if TYPE_CHECKING:
    from collections.abc import Sequence


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
