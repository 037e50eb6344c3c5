"""Names of files made of what cells hold: safe in every system, each its own, and never a way out of their folder."""

from __future__ import annotations

import re
import unicodedata

from boussole.escape import plain_text

_FORBIDDEN = r'[\\/:*?"<>|]'
_AT_THE_EDGES = " .-_\u00a0"  # hidden files, options of a command, and what Windows takes away
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?")
_LONGEST = 100
_MOST_BYTES = 180  # of 255: an ending, a number and the name of a temporary file have room


class FileNames:
    """Gives names that nobody has yet, whatever the capitals and however an accent is coded."""

    def __init__(self, ending: str) -> None:
        """Give names that end in `ending`, which begins with a point."""
        self._ending = ending
        self._taken: set[str] = set()
        self._next: dict[str, int] = {}

    def name(self, wanted: str | None, number: int) -> str:
        """Return the name of the file of row `number`, after the `wanted` text or, where it is empty, the number."""
        base = made = safe_name(wanted or "") or str(number)
        first = _key(base)
        again = self._next.get(first, 2)  # a thousand rows of one name do not try the same numbers a thousand times
        while _key(made) in self._taken:
            made, again = f"{base}-{again}", again + 1
        self._next[first] = again
        self._taken.add(_key(made))
        return f"{made}{self._ending}"


def _key(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def safe_name(text: str) -> str:
    """Return a text as the name of a file without its ending; empty where nothing of it can stand in one."""
    line = plain_text(unicodedata.normalize("NFC", text))
    name = re.sub(_FORBIDDEN, "-", line)[:_LONGEST].encode()[:_MOST_BYTES].decode(errors="ignore").strip(_AT_THE_EDGES)
    return f"_{name}" if _RESERVED.fullmatch(name) else name
