"""The text of a file that people or programs saved again: in the encoding it declares, or shows, or not at all."""

from __future__ import annotations

import codecs
import re

from boussole.errors import BoussoleError
from boussole.i18n import gettext
from boussole.limits.table import refused

_MARKS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF32_LE: "utf-32-le",  # before UTF-16, whose mark it begins with
    codecs.BOM_UTF32_BE: "utf-32-be",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}
_DECLARED = re.compile(
    rb"""(?i)<(?:meta|\?xml)\b[^<>]{0,500}?\b(?:charset|encoding)\s{0,9}=\s{0,9}["']?([\w.:-]{1,40})"""
)
_LOOKED_AT = 4096
_WINDOWS = "cp1252"
_KNOWN = {"utf-8", "cp1252", "iso8859-15", "mac-roman", "cp850", "utf-16", "utf-16-le", "utf-16-be"}
"""What is read: some codecs of Python's are no encodings of text, and some are slow."""
_ALIASES = {"iso8859-1": _WINDOWS, "ascii": _WINDOWS}
"""What pages call by these names is Windows' own, as every browser reads it."""
_FRENCH = "àâäæçèéêëîïôöùûüÿœÀÂÄÆÇÈÉÊËÎÏÔÖÙÛÜŸŒ«»’‘“”–—…€°²·\N{NO-BREAK SPACE}"


def text_of(content: bytes, where: object) -> str:
    """Return the text of a file, however it is encoded; `where` names the file to people.

    A byte order mark says it, or the head of a page (`<meta charset>`). Where nothing says it, it is UTF-8, or else
    Windows-1252 if every letter beyond ASCII is then one that French is written with.

    Raises:
        BoussoleError: when it cannot be told, or is not what it says.

    """
    for mark, encoding in _MARKS.items():
        if content.startswith(mark):
            return _decoded(content[len(mark) :], encoding, where)
    head = content[:_LOOKED_AT]
    if b"\0" in head:
        return _decoded(content, "utf-16-le" if head[1:2] == b"\0" else "utf-16-be", where)
    declared = _DECLARED.search(head)
    try:
        return content.decode()
    except UnicodeDecodeError:
        if declared is not None:
            return _decoded(content, declared[1].decode("ascii", "replace"), where)
    text = _decoded(content, _WINDOWS, where)
    if set(text) - set(_FRENCH) - set(map(chr, range(128))):
        raise _unknown(where)
    return text


def ascii_at_least(content: bytes, where: object) -> str:
    """Return the text of a file as `text_of` does, or what of it is ASCII: a code is the same in every encoding."""
    try:
        return text_of(content, where)
    except BoussoleError:
        return content.decode("ascii", "replace")


def _decoded(content: bytes, encoding: str, where: object) -> str:
    try:
        name = codecs.lookup(encoding).name
        name = _ALIASES.get(name, name)
        if name not in {*_KNOWN, *_MARKS.values()}:
            raise _unknown(where)
        return content.decode(name)
    except (LookupError, UnicodeDecodeError) as error:
        raise _unknown(where) from error


def _unknown(where: object) -> Exception:
    return refused(
        where,
        gettext("its letters are in no encoding that it declares or that can be told"),
        gettext("Save the file as UTF-8 in your editor."),
    )
