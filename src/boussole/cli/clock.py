"""The clock: the only place that reads it."""

from __future__ import annotations

import datetime as dt
import os

_DIGITS = 11  # until the year 5138: more is no moment


def now() -> dt.datetime:
    """Return the local time, to the second; `SOURCE_DATE_EPOCH` (in UTC) stands in for it in reproducible runs."""
    fixed = os.environ.get("SOURCE_DATE_EPOCH", "")
    if fixed.isascii() and fixed.isdigit() and len(fixed) <= _DIGITS:
        return dt.datetime.fromtimestamp(int(fixed), tz=dt.UTC)
    return dt.datetime.now().astimezone().replace(microsecond=0)
