"""Making text from definitions, files and keyboards safe to show: every escape of the project is here."""

from __future__ import annotations

import re

# Patterns are compiled when they are first used: most commands use one or two.
LINE_BREAK = "\r\n|[\n\v\f\r\x85\u2028\u2029]"
BLANK_LINES = r"\n[ \t]*(?:\n[ \t]*)+"
SPACES = "[ \t\n]+"  # never the no-break spaces of French typography

# C0, DEL and C1 can drive a terminal; bidirectional marks can make a text read other than it is; lone
# surrogates and byte order marks cannot be written out. Tabs and line feeds are dealt with as spaces.
FORBIDDEN = "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"

MARKDOWN_SPECIAL = r"[\\`*_\[\]<>&~|$^]"
MARKDOWN_START = r"^(\d+(?=[.)])|(?=[-+=#]))"  # lists, headings and underlines start only at the start
MARKDOWN_END = r"(?<= )(?=#+$)"  # the # at the end of a heading would be taken for its closing
ENTITY = r"&(?=#?\w+;)"
WEB_ADDRESS = r"(?i)https?://[^\s/]"
FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")  # the wide ones count in East Asian spreadsheets
NOT_IN_XML = "[\ufffe\uffff]"
UNSAFE_IN_URL = "[^!#$%&()*+,./0-9:;=?@A-Z\\[\\]_a-z~'-]"


def plain_text(text: str) -> str:
    """Return `text` on one line: no control character, line breaks and runs of spaces made one space."""
    return re.sub(SPACES, " ", _harmless(text)).strip()


def plain_paragraphs(text: str) -> list[str]:
    r"""Return the paragraphs of `text`, which blank lines separate.

    A paragraph keeps its line breaks as `\n`, each line being plain text; empty paragraphs are left out.
    """
    paragraphs = re.split(BLANK_LINES, _harmless(text).strip())
    lines = ([plain_text(line) for line in paragraph.split("\n")] for paragraph in paragraphs)
    return [kept for kept in ("\n".join(line for line in some if line) for some in lines) if kept]


def _harmless(text: str) -> str:
    r"""Return `text` with `\n` as its only line break and without forbidden characters."""
    return re.sub(FORBIDDEN, "", re.sub(LINE_BREAK, "\n", text))


def one_line(sentence: str) -> str:
    """Return a sentence of ours, in which texts of others may stand, on one line that is safe for a terminal.

    Its spaces stay as they are: they may be those of a file name.
    """
    return re.sub(FORBIDDEN, "", re.sub(LINE_BREAK, " ", sentence)).replace("\t", " ")


def runner_line(line: str) -> str:
    """Return a line that is beside the annotations of GitHub, so that its runner takes it for no command of its own."""
    apart = line.replace("##[", "## [")
    return f"· {apart}" if apart.lstrip().startswith("::") else apart


def annotation(command: str, text: str, **properties: object) -> str:
    """Return a command of GitHub's runner, an annotation of `text`, which can end it nowhere and begin no other."""
    said = ",".join(f"{key}={_property(str(value))}" for key, value in properties.items())
    return f"::{command} {said}::{_data(text)}"


def _data(text: str) -> str:
    return one_line(text).replace("%", "%25").replace("##[", "## [")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def json_document(document: object) -> str:
    """Return a whole JSON document, readable, its accents as they are and no character that drives a terminal."""
    import json  # most commands write none

    return f"{escaped_controls(json.dumps(document, ensure_ascii=False, indent=2))}\n"


def escaped_controls(document: str) -> str:
    r"""Return JSON or TOML with each forbidden character written `\uXXXX`: harmless, and read back the same."""
    return re.sub(FORBIDDEN, lambda found: f"\\u{ord(found[0]):04x}", document)


def markdown_text(text: str) -> str:
    """Return `text` on one line, so written that a CommonMark parser gives it back letter by letter."""
    escaped = re.sub(MARKDOWN_SPECIAL, r"\\\g<0>", plain_text(text))
    return re.sub(MARKDOWN_END, r"\\", re.sub(MARKDOWN_START, r"\g<1>\\", escaped))


def markdown_link(text: str, url: str | None) -> str:
    """Return `text` as a link to `url`, or as plain text where `url` is not a web address."""
    target = web_address(url)
    if target is None:
        return markdown_text(text)
    exact = re.sub(ENTITY, "&amp;", target)  # a parser would read &copy; as a letter
    return f"[{markdown_text(text)}](<{exact}>)"


def web_address(url: str | None) -> str | None:
    """Return `url` where it is an http or https address, with what could end a link or a quote percent-encoded."""
    if url is None or not re.match(WEB_ADDRESS, url):
        return None
    return re.sub(UNSAFE_IN_URL, lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), url)


def markup_text(text: str) -> str:
    """Return `text` on one line, without what XML cannot hold: a template that escapes puts it in HTML or SVG."""
    return re.sub(NOT_IN_XML, "", plain_text(text))


def spreadsheet_text(text: str) -> str:
    """Return `text` on one line, so written that a spreadsheet never takes it for a formula."""
    line = plain_text(text)
    return f"'{line}" if line.startswith(FORMULA) else line
