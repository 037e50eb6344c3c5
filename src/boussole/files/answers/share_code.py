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
from typing import TYPE_CHECKING

from boussole.errors import BoussoleError
from boussole.files.answers.saved import Saved
from boussole.i18n import gettext

if TYPE_CHECKING:
    from boussole.core.definitions.compass import Value

_NAME, _FORMAT = "boussole-", 1
_PREFIX = f"{_NAME}{_FORMAT}:"
_CODE = re.compile(r"\s*boussole-(\d{1,9}):")
_SUM = 4
_LONGEST = 1 << 18
"""Characters of a code, and bytes of what it holds: no person types as much, and no code can fill the memory."""
_TEXTS = 4
_LARGEST = 2**63


def is_code(word: str) -> bool:
    """Tell whether `word` is meant as a code rather than as a file."""
    return _CODE.match(word) is not None


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


def from_code(code: str) -> Saved:
    """Return what a code holds; spaces and line breaks, which mail puts into long lines, do not count.

    Raises:
        BoussoleError: when it is of a form not known here, or when a part is missing or changed.

    """
    found = _CODE.match(code)
    if found is None or int(found[1]) != _FORMAT:
        raise BoussoleError(
            gettext("This code is of form {form}, which this boussole does not know.", form=found[1] if found else "?"),
            gettext("Use a newer boussole, or ask for the path as a file."),
        )
    written = re.sub(r"\s", "", code[found.end() :])
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
    """Return the JSON that a code holds; ValueError or zlib.error where it is damaged."""
    if len(written) > _LONGEST or re.fullmatch("[0-9A-Za-z_-]+", written) is None:
        raise ValueError
    try:
        raw = binascii.a2b_base64(written.replace("-", "+").replace("_", "/") + "=" * (-len(written) % 4))
    except binascii.Error as error:
        raise ValueError from error
    given, packed = raw[:_SUM], raw[_SUM:]
    if given != _sum(packed) or _written(raw) != written:  # the last letter may hold bits that nothing reads
        raise ValueError
    inflate = zlib.decompressobj(wbits=-zlib.MAX_WBITS)
    content = inflate.decompress(packed, _LONGEST)
    if not inflate.eof or inflate.unused_data:
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
        elif isinstance(value, str) or (type(value) is int and -_LARGEST <= value < _LARGEST):
            values[id_] = value
        else:
            raise _damaged()
    return values


def _damaged() -> BoussoleError:
    return BoussoleError(
        gettext("This code is damaged: a part is missing or changed."),
        gettext("Copy it again whole, from “{start}” to its last character.", start=_PREFIX),
    )
