"""The sheets of many sources, each once, whatever holds them."""

from __future__ import annotations

import datetime as dt
import json
import random
from typing import TYPE_CHECKING, Any

import pytest

from boussole.core.answers.answers import Answers
from boussole.core.ranking import rank
from boussole.core.situation import situate
from boussole.files.answers.checksums import fill_checksum
from boussole.files.answers.collecting import Collected, collect
from boussole.files.answers.many import AnswerSet, read_many, read_source
from boussole.files.answers.saved import Saved, answers_block, checksummed_file, save, to_toml
from boussole.files.answers.share_code import to_code
from boussole.render.path.docx.document import to_docx
from boussole.render.path.html import to_html
from boussole.render.path.markdown import to_markdown
from boussole.render.path.model import PathMetadata
from boussole.render.path.pdf import to_pdf
from boussole.render.recommend.json import to_json
from support.samples import MOMENT, catalogue, compass

if TYPE_CHECKING:
    from pathlib import Path

COMPASS, CATALOGUE = compass(), catalogue()
PROFILES = ("commune", "etat", "asso")


def saved(profile: str = "commune", **parts: Any) -> Saved:  # noqa: ANN401 - as Saved
    """Return answers saved by boussole."""
    found = save(COMPASS, CATALOGUE, Answers.given({"profile": profile, "domain": ("eau",)}), saved=MOMENT)
    return found._replace(**parts)


def write_path(folder: Path, name: str, one: Saved) -> None:
    """Write a path that holds these answers, in every form."""
    ranking = rank(COMPASS, CATALOGUE, situate(COMPASS, Answers.given(one.answers)))
    told = PathMetadata(
        MOMENT.date(), answers_block(one, sealed=True), answers_file=checksummed_file(one), code=to_code(one)
    )
    shown = ranking.top()
    (folder / f"{name}.toml").write_text(to_toml(one), "utf-8")
    (folder / f"{name}.md").write_text(fill_checksum(to_markdown(ranking, "fr", told, shown=shown)), "utf-8")
    (folder / f"{name}.html").write_text(fill_checksum(to_html(ranking, "fr", told, shown=shown)), "utf-8")
    (folder / f"{name}.pdf").write_bytes(to_pdf(ranking, "fr", told, shown=shown))
    (folder / f"{name}.docx").write_bytes(to_docx(ranking, "fr", told, shown=shown))
    (folder / f"{name}.json").write_text(to_json(ranking, "fr", shown=shown), "utf-8")
    (folder / f"{name}.txt").write_text(f"Table 1 : {to_code(one)}\n", "utf-8")


def found(collected: Collected) -> list[str]:
    """Return the profiles of the sheets, sorted."""
    return sorted(str(sheet.situation.answers["profile"]) for sheet in collected.sheets)


def collected(*sources: object, **rest: bool) -> Collected:
    """Return what is collected from these sources."""
    return collect(COMPASS, CATALOGUE, [str(source) for source in sources], **rest)


def lines(path: Path, *documents: object) -> Path:
    """Write JSON Lines."""
    path.write_text("".join(f"{json.dumps(one)}\n" for one in documents), "utf-8")
    return path


def test_a_path_in_seven_forms_is_one_sheet(tmp_path: Path) -> None:
    """As Markdown, HTML, PDF, Word, JSON, answers and code; the answers of somebody else make another."""
    write_path(tmp_path, "a", saved())
    assert len([one for one in read_many(tmp_path) if isinstance(one, AnswerSet)]) == 7
    (tmp_path / "b.toml").write_text(to_toml(saved("etat")), "utf-8")
    told = collected(tmp_path)
    assert (found(told), told.twice, told.wrong) == (["commune", "etat"], 6, False)


def test_the_order_of_files_changes_nothing(tmp_path: Path) -> None:
    """Files, lines and codes in a hundred orders give the same sheets."""
    write_path(tmp_path, "a", saved(people=2))
    write_path(tmp_path, "b", saved("etat", sheet="b"))
    (tmp_path / "c.toml").write_text(to_toml(saved("asso", sheet="b", saved=MOMENT + dt.timedelta(1))), "utf-8")
    lines(tmp_path / "d.jsonl", {"profile": "asso"}, {"profile": "asso"})
    files = [str(file) for file in tmp_path.iterdir()]
    first = None
    for seed in range(100):
        random.Random(seed).shuffle(files)
        told = collect(COMPASS, CATALOGUE, files)
        seen = sorted((sheet.answers, sheet.given.people) for sheet in told.sheets)
        first = first or seen
        assert seen == first
    assert first is not None
    assert sorted(people for _, people in first) == [1, 1, 1, 2]


def test_the_same_sheet_saved_again(tmp_path: Path) -> None:
    """The later one counts, whatever the offset it was written with; of the same moment, the greater bytes."""
    early = dt.datetime(2026, 12, 1, 10, tzinfo=dt.timezone(dt.timedelta(hours=5)))
    late = dt.datetime(2026, 12, 1, 6, tzinfo=dt.UTC)
    (tmp_path / "a.toml").write_text(to_toml(saved("commune", sheet="s", saved=late)), "utf-8")
    (tmp_path / "b.toml").write_text(to_toml(saved("etat", sheet="s", saved=early)), "utf-8")
    assert found(collected(tmp_path)) == ["commune"]
    (tmp_path / "b.toml").write_text(to_toml(saved("etat", sheet="s", saved=late)), "utf-8")
    assert found(collected(tmp_path)) == ["etat"]


def test_two_people_may_answer_alike(tmp_path: Path) -> None:
    """Files saved at two moments, and lines of JSON Lines, are people of their own; a code pasted twice is one."""
    (tmp_path / "a.toml").write_text(to_toml(saved()), "utf-8")
    (tmp_path / "b.toml").write_text(to_toml(saved(saved=MOMENT + dt.timedelta(seconds=1))), "utf-8")
    assert len(collected(tmp_path).sheets) == 2
    assert len(collected(lines(tmp_path / "c.jsonl", {"profile": "etat"}, {"profile": "etat"})).sheets) == 2
    code = to_code(saved("asso"))
    (tmp_path / "d.txt").write_text(f"{code}\n\n{code}\n", "utf-8")
    assert found(collected(tmp_path / "d.txt", code)) == ["asso"]


def test_a_person_of_several_rounds(tmp_path: Path) -> None:
    """The last round counts, or the earliest where that is asked for."""
    rounds = [
        {"sheet": f"s{number}", "person": "p", "round": number, "answers": {"profile": profile}, "saved": "2026-12-01"}
        for number, profile in enumerate(PROFILES, start=1)
    ]
    path = lines(tmp_path / "a.jsonl", *rounds)
    assert found(collected(path)) == ["asso"]
    assert found(collected(path, earliest=True)) == ["commune"]


def test_who_does_not_want_to_be_counted(tmp_path: Path) -> None:
    """A sheet that says so is counted nowhere, not even through a copy that does not."""
    write_path(tmp_path, "a", saved(share=False))
    lines(tmp_path / "b.jsonl", {"answers": {"profile": "etat"}, "share": False}, {"answers": {"profile": "asso"}})
    told = collected(tmp_path)
    assert (found(told), told.unshared, told.wrong) == (["asso"], 2, False)


def test_what_cannot_be_used_is_named(tmp_path: Path) -> None:
    """A file that is wrong, another compass, an answer that does not fit; the others are served."""
    (tmp_path / "a.toml").write_text("format = 3\n", "utf-8")
    (tmp_path / "b.txt").write_text("boussole-1:xyz\n", "utf-8")
    (tmp_path / "notes.txt").write_text("Bring the coffee.\n", "utf-8")
    lines(
        tmp_path / "c.jsonl",
        {"compass": "other", "answers": {}},
        {"profile": "etat", "domain": ["air"]},
        {"answers": {"profile": "asso"}, "people": 0},
        {"answers": {"profile": "asso"}, "sheet": 4},
        {"profile": "commune"},
    )
    told = collected(tmp_path, tmp_path / "nowhere.md")
    assert [one.name for one in told.unread] == [
        "a.toml", "b.txt:1", "c.jsonl:3", "c.jsonl:4", str(tmp_path / "nowhere.md"),
    ]  # fmt: skip
    assert told.elsewhere == (("c.jsonl:1", "other"),)
    assert [(one.name, len(one.problems), one.other_version) for one in told.dropped] == [("c.jsonl:2", 1, False)]
    assert (found(told), told.wrong) == (["commune", "etat"], True)


def test_answers_of_another_version(tmp_path: Path) -> None:
    """What no longer holds is named, and is not wrong."""
    one = saved(answers={"profile": "commune", "gone": "x"}, compass_digest="sha256:old")
    (tmp_path / "a.toml").write_text(to_toml(one), "utf-8")
    lines(tmp_path / "b.jsonl", {"answers": {"profile": "etat", "gone": 1}, "compass_version": "0"})
    told = collected(tmp_path)
    assert [one.other_version for one in told.dropped] == [True, True]
    assert (found(told), told.wrong) == (["commune", "etat"], False)


def test_the_export_of_a_workshop(tmp_path: Path) -> None:
    """Its sheets in one object, each as a line; one that is no object is named."""
    sheets = [{"compass": COMPASS.id, "sheet": "a", "saved": "2026-12-01", "answers": {"profile": "etat"}}, 3]
    (tmp_path / "a.json").write_text(json.dumps({"sheets": sheets}), "utf-8")
    told = collected(tmp_path)
    assert found(told) == ["etat"]
    assert [one.name for one in told.unread] == ["a.json:2"]


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2026-12-01", "2026-12-01"),
        ("2026-12-01T10:00:00+01:00", "2026-12-01T09:00:00+00:00"),
        ("2026-12-01T10:00:00", "2026-12-01T10:00:00"),
        ("yesterday", None),
        ("a long time ago", None),
    ],
)
def test_when_a_line_was_saved(tmp_path: Path, written: str, moment: str | None) -> None:
    """A day or a moment, in one form; anything else is not known."""
    (one,) = read_many(lines(tmp_path / "a.jsonl", {"answers": {}, "saved": written}))
    assert isinstance(one, AnswerSet)
    assert one.saved == moment


def test_a_text_without_codes(tmp_path: Path) -> None:
    """By itself it is named; a JSON that holds nothing too."""
    (tmp_path / "a.txt").write_text("nothing", "utf-8")
    (tmp_path / "b.json").write_text("[", "utf-8")
    for name in ("a.txt", "b.json"):
        (one,) = read_source(str(tmp_path / name))
        assert not isinstance(one, AnswerSet)


def test_what_a_sheet_says_of_itself_is_kept() -> None:
    """Written again, an answers file keeps what it is, for how many it speaks, and whether it is shared."""
    text = to_toml(saved(sheet="s", share=False, people=7))
    assert 'sheet = "s"\nshare = false\npeople = 7\n' in text
    assert "share" not in to_toml(saved(sheet="s"))
