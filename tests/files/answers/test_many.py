"""Answers of many people, from folders and lists: what cannot be read is named, the rest is served."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from boussole.errors import BoussoleError
from boussole.files.answers.many import AnswerSet, Unread, read_many
from boussole.files.answers.saved import FENCE, Saved
from boussole.files.answers.share_code import to_code
from boussole.limits.table import LINE_BYTES, LimitError

if TYPE_CHECKING:
    from pathlib import Path

ANSWERS = 'format = 1\ncompass = "essai"\n[answers]\nprofile = "etat"\n[aside]\nnom = "Nous"\n'
VALUES = {"nom": "Nous", "profile": "etat"}


def read(path: Path) -> list[tuple[str, object]]:
    """Return what is read of each sheet: its name, and its compass and answers, or why it cannot be read."""
    return [
        (one.name, one.reason.in_("en").splitlines()[0])
        if isinstance(one, Unread)
        else (one.name, (one.compass, dict(one.values)))
        for one in read_many(path)
    ]


def test_a_folder_of_answers(tmp_path: Path) -> None:
    """Answers files, exported paths and JSON Lines, by name; what stands aside is read too, other files are not."""
    (tmp_path / "b.toml").write_text(ANSWERS, "utf-8")
    (tmp_path / "a.md").write_text(f"# x\n\n{FENCE}\n{ANSWERS}```\n", "utf-8")
    (tmp_path / "c.jsonl").write_text('{"profile": "etat"}\n', "utf-8")
    (tmp_path / "d.txt").write_text("no answers", "utf-8")
    (tmp_path / "e.toml").mkdir()
    assert read(tmp_path) == [
        ("a.md", ("essai", VALUES)),
        ("b.toml", ("essai", VALUES)),
        ("c.jsonl:1", (None, {"profile": "etat"})),
    ]


def test_one_file(tmp_path: Path) -> None:
    """By itself; any name but those of answers is taken for JSON Lines."""
    (tmp_path / "b.toml").write_text(ANSWERS, "utf-8")
    (tmp_path / "lines").write_text('{"profile": "etat"}', "utf-8")
    assert read(tmp_path / "b.toml") == [("b.toml", ("essai", VALUES))]
    assert read(tmp_path / "lines") == [("lines:1", (None, {"profile": "etat"}))]


def test_one_file_that_is_wrong_does_not_hide_the_others(tmp_path: Path) -> None:
    """It is named, with the reason."""
    (tmp_path / "a.toml").write_text("format = 3\n", "utf-8")
    (tmp_path / "b.toml").write_text(ANSWERS, "utf-8")
    (tmp_path / "readme.md").write_text("# Answers\n", "utf-8")
    told = read(tmp_path)
    assert told[1] == ("b.toml", ("essai", VALUES))
    assert [name for name, _ in told] == ["a.toml", "b.toml", "readme.md"]
    assert "cannot be used" in str(told[0][1])
    assert "holds no answers" in str(told[2][1])


LINES: list[tuple[str | bytes, object]] = [
    (
        '{"compass": "essai", "answers": {"domain": ["eau"], "confiance": 2}}',
        ("essai", {"domain": ("eau",), "confiance": 2}),
    ),
    ('{"answers": {"profile": "etat"}}', (None, {"profile": "etat"})),
    ('{"compass": "etat"}', (None, {"compass": "etat"})),
    ('{"answers": "many"}', (None, {"answers": "many"})),
    ('{"profile": null, "accord": "no"}', (None, {"accord": "no"})),
    ('{"profile": {"x": 1}}', (None, {"profile": {"x": 1}})),
    ("{}", (None, {})),
    ("[]", 'this line is not an object {"question": "answer"}.'),
    ("{", "this line is not JSON."),
    ("[" * 100_000, "this line is not JSON."),
    ('{"n": 1' + "0" * 5000 + "}", "this line is not JSON."),
    (b'{"profile": "\xe9"}', "this is not UTF-8 text."),
    ('{"compass": 3, "answers": {}}', "“compass” must be a text."),
]


def test_lines(tmp_path: Path) -> None:
    """Each by itself: a bad one is told by its number, and the next are read; blank lines are nothing."""
    raw = [line if isinstance(line, bytes) else line.encode() for line, _ in LINES]
    (tmp_path / "x.jsonl").write_bytes(b"\xef\xbb\xbf" + b"\r\n\n".join(raw))
    assert read(tmp_path / "x.jsonl") == [
        (f"x.jsonl:{2 * index + 1}", expected) for index, (_, expected) in enumerate(LINES)
    ]


def test_a_line_may_be_long(tmp_path: Path) -> None:
    """Nothing is cut."""
    (tmp_path / "x.jsonl").write_text(json.dumps({"nom": "é" * 1_000_000}), "utf-8")
    (sheet,) = read_many(tmp_path / "x.jsonl")
    assert isinstance(sheet, AnswerSet)
    assert sheet.values == {"nom": "é" * 1_000_000}


def test_what_is_not_there(tmp_path: Path) -> None:
    """A file that is missing, or a folder without answers, is refused in words."""
    for name in ("absent.toml", "absent.jsonl", "absent"):
        with pytest.raises(BoussoleError, match=name):
            list(read_many(tmp_path / name))
    with pytest.raises(BoussoleError) as refused:
        list(read_many(tmp_path))
    assert "There are no answers in the folder" in refused.value.in_("en")


def test_a_line_that_never_ends_is_refused(tmp_path: Path) -> None:
    """What is held in memory is bounded, however long a line is; the place is named."""
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"profile": "etat"}\n' + b"[1," * (LINE_BYTES.most // 2))
    sheets = read_many(path)
    assert isinstance(next(sheets), AnswerSet)
    with pytest.raises(LimitError, match=r"a\.jsonl:2"):
        next(sheets)


def test_codes_in_a_text_of_no_known_encoding(tmp_path: Path) -> None:
    """Whatever stands around them, they are found; a text without any is passed over in a folder."""
    code = to_code(Saved("essai", {"profile": "etat"}))
    (tmp_path / "a.txt").write_bytes(b"\x81\x8d\xff " + code.encode() + b"\n")
    (tmp_path / "b.txt").write_bytes(b"\x81\x8d\xff\n")
    assert read(tmp_path) == [("a.txt:1", ("essai", {"profile": "etat"}))]
    with pytest.raises(BoussoleError, match=r"b\.txt"):
        read(tmp_path / "b.txt")
