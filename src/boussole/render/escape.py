"""Making text from definitions, files and keyboards safe to show: every escape of the project is here."""

from __future__ import annotations

import re

LINE_BREAK = re.compile("\r\n|[\n\v\f\r\x85\u2028\u2029]")
BLANK_LINES = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
SPACES = re.compile("[ \t\n]+")  # never the no-break spaces of French typography

# C0, DEL and C1 can drive a terminal; bidirectional marks can make a text read other than it is; lone
# surrogates and byte order marks cannot be written out. Tabs and line feeds are dealt with as spaces.
FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")

MARKDOWN_SPECIAL = re.compile(r"[\\`*_\[\]<>&~|$^]")
MARKDOWN_START = re.compile(r"^(\d+(?=[.)])|(?=[-+=#]))")  # lists, headings and underlines start only at the start
MARKDOWN_END = re.compile(r"(?<= )(?=#+$)")  # the # at the end of a heading would be taken for its closing
ENTITY = re.compile(r"&(?=#?\w+;)")
WEB_ADDRESS = re.compile(r"https?://[^\s/]", re.IGNORECASE)
FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")  # the wide ones count in East Asian spreadsheets
UNSAFE_IN_URL = re.compile("[^!#$%&()*+,./0-9:;=?@A-Z\\[\\]_a-z~'-]")


def plain_text(text: str) -> str:
    """Return `text` on one line: no control character, line breaks and runs of spaces made one space."""
    return SPACES.sub(" ", _harmless(text)).strip()


def plain_paragraphs(text: str) -> list[str]:
    r"""Return the paragraphs of `text`, which blank lines separate.

    A paragraph keeps its line breaks as `\n`, each line being plain text; empty paragraphs are left out.
    """
    paragraphs = BLANK_LINES.split(_harmless(text).strip())
    lines = ([plain_text(line) for line in paragraph.split("\n")] for paragraph in paragraphs)
    return [kept for kept in ("\n".join(line for line in some if line) for some in lines) if kept]


def _harmless(text: str) -> str:
    r"""Return `text` with `\n` as its only line break and without forbidden characters."""
    return FORBIDDEN.sub("", LINE_BREAK.sub("\n", text))


def harmless_lines(text: str) -> list[str]:
    """Return the lines of a message of ours, in which texts of others may stand, safe for a terminal."""
    return [FORBIDDEN.sub("", line).replace("\t", " ") for line in text.split("\n")]


def escaped_controls(document: str) -> str:
    r"""Return JSON or TOML with each forbidden character written `\uXXXX`: harmless, and read back the same."""
    return FORBIDDEN.sub(lambda found: f"\\u{ord(found[0]):04x}", document)


def markdown_text(text: str) -> str:
    """Return `text` on one line, so written that a CommonMark parser gives it back letter by letter."""
    escaped = MARKDOWN_SPECIAL.sub(r"\\\g<0>", plain_text(text))
    return MARKDOWN_END.sub(r"\\", MARKDOWN_START.sub(r"\g<1>\\", escaped))


def markdown_link(text: str, url: str | None) -> str:
    """Return `text` as a link to `url`, or as plain text where `url` is not a web address."""
    target = web_address(url)
    if target is None:
        return markdown_text(text)
    exact = ENTITY.sub("&amp;", target)  # a parser would read &copy; as a letter
    return f"[{markdown_text(text)}](<{exact}>)"


def web_address(url: str | None) -> str | None:
    """Return `url` where it is an http or https address, with what could end a link or a quote percent-encoded."""
    if url is None or not WEB_ADDRESS.match(url):
        return None
    return UNSAFE_IN_URL.sub(lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), url)


def spreadsheet_text(text: str) -> str:
    """Return `text` on one line, so written that a spreadsheet never takes it for a formula."""
    line = plain_text(text)
    return f"'{line}" if line.startswith(FORMULA) else line
