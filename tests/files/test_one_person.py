"""The answers of one person, however they are named."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from boussole.errors import BoussoleError
from boussole.files.answers.many import AnswerSet, read_named
from boussole.files.answers.saved import FENCE
from boussole.files.answers.share_code import to_code
from boussole.files.one_person import means_answers, read_one

if TYPE_CHECKING:
    from pathlib import Path

ANSWERS = 'format = 1\ncompass = "essai"\n[answers]\nprofile = "etat"\n'
LINE = '{"compass": "essai", "answers": {"profile": "etat"}}\n'
OTHER = '{"profile": "commune"}\n'
FORMS = {
    "a.toml": ANSWERS,
    "without-ending": ANSWERS,
    "a.md": f"# x\n\n{FENCE}\n{ANSWERS}```\n",
    "a.jsonl": LINE,
    "a.ndjson": "\ufeff\n" + LINE,
    "lines": LINE,
    "workshop.json": json.dumps({"sheets": [json.loads(LINE)]}),
}


@pytest.fixture
def forms(tmp_path: Path) -> Path:
    """Put the answers of one person in every form, and those of two."""
    for name, text in FORMS.items():
        (tmp_path / name).write_text(text, "utf-8")
    code = to_code(read_one(str(tmp_path / "a.toml")))
    (tmp_path / "code.txt").write_text(f"Ours:\n{code}\n", "utf-8")
    (tmp_path / "two.jsonl").write_text(OTHER + "\n" + LINE + "not JSON\n", "utf-8")
    (tmp_path / "empty.jsonl").write_text("", "utf-8")
    return tmp_path


@pytest.mark.parametrize("name", [*FORMS, "code.txt", "two.jsonl:3", "code.txt:2", "workshop.json:1", "a.jsonl:1"])
def test_one_person_and_many_are_read_alike(forms: Path, name: str) -> None:
    """What one command takes as somebody’s answers, the others take: `recommend`, `compare`, `impact`, `group`."""
    word = str(forms / name)
    assert means_answers(word)
    saved = read_one(word)
    assert (saved.compass, dict(saved.answers)) == ("essai", {"profile": "etat"})
    (one,) = read_named(word)
    assert isinstance(one, AnswerSet)
    assert (one.compass, dict(one.values)) == ("essai", {"profile": "etat"})


def test_a_code_is_one_too(forms: Path) -> None:
    """With whatever stands around it."""
    code = (forms / "code.txt").read_text("utf-8").splitlines()[1]
    assert means_answers(code)
    assert [read_one(code).compass, *(one.compass for one in read_named(code) if isinstance(one, AnswerSet))] == [
        "essai",
        "essai",
    ]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("two.jsonl", "holds the answers of several people"),
        ("empty.jsonl", "holds no answers"),
        ("two.jsonl:4", "two.jsonl:4: this line is not JSON."),
        ("two.jsonl:9", "Nobody’s answers are there"),
        ("nothing.toml", "There is no file"),
        ("nothing.jsonl:3", "There is no file"),
        ("x" * 3000, "cannot be read"),
        ("", "it is a folder"),
    ],
)
def test_what_names_no_one(forms: Path, name: str, said: str) -> None:
    """It is refused in words; of several people, one is named."""
    with pytest.raises(BoussoleError) as refused:
        read_one(str(forms / name))
    assert said in refused.value.in_("en")
    if name == "two.jsonl":
        assert refused.value.in_("en").endswith(f"Name one of them: {forms / 'two.jsonl:1'}")


def test_a_line_may_not_say_its_compass(forms: Path) -> None:
    """Whoever asks knows which one is meant, or not."""
    assert read_one(str(forms / "two.jsonl:1")).compass == ""


def test_definitions_are_no_answers(forms: Path) -> None:
    """Neither is what is not there."""
    (forms / "medoc.toml").write_text("format = 1\n[[medoc]]\n", "utf-8")
    assert [means_answers(str(forms / name)) for name in ("medoc.toml", "", "agir-ensemble")] == [False, False, None]
