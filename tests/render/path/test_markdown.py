"""The Markdown of a path: the parts promised, valid CommonMark, answers that reopen."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boussole.core.pathway import pathway
from boussole.escape import FORBIDDEN, plain_paragraphs, plain_text, web_address
from boussole.files.answers.loading import load_answers
from boussole.files.answers.saved import reopen
from boussole.render.path.markdown import to_markdown
from boussole.render.wording import source_note
from support.hostile import Hostile
from support.pages import BLOCKS, HARMLESS, Page, read
from support.samples import (
    FEW_ANSWERS,
    FULL_ANSWERS,
    MOMENT,
    NAUGHTY,
    TEXTS,
    compass,
    keepsake,
    ranked,
    replace,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from boussole.core.definitions.catalogue import Medoc


def _page(
    answers: dict[str, object], *, name: str | None = None, left_out: bool = False, top: int | None = None
) -> str:
    ranking = ranked(answers)
    return to_markdown(ranking, "en", keepsake(ranking, name), shown=ranking.top(top), left_out=left_out)


def test_a_whole_page(golden: Callable[[str, str], None]) -> None:
    """Who and when, the position, the path, the list, the rules, the versions, the answers to reopen."""
    golden("full.md", _page(FULL_ANSWERS, name="Ann-Lou *K*", left_out=True))


def test_a_page_with_much_to_find_out(golden: Callable[[str, str], None]) -> None:
    """What is not known or missing is listed; without a name there is the day alone."""
    golden("few.md", _page(FEW_ANSWERS))


def test_a_page_of_nothing(golden: Callable[[str, str], None]) -> None:
    """Where nothing fits, the page says so and is still whole."""
    ranking = ranked({})
    nothing = replace(ranking, recommendations=(), left_out=())
    golden("nothing.md", to_markdown(nothing, "en", keepsake(ranking), shown=()))


def test_parts_stand_in_order() -> None:
    """The parts of the page are those promised to the participant, in order."""
    headings = [block.text for block in read(_page(FEW_ANSWERS, left_out=True)).blocks if block.where == "h2"]
    assert headings == [
        "Where I stand", "My path", "My list", "Left out", "To find out", "My answers", "How this list is made",
    ]  # fmt: skip


def test_a_name_only_where_one_was_given() -> None:
    """The line under the title has the name and the day, or the day alone."""
    assert read(_page(FULL_ANSWERS, name="Ann")).blocks[1].text == "Ann, 2026-11-22"
    assert read(_page(FULL_ANSWERS)).blocks[1].text == "2026-11-22"
    assert "name" not in _page(FULL_ANSWERS).split("```")[1]


def test_the_path_says_why_and_what_to_read_first() -> None:
    """A step has its link, publisher, kind and duration; its summary with its line breaks; why; what to read first."""
    page = read(_page(FULL_ANSWERS))
    first = page.items("My path")[0]
    assert first.lines == [
        "Offer [beta] R&D · A & B <co> · Tool · 1 h 30",
        "An offer.\nTwo lines.",
        "More.",
        "Why (rank 1, score 925): Field: made for Water; Profile: made for Town; Proven by practice: 5 out of 9",
        "Read first: Second atlas · seen at b.example",
    ]
    assert first.links == [
        ("Offer [beta] R&D", "https://a.example/offre?x=1&y=2"),
        ("seen at b.example", "https://b.example/bis"),
    ]
    assert first.strong == ["Offer [beta] R&D"]
    stages = [block.text for block in page.section("My path") if block.where == "h3"]
    assert stages == ["Act", "At any time"]


def test_what_brought_nothing_is_still_explained() -> None:
    """Where no reason is in favour, the reasons there are stand in their place."""
    atlas = read(_page(FEW_ANSWERS)).items("My path")[-1]
    assert atlas.lines[-1] == (
        "Why (rank 3=, score 0): Field: made for others (Climate and Water); Proven by practice: not documented yet"
    )


def test_the_list_shows_ties_and_what_is_out_of_date() -> None:
    """Each line has its rank, with = where it is shared, kind and score; a MEDOC past its day is marked."""
    assert [item.text for item in read(_page(FULL_ANSWERS)).items("My list")] == [
        "1 Offer [beta] R&D · Tool · score 925",
        "2 Writing a charter · Method · score 536 · seen at c.example",
        "3= Water atlas · Data · score 500",
        "3= Second atlas · Data · score 500 · out of date since 2026-01-31 · seen at b.example",
        "5 =CARD() · Method · score 376 · seen at c.example",
    ]
    assert len(read(_page(FULL_ANSWERS, top=2)).items("My list")) == 2


def test_what_is_left_out_is_told_with_why() -> None:
    """Asked for, what is left out is there with every reason."""
    assert [item.text for item in read(_page(FEW_ANSWERS, left_out=True)).items("Left out")] == [
        "Writing a charter · seen at c.example: Nothing to write there",
        "=CARD() · seen at c.example: Field: Energy",
        "Reserved tool · seen at d.example: Kept for another case: “What means?”: Solid",
    ]
    assert "Left out" not in _page(FEW_ANSWERS)


def test_what_to_find_out_holds_the_unknown_and_the_missing() -> None:
    """Questions answered « ? » come first, then required ones without an answer."""
    asked = [item.text for item in read(_page(FEW_ANSWERS)).items("To find out")]
    assert asked == ["Do you trust each other?", "An agreement?", "Who are you?"]
    assert "To find out" not in _page(FULL_ANSWERS)


def test_answers_are_told_in_words() -> None:
    """Answers read in the words of their questions, with units, « I do not know » and texts on one line."""
    assert [item.text for item in read(_page(FULL_ANSWERS)).items("My answers")] == [
        "Who are you? Town",
        "Which fields? Water",
        "Do you trust each other? a little",
        "An agreement? No",
        "What means? None",
        "How many inhabitants? 1500 inhabitants",
    ]
    assert [item.text for item in read(_page(FEW_ANSWERS)).items("My answers")][1:] == [
        "Do you trust each other? I do not know",
        "An agreement? I do not know",
        "What name? Les amis de l’eau",
    ]


def test_the_rules_and_versions_are_printed() -> None:
    """The path's rule, the order and tie rule, and the versions of both definitions are on the page."""
    page = read(_page(FULL_ANSWERS))
    told = [block.text for block in page.section("How this list is made")]
    assert told[0].startswith("The score says how well a MEDOC suits your answers: 1000 at most,")
    assert told[2] == "Compass essai, version 3; catalogue mini, version 2026.11."
    assert page.section("My path")[0].text.startswith("3 steps, from the first 9 of the list")


@pytest.mark.parametrize("answers", [FULL_ANSWERS, FEW_ANSWERS])
def test_the_page_reopens_to_the_same_answers(answers: dict[str, object], tmp_path: Path) -> None:
    """The last block of the page is an answers file: the same answers, name and moment come back."""
    (tmp_path / "path.md").write_bytes(_page(answers, name="Ann").encode())
    saved = load_answers(tmp_path / "path.md")
    assert (saved.name, saved.saved) == ("Ann", MOMENT)
    assert reopen(compass(), saved, with_aside=False).answers.by_question.keys() == answers.keys()
    assert ranked(dict(saved.answers)).situation == ranked(answers).situation


# --- Whatever the strings are ----------------------------------------------------------------------------------------


def _hostile_page(hostile: Hostile) -> str:
    ranking = hostile.ranking
    return to_markdown(ranking, "en", hostile.keepsake(), shown=ranking.recommendations, left_out=True)


def _check(hostile: Hostile, folder: Path) -> None:
    written = _hostile_page(hostile)
    assert not re.search(FORBIDDEN, written)
    page = read(written)
    assert page.kinds <= HARMLESS | BLOCKS
    assert [fence.info for fence in page.fences] == ["toml boussole-answers"]
    _check_headings(hostile, page)
    _check_items(hostile, page)
    (folder / "path.md").write_bytes(written.encode())
    saved = load_answers(folder / "path.md")
    assert saved.answers == hostile.ranking.situation.answers
    assert reopen(hostile.compass, saved, with_aside=True).answers.by_question.keys() == set(hostile.answers)
    assert saved.name == (hostile.name or None)


def _check_headings(hostile: Hostile, page: Page) -> None:
    stages = [stage.term.title.in_("en") if stage.term else "At any time" for stage in pathway(hostile.ranking).stages]
    assert [block.text for block in page.blocks if block.where == "h3"] == [plain_text(stage) for stage in stages]
    assert [block.text for block in page.blocks if block.where == "h1"] == [
        plain_text(f"My path: {hostile.compass.title.in_('en')}")
    ]
    assert len([block for block in page.blocks if block.where == "h2"]) == 7


def _check_items(hostile: Hostile, page: Page) -> None:
    ranking = hostile.ranking
    situation = ranking.situation
    steps = pathway(ranking).steps
    assert len(page.items("My path")) == len(steps)
    for item, step in zip(page.items("My path"), steps, strict=True):
        medoc = step.recommendation.medoc
        assert sorted(item.links) == sorted(_links([medoc, *step.first]))
        title = plain_text(medoc.title.in_("en")) or medoc.id
        assert item.text.startswith(title)
        assert item.strong == [title]
        summary = plain_paragraphs(medoc.summary.in_("en") if medoc.summary else "")
        assert item.lines[1 : 1 + len(summary)] == summary
        assert len(item.lines) == 2 + len(summary) + bool(step.first)
    listed = page.items("My list")
    assert [item.links for item in listed] == [list(_links([one.medoc])) for one in ranking.recommendations]
    out = page.items("Left out")
    assert [item.links for item in out] == [list(_links([one.medoc])) for one in ranking.left_out]
    for where, medoc in [
        *zip(listed, (one.medoc for one in ranking.recommendations), strict=True),
        *zip(out, (one.medoc for one in ranking.left_out), strict=True),
    ]:
        assert (plain_text(medoc.title.in_("en")) or medoc.id) in where.text
    questions = hostile.compass.questions
    asked = [plain_text(questions[id_].ask.in_("en")) for id_ in (*situation.to_find_out, *situation.missing)]
    assert [item.text for item in page.items("To find out")] == asked
    told = page.items("My answers")
    assert len(told) == len(situation.answers)
    for item, id_ in zip(told, situation.answers, strict=True):
        assert item.text.startswith(plain_text(questions[id_].ask.in_("en")))
        assert not item.links
    assert len(page.items("Where I stand")) == len(situation.terms) + len(situation.axes)


def _links(medoc: list[Medoc]) -> Iterator[tuple[str, str]]:
    for one in medoc:
        own, note = web_address(one.url), source_note(one)
        if own is not None:
            yield plain_text(one.title.in_("en")) or one.id, _href(own)
        elif note is not None and web_address(one.source) is not None:
            yield plain_text(note.in_("en")), _href(str(web_address(one.source)))


def _href(address: str) -> str:
    """Return an address as a parser gives it back."""
    return read(f"<{address}>").blocks[0].links[0][1]


@pytest.mark.parametrize("start", range(0, len(NAUGHTY), 80))
def test_naughty_strings_everywhere(start: int, tmp_path: Path) -> None:
    """With a naughty string as every text, the parser finds the same items, no HTML, and the same answers."""
    _check(Hostile(NAUGHTY[start : start + 80]), tmp_path)


@given(st.lists(TEXTS, min_size=1, max_size=6))
def test_any_strings_everywhere(tmp_path_factory: pytest.TempPathFactory, texts: list[str]) -> None:
    """The same with any strings."""
    _check(Hostile(texts), tmp_path_factory.getbasetemp())
