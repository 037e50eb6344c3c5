"""Headers that TOML reads, and that are not what the format calls for: `[question]`, `[[questions]]`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple, get_origin

from typing_extensions import get_type_hints

from boussole.files.toml.unknown_keys import keys_meant
from boussole.fuzzy import nearest
from boussole.i18n import gettext

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from boussole.i18n import Message

_HEADER = re.compile(
    r"^(?P<open>[ \t]*\[\[?[ \t]*)(?P<quote>\"?)(?P<name>[\w-]+)(?P=quote)(?P<rest>(?:\.[\w.-]+)?[ \t]*\]\]?)",
    re.MULTILINE,
)
_SURE = 0.65
"""How near a name must be: what is less so is told as an unknown key, with what is known of it."""


class Misnamed(NamedTuple):
    """One cause, told at the first header it concerns: its code, what is wrong, what to do, where from 1."""

    code: str
    what: Message
    remedy: Message
    lines: tuple[int, ...]
    """Of all its headers; the first is where it is told."""
    column: int
    text: str
    """The whole file, mended of this."""


def misnamed(text: str, document: Mapping[str, Any], shape: Any) -> Iterator[Misnamed]:  # noqa: ANN401 - a TypedDict
    """Yield each name of headers that is not as the format has it; the last has the text mended of all."""
    fields = get_type_hints(shape)
    origins: dict[str, Any] = {key: get_origin(hint) for key, hint in fields.items()}
    lists = {key for key, origin in origins.items() if origin is list}
    for name, value in document.items():
        meant = name if name in lists else None
        if name not in fields and isinstance(value, dict | list):
            meant = next(iter(keys_meant(name, lists, ())), None) or nearest(name, lists, _SURE)
            if (
                meant is not None
                and meant in document
                and not (isinstance(document[meant], list) and isinstance(value, list))
            ):
                meant = None
        found = [one for one in _HEADER.finditer(text) if one["name"] == name]
        if meant is None or not found or (meant == name and isinstance(value, list)):
            continue
        text = _renamed(text, name, meant)
        first = found[0]
        yield Misnamed(
            "B102" if meant == name else "B101",
            _what(name, meant, len(found)),
            gettext("Write: {line}", line=f"[[{meant}]]"),
            tuple(one.string.count("\n", 0, one.start()) + 1 for one in found),
            first.start("name") - first.string.rfind("\n", 0, first.start()),
            text,
        )


def _what(name: str, meant: str, count: int) -> Message:
    if meant == name:
        return gettext("there may be several “{name}”: each has two brackets on each side.", name=name)
    if count == 1:
        return gettext("unknown key “{key}”.", key=name)
    return gettext("unknown key “{key}”, in {count} places.", key=name, count=count)


def _renamed(text: str, name: str, meant: str) -> str:
    def put(found: re.Match[str]) -> str:
        if found["name"] != name:
            return found[0]
        if "." in found["rest"]:
            return found["open"] + meant + found["rest"]
        return f"[[{meant}]]"

    return _HEADER.sub(put, text)
