"""A code to share: answers, with the definitions they were made with, as one short line with a checksum.

`boussole-1:` then, in base64url without padding, four bytes of the SHA-256 of what follows, and compact JSON, deflated.
"""

from __future__ import annotations

import binascii
import hashlib
import json
import re
import zlib
from base64 import urlsafe_b64encode
from collections import deque
from typing import TYPE_CHECKING

from boussole.errors import BoussoleError
from boussole.files.answers.blocks import INVISIBLE
from boussole.files.answers.saved import Saved
from boussole.i18n import gettext
from boussole.limits.table import CODE_LETTERS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from boussole.core.definitions.compass import Value

_NAME, _FORMAT = "boussole-", 1
_PREFIX = f"{_NAME}{_FORMAT}:"
_DASHES = "\u2010\u2011\u2012"
"""What editors put in the place of a hyphen."""
_LONG_DASHES = "\u2013\u2014"
"""What editors make of two hyphens."""
_CODE = re.compile(rf"(?i)boussole[-{_DASHES}{_LONG_DASHES}]\s?([0-9]{{1,9}})\s?:")
_FOLDERS = frozenset("/\\")
_BODY = re.compile(rf"(?:[0-9A-Za-z_-]|[{_DASHES}{_LONG_DASHES}]|=?\r?\n[ \t>]*|[^\S\n])*")
_SKIPPED = re.compile(r"[\s>=]+")
_SUM = 4
_LONGEST = CODE_LETTERS.most
_LOOKED_AT = 200
_TRIED = 16
"""How many of the codes of a text are tried, from its end."""
_TEXTS = 4
_LARGEST = 2**63


def is_code(word: str) -> bool:
    """Tell whether `word` is meant as a code rather than as a file, whatever but a folder stands before it."""
    word = _visible(word[:_LOOKED_AT])
    found = _CODE.search(word)
    return found is not None and _FOLDERS.isdisjoint(word[: found.start()])


def holds_code(text: str) -> bool:
    """Tell whether a code begins somewhere in `text`."""
    return _CODE.search(_visible(text)) is not None


def _visible(text: str) -> str:
    return text.translate(dict.fromkeys(map(ord, INVISIBLE)))


def to_code(saved: Saved) -> str:
    """Return the line that holds `saved`, without the name, the day and the digests."""
    document: list[object] = [saved.compass, saved.compass_version, saved.catalogue, saved.catalogue_version]
    document.append(dict(saved.answers))
    if saved.aside:
        document.append(dict(saved.aside))
    # What is no character cannot be written (as in a file).
    content = json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode(errors="replace")
    deflate = zlib.compressobj(level=9, wbits=-zlib.MAX_WBITS)
    packed = deflate.compress(content) + deflate.flush()
    return _PREFIX + _written(_sum(packed) + packed)


def from_code(text: str) -> Saved:
    """Return what the last code of `text` holds, the last that is whole if there are several.

    What mail clients, editors and people do to a code does not count: spaces, line breaks, marks of quotation, quotes,
    characters that show nothing, other hyphens, a capital letter at the start, anything after it.

    Raises:
        BoussoleError: when it is of a form not known here, or when a part is missing or changed.

    """
    refusal = _damaged()
    text = _visible(text)
    for found in reversed(deque(_CODE.finditer(text), maxlen=_TRIED)):
        try:
            return _from_code(text, found)
        except BoussoleError as error:
            refusal = error
    raise refusal


def codes_in(text: str) -> Iterator[tuple[int, Saved | BoussoleError]]:
    """Yield what each code of `text` holds, or why it cannot be read, with the line on which it begins."""
    text = _visible(text)
    line, counted = 1, 0
    for found in _CODE.finditer(text):
        line += text.count("\n", counted, found.start())
        counted = found.start()
        try:
            yield line, _from_code(text, found)
        except BoussoleError as error:
            yield line, error


def _from_code(text: str, found: re.Match[str]) -> Saved:
    if int(found[1]) != _FORMAT:
        raise BoussoleError(
            gettext("This code is of form {form}, which this boussole does not know.", form=found[1]),
            gettext("Use a newer boussole, or ask for the path as a file."),
        )
    body = _BODY.match(text[found.end() : found.end() + 2 * _LONGEST])
    written = _SKIPPED.sub("", body[0] if body else "")
    for dash in _DASHES:
        written = written.replace(dash, "-")
    for dash in _LONG_DASHES:
        written = written.replace(dash, "--")
    try:
        document = json.loads(_unpacked(written))
    except (ValueError, RecursionError, zlib.error):
        raise _damaged() from None
    if not isinstance(document, list) or len(document) not in {_TEXTS + 1, _TEXTS + 2}:
        raise _damaged()
    texts, answers = document[:_TEXTS], [_values(part) for part in document[_TEXTS:]]
    if not all(isinstance(text, str) for text in texts):
        raise _damaged()
    compass, version, catalogue, catalogue_version = texts
    return Saved(
        compass,
        answers[0],
        answers[1] if len(answers) > 1 else {},
        compass_version=version,
        catalogue=catalogue,
        catalogue_version=catalogue_version,
    )


def _written(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode().rstrip("=")


def _sum(packed: bytes) -> bytes:
    return hashlib.sha256(_PREFIX.encode() + packed).digest()[:_SUM]


def _unpacked(written: str) -> bytes:
    """Return the JSON that the start of `written` holds; ValueError or zlib.error where it is damaged.

    What is packed says itself where it ends: the words that follow a code in a text are letters of base64 too.
    """
    try:
        letters = written[: _LONGEST - _LONGEST % 4].replace("-", "+").replace("_", "/")
        raw = binascii.a2b_base64(letters + "A" * (-len(letters) % 4))
    except binascii.Error as error:
        raise ValueError from error
    inflate = zlib.decompressobj(wbits=-zlib.MAX_WBITS)
    content = inflate.decompress(raw[_SUM:], _LONGEST)
    if not inflate.eof:
        raise ValueError
    raw = raw[: len(raw) - len(inflate.unused_data)]
    if raw[:_SUM] != _sum(raw[_SUM:]) or not written.startswith(_written(raw)):  # bits that nothing reads count too
        raise ValueError
    return content


def _values(part: object) -> dict[str, Value]:
    """Return answers as they are held; whether they fit a compass is checked as for any others."""
    if not isinstance(part, dict):
        raise _damaged()
    values: dict[str, Value] = {}
    for id_, value in part.items():
        if isinstance(value, list) and all(isinstance(one, str) for one in value):
            values[id_] = tuple(value)
        elif isinstance(value, str) or (type(value) in {int, float} and -_LARGEST <= value < _LARGEST):
            values[id_] = value
        else:
            raise _damaged()
    return values


def _damaged() -> BoussoleError:
    return BoussoleError(
        gettext("This code is damaged: a part is missing or changed."),
        gettext("Copy it again whole, from “{start}” to its last character.", start=_PREFIX),
    )
