"""Text of others is made safe for where it goes, and loses nothing else."""

from __future__ import annotations

import csv
import html
import io
import json
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boussole.escape import (
    FORBIDDEN,
    annotation,
    escaped_controls,
    markdown_link,
    markdown_text,
    one_line,
    plain_paragraphs,
    plain_text,
    runner_line,
    spreadsheet_text,
    web_address,
)
from support.pages import HARMLESS, read
from support.samples import NAUGHTY, TEXTS

ADDRESSES = st.builds("{}{}".format, st.sampled_from(["https://a.example/", "http://b", "HTTPS://C.example?"]), TEXTS)
URLS = TEXTS | ADDRESSES | st.sampled_from([
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:x",
    "file:///etc/passwd",
    "//a.example/",
    "https://",
    "https:///a",
    'https://a.example/"><script>alert(1)</script>',
    "https://a.example/> [b](https://evil.example/)",
    "https://a.example/\n\n# title",
    "https://a.example/\x1b[31m",
    "https://a.example/a b\\c",
])  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Offre [beta] R&D", "Offre [beta] R&D"),
        ("  deux\t mots \n", "deux mots"),
        ("un\r\ndeux\u2028trois\x85quatre", "un deux trois quatre"),
        ("rouge\x1b[31m \x9b32m\x07\x00\x7f", "rouge[31m 32m"),
        ("ab\u202edc\u2066e", "abdce"),
        ("Quoi\u00a0?", "Quoi\u00a0?"),
        ("👩\u200d🔬 ﷽ 田中", "👩\u200d🔬 ﷽ 田中"),
        ("lone \ud800 half", "lone half"),
    ],
)
def test_plain_text_is_one_line_without_controls(text: str, expected: str) -> None:
    """Line breaks and runs of spaces become one space; controls go; letters and French spaces stay."""
    assert plain_text(text) == expected


@given(TEXTS)
def test_plain_text_never_drives_a_terminal(text: str) -> None:
    """No control, bidirectional or surrogate character is left, and doing it twice changes nothing."""
    plain = plain_text(text)
    assert not [c for c in plain if unicodedata.category(c) in {"Cc", "Cs", "Zl", "Zp"}]
    assert not re.search(FORBIDDEN, plain)
    assert plain_text(plain) == plain
    assert plain == plain.strip()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        (" \n\t\n ", []),
        ("un\ndeux", ["un\ndeux"]),
        ("un\n\n\n  \ndeux  \n trois", ["un", "deux\ntrois"]),
        ("un\r\n\r\ndeux\rtrois\x0b\x0bquatre", ["un", "deux\ntrois", "quatre"]),
        ("un\n\x07\ndeux\n\x1b\n", ["un", "deux"]),
    ],
)
def test_blank_lines_part_paragraphs(text: str, expected: list[str]) -> None:
    """A blank line, however written, parts paragraphs; single line breaks are kept; nothing empty is left."""
    assert plain_paragraphs(text) == expected


@given(TEXTS)
def test_paragraphs_hold_the_words_of_the_text(text: str) -> None:
    """Paragraphs lose nothing but spaces and controls, and each of their lines is plain text."""
    paragraphs = plain_paragraphs(text)
    assert "".join("".join(paragraphs).split()) == "".join(plain_text(text).split())
    assert all(line and plain_text(line) == line for one in paragraphs for line in one.split("\n"))


@given(TEXTS)
def test_a_sentence_is_one_harmless_line(text: str) -> None:
    """Whatever stands in a sentence of ours, it moves no cursor and makes no line of its own."""
    line = one_line(text)
    assert not [c for c in line if unicodedata.category(c) in {"Cc", "Cs", "Zl", "Zp"}]
    assert one_line(line) == line


@given(TEXTS)
def test_controls_are_written_out_in_json(text: str) -> None:
    """JSON reads back the same after its control characters are written as escapes, and holds none of them."""
    written = escaped_controls(json.dumps([text], ensure_ascii=False))
    assert not re.search(FORBIDDEN, written)
    assert json.loads(written) == [text]


def test_messages_keep_their_words() -> None:
    """A tab becomes a space; an escape sequence loses its escape and shows as text."""
    assert one_line("a\tb\n\x1b[2Jc  d\r") == "a b [2Jc  d "


@given(TEXTS, TEXTS)
def test_an_annotation_is_one_command(text: str, file: str) -> None:
    """It is one line, whose properties end where it says, and it holds nothing that begins a command."""
    written = annotation("error", text, file=file, line=1)
    assert re.fullmatch(r"::error file=[^:,\n\r]*,line=1::[^\n\r]*", written)
    assert "##[" not in written
    assert not re.search(FORBIDDEN, written)


@pytest.mark.parametrize("line", ["::error::x", "  ::set-output name=a::b", "a ##[add-mask]b", "::::"])
def test_a_line_beside_annotations_is_no_command(line: str) -> None:
    """What stands beside the annotations keeps its words, and begins no command."""
    written = runner_line(line)
    assert not written.lstrip().startswith("::")
    assert "##[" not in written
    assert runner_line("nothing :: of #the kind [x]") == "nothing :: of #the kind [x]"


def _one_item(markdown: str) -> tuple[str, list[tuple[str, str]]]:
    page = read(markdown)
    assert [block.where for block in page.blocks] == ["li"], page
    assert page.kinds <= HARMLESS | {"inline", "paragraph_open", "paragraph_close"} | {
        f"{kind}_{side}" for kind in ("bullet_list", "list_item") for side in ("open", "close")
    }
    return page.blocks[0].text, page.blocks[0].links


@given(TEXTS)
def test_a_parser_gives_text_back_letter_by_letter(text: str) -> None:
    """In a list item, any text is one line of text: no link, emphasis, code, HTML or other block."""
    assert _one_item(f"- {markdown_text(text)}\n") == (plain_text(text), [])


@pytest.mark.parametrize("text", NAUGHTY)
def test_naughty_strings_in_an_item_a_heading_and_bold(text: str) -> None:
    """Each naughty string shows whole wherever a page puts a text."""
    assert _one_item(f"- {markdown_text(text)}") == (plain_text(text), [])
    page = read(f"# {markdown_text(text)}\n\n- **{markdown_link(text, 'https://a.example/')}** · x\n")
    assert [block.text for block in page.blocks] == [plain_text(text), f"{plain_text(text)} · x"]
    assert page.blocks[1].links == [(plain_text(text), "https://a.example/")]
    assert page.blocks[1].strong == [plain_text(text)]


@given(TEXTS)
def test_a_heading_gives_its_text_back(text: str) -> None:
    """A heading shows its text whole, a trailing # included."""
    page = read(f"## {markdown_text(text)}\n")
    assert [(block.where, block.text) for block in page.blocks] == [("h2", plain_text(text))]
    assert page.kinds <= {"heading_open", "heading_close", "inline", "text", "text_special"}


@given(TEXTS.filter(plain_text))
def test_bold_text_is_bold_whole(text: str) -> None:
    """Any text that shows something can stand between the marks of bold."""
    page = read(f"- **{markdown_text(text)}** · x\n")
    assert page.blocks[0].strong == [plain_text(text)]
    assert page.blocks[0].text == f"{plain_text(text)} · x"


@given(TEXTS, URLS)
def test_a_link_is_one_link_or_plain_text(text: str, url: str) -> None:
    """Whatever the title and the address: one link to a web address, or the title alone."""
    shown, links = _one_item(f"- {markdown_link(text, url)}")
    assert shown == plain_text(text)
    assert [title for title, _ in links] == ([] if web_address(url) is None else [plain_text(text)])
    assert all(href.lower().startswith(("http://", "https://")) for _, href in links)


@pytest.mark.parametrize(
    "url",
    [
        "https://a.example/?x=1&y=2",
        "https://a.example/?x=1&lt;=2&copy;=3&#35;=4",
        "https://a.example/(a)_b_*c*~d'[e]!",
        "https://a.example/%C3%A9?q=%3C",
    ],
)
def test_a_link_goes_to_its_address(url: str) -> None:
    """A parser reads the very address that was given, entities and brackets included."""
    page = read(f"- {markdown_link('x', url)}")
    href = page.blocks[0].links[0][1]
    assert href.replace("%5B", "[").replace("%5D", "]") == url
    assert html.unescape(url) != url or "&" not in url or url.endswith("y=2")


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "javascript:alert(1)",
        " https://a.example",
        "data:text/html,x",
        "https://",
        "https:/a",
        "ftp://a",
        "a.example",
    ],
)
def test_only_web_addresses_are_links(url: str | None) -> None:
    """What is not http or https, from its first letter, is never a link."""
    assert web_address(url) is None
    assert markdown_link("[x]", url) == r"\[x\]"


@given(URLS)
def test_a_web_address_holds_nothing_that_ends_it(url: str) -> None:
    """An address is plain ASCII without spaces, quotes, angle brackets, backslashes or controls."""
    address = web_address(url)
    if address is not None:
        assert address.isascii()
        assert address.isprintable()
        assert not set(address) & set(' "<>\\^`{|}')
        assert web_address(address) == address


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r\n=1", "\x00=1", "  =1", "＝1+1", "＋1", "－1", "＠a"]
)
def test_a_formula_is_shown_as_text(text: str) -> None:
    """What a spreadsheet would compute stands behind an apostrophe, whatever comes before it."""
    assert spreadsheet_text(text) == f"'{plain_text(text)}"


@given(TEXTS)
def test_a_cell_never_starts_a_formula(text: str) -> None:
    """Through a CSV writer and back, a cell is one line and never opens with a formula mark."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow([spreadsheet_text(text), "end"])
    assert out.getvalue().count("\n") == 1
    ((cell, end),) = csv.reader(io.StringIO(out.getvalue()))
    assert end == "end"
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"))
    assert cell.removeprefix("'") in {plain_text(text), plain_text(text).removeprefix("'")}
