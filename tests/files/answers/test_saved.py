"""Answers files say who answered what and with which definitions, and come back the same."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boussole.core.answers.accepting import accepted
from boussole.core.answers.answers import Answers
from boussole.core.situation import situate
from boussole.errors import BoussoleError, DefinitionError
from boussole.files.answers.loading import load_answers
from boussole.files.answers.saved import FENCE, Saved, answers_block, read_answers, reopen, save, to_toml
from support.samples import FULL_ANSWERS, MOMENT, NAUGHTY, TEXTS, catalogue, compass, replace
from support.strategies import catalogues, compasses, values

if TYPE_CHECKING:
    from pathlib import Path


def _answers(**values: object) -> Answers:
    return accepted(compass(), Answers.given(values))


def _reread(saved: Saved) -> Saved:
    return read_answers(to_toml(saved).encode(), "answers.toml")


def test_an_answers_file() -> None:
    """The file says which definitions it was made with, when and by whom, and what was answered, in order."""
    saved = save(compass(), catalogue(), _answers(domain=["eau"], profile="etat"), saved=MOMENT, name="Ann")
    lines = to_toml(saved).splitlines()
    assert lines[0] == "format = 1"
    assert lines[1:] == [
        'compass = "essai"',
        'compass_version = "3"',
        f'compass_digest = "{compass().digest}"',
        'catalogue = "mini"',
        'catalogue_version = "2026.11"',
        f'catalogue_digest = "{catalogue().digest}"',
        "saved = 2026-11-22 14:03:00+01:00",
        'name = "Ann"',
        "",
        "[answers]",
        'profile = "etat"',
        "domain = [",
        '    "eau",',
        "]",
    ]


def test_a_name_only_where_one_was_given() -> None:
    """Nothing is written of what nobody gave."""
    text = to_toml(save(compass(), catalogue(), _answers()))
    assert "name" not in text
    assert "saved" not in text
    assert "aside" not in text


@given(st.data())
def test_any_accepted_answers_come_back(data: st.DataObject) -> None:
    """Whatever the compass: answers on the path and aside come back the same, « ? » and [] included."""
    made = data.draw(catalogues())
    asked = data.draw(compasses(made))
    given_ = {id_: data.draw(values(one)) for id_, one in asked.questions.items() if data.draw(st.booleans())}
    answers = accepted(asked, Answers.given(given_))
    saved = save(asked, made, answers, saved=MOMENT)
    assert _reread(saved) == saved
    assert {**saved.answers, **saved.aside} == given_
    reopened = reopen(asked, _reread(saved), with_aside=True)
    assert (reopened.dropped, reopened.other_version) == ((), False)
    assert {id_: reopened.answers.get(id_) for id_ in reopened.answers} == given_
    counted = reopen(asked, _reread(saved), with_aside=False).answers
    assert situate(asked, counted) == situate(asked, answers)


@given(TEXTS.filter(str.strip), TEXTS)
def test_any_text_comes_back(text: str, name: str) -> None:
    """Any text and any name come back letter by letter, from a file and from a block."""
    saved = save(compass(), catalogue(), _answers(nom=text), name=name or None)
    assert _reread(saved).answers == {"nom": text}
    assert _reread(saved).name == (name or None)


@pytest.mark.parametrize("start", range(0, len(NAUGHTY), 50))
def test_naughty_strings_come_back(start: int, tmp_path: Path) -> None:
    """The same for each naughty string, within a Markdown page."""
    for text in NAUGHTY[start : start + 50]:
        if text.strip():
            saved = save(compass(), catalogue(), _answers(nom=text), name=text)
            (tmp_path / "a.md").write_bytes(f"# x\n\n{answers_block(saved)}".encode())
            assert load_answers(tmp_path / "a.md") == saved


def test_what_is_no_character_is_replaced() -> None:
    """Half a character, as a terminal in another encoding gives, never stops a file from being written."""
    assert _reread(save(compass(), catalogue(), _answers(nom="a\ud800b"), name="\udcff")).answers == {"nom": "a?b"}


# --- Aside -----------------------------------------------------------------------------------------------------------


def test_answers_off_the_path_are_kept_and_never_count() -> None:
    """What a changed answer took off the path stands under `[aside]`: found again, never counted."""
    saved = save(compass(), catalogue(), _answers(accord="no", nom="Nous"))
    assert (saved.answers, saved.aside) == ({"accord": "no"}, {"nom": "Nous"})
    assert "[aside]" in to_toml(saved)
    counted = reopen(compass(), _reread(saved), with_aside=False).answers
    assert list(counted) == ["accord"]
    found = reopen(compass(), _reread(saved), with_aside=True).answers
    assert set(found) == {"accord", "nom"}
    assert situate(compass(), found).answers == {"accord": "no"}


def test_an_answer_wins_over_the_same_one_aside() -> None:
    """A file that has an answer twice counts the one that is not aside."""
    saved = Saved("essai", {"accord": "yes"}, {"accord": "no", "nom": "Nous"})
    assert reopen(compass(), saved, with_aside=True).answers.get("accord") == "yes"


# --- Another version -------------------------------------------------------------------------------------------------


def _changed() -> Saved:
    saved = save(compass(), catalogue(), _answers(**FULL_ANSWERS))
    return replace(
        saved,
        answers={**saved.answers, "moyens": "enormes", "accords": "yes"},
        compass_version="2",
        compass_digest="sha256:0",
    )


def test_another_version_keeps_what_holds() -> None:
    """Under another version, what still holds is kept and each answer that does not is named; nothing is guessed."""
    reopened = reopen(compass(), _changed(), with_aside=False)
    assert reopened.other_version
    assert set(reopened.answers) == set(FULL_ANSWERS) - {"moyens"}
    told = [problem.in_("en") for problem in reopened.dropped]
    assert len(told) == 2
    assert "has no question “accords”" in told[0]
    assert "Did you mean “accord”?" in told[0]
    assert "“enormes” is not one of its options" in told[1]


def test_the_version_tells_where_there_is_no_digest() -> None:
    """A file written by hand, without a digest, is of another version where it says so."""
    by_hand = Saved("essai", {}, compass_version="2")
    assert reopen(compass(), by_hand, with_aside=False).other_version
    assert not reopen(compass(), replace(by_hand, compass_version="3"), with_aside=False).other_version
    assert not reopen(compass(), Saved("essai", {}), with_aside=False).other_version


def test_the_same_meaning_is_the_same_version() -> None:
    """With the same digest, another version number changes nothing."""
    same = Saved("essai", {}, compass_version="2", compass_digest=compass().digest)
    assert not reopen(compass(), same, with_aside=False).other_version


def test_another_compass_is_refused() -> None:
    """Answers to another compass are not reopened."""
    with pytest.raises(BoussoleError) as refused:
        reopen(compass(), Saved("autre", {"profile": "etat"}), with_aside=False)
    assert "“autre”, not “essai”" in refused.value.in_("en")


# --- Files -----------------------------------------------------------------------------------------------------------

MINIMAL = 'format = 1\ncompass = "essai"\n[answers]\nprofile = "etat"\n'


def test_the_least_file() -> None:
    """A file written by hand needs its format, its compass and its answers."""
    saved = read_answers(MINIMAL.encode(), "a.toml")
    assert saved == Saved("essai", {"profile": "etat"})


def test_the_moment_has_its_zone() -> None:
    """The moment of saving comes back with its offset."""
    saved = read_answers(b"saved = 2026-11-22T14:03:00+01:00\n" + MINIMAL.encode(), "a.toml")
    assert saved.saved == MOMENT
    assert saved.saved is not None
    assert saved.saved.utcoffset() == dt.timedelta(hours=1)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("", ["“format” is missing", "“compass” is missing", "“answers” is missing"]),
        (MINIMAL.replace("= 1", "= 2"), ["format 2 is not known", "Install a newer boussole."]),
        (MINIMAL.replace("= 1", "= 0"), ["format 0 is not known"]),
        (MINIMAL.replace("= 1", '= "1"'), ["expected a whole number"]),
        (MINIMAL.replace("compass", "compas"), ["unknown key “compas”"]),
        (MINIMAL.replace("[answers]", "[answer]"), ["unknown key “answer”"]),
        (f"saved = 2026-11-22\n{MINIMAL}", ["expected a day and time"]),
        (f"name = 3\n{MINIMAL}", ["expected a text"]),
        ('format = 1\ncompass = ""\nanswers = 3\n', ["it is empty", "expected a table"]),
        ("not toml", ["this is not TOML"]),
    ],
)
def test_files_that_are_no_answers_files(content: str, told: list[str]) -> None:
    """What is wrong with a file is told, all at once, and a newer format asks for a newer boussole."""
    with pytest.raises(DefinitionError) as refused:
        read_answers(content.encode(), "a.toml")
    said = refused.value.in_("en")
    assert [one for one in told if one not in said] == []


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("name", ["a.md", "a.markdown", "A.MD"])
def test_a_markdown_page_holds_answers(tmp_path: Path, name: str, ending: str) -> None:
    """The last answers block of a page counts, with the line ends of any system, and whatever stands around."""
    other = MINIMAL.replace("etat", "asso")
    page = f"# x\n\n{FENCE}\n{other}```\n\n```toml\nx = 1\n```\n\n{FENCE}\n{MINIMAL}```\n\nend\n"
    (tmp_path / name).write_bytes(page.replace("\n", ending).encode())
    assert load_answers(tmp_path / name).answers == {"profile": "etat"}


def test_a_block_that_was_cut(tmp_path: Path) -> None:
    """A page cut after its answers is still read."""
    (tmp_path / "a.md").write_text(f"{FENCE}\n{MINIMAL}", encoding="utf-8")
    assert load_answers(tmp_path / "a.md").answers == {"profile": "etat"}


@pytest.mark.parametrize("page", ["", "# A page\n\n```toml\nformat = 1\n```\n", f"text {FENCE}\n"])
def test_a_markdown_page_without_answers(tmp_path: Path, page: str) -> None:
    """A page without the block is refused in words, naming the file."""
    (tmp_path / "a.md").write_text(page, encoding="utf-8")
    with pytest.raises(BoussoleError) as refused:
        load_answers(tmp_path / "a.md")
    said = refused.value.in_("en")
    assert f"“{tmp_path / 'a.md'}” holds no answers." in said
    assert "exported by boussole" in said


def test_problems_point_into_the_page(tmp_path: Path) -> None:
    """A mistake in the block is told at its line in the page."""
    (tmp_path / "a.md").write_text(f"# x\n\n{FENCE}\n{MINIMAL.replace('compass', 'compas')}```\n", encoding="utf-8")
    with pytest.raises(DefinitionError) as refused:
        load_answers(tmp_path / "a.md")
    assert f"{tmp_path / 'a.md'}:5:1: B101" in refused.value.in_("en")


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    """A missing file is an error in words."""
    with pytest.raises(BoussoleError) as refused:
        load_answers(tmp_path / "absent.toml")
    assert "There is no file" in refused.value.in_("en")
