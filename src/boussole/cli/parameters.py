"""Reading option values, refused in the user's language."""

from __future__ import annotations

from boussole.errors import BoussoleError
from boussole.i18n import gettext


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
