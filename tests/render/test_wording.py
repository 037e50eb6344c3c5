"""Durations, days, languages and numbers as people say them."""

from __future__ import annotations

import datetime as dt

import pytest

from boussole.core.definitions.compass import TimeAtHand
from boussole.core.pathway import pathway
from boussole.render.path.content import path_content
from boussole.render.recommend.plain import pathway_lines
from boussole.render.wording import (
    Plain,
    answer_text,
    compass_size,
    day,
    duration,
    expiry_note,
    kind_title,
    language_note,
    next_address,
    path_time,
    pathway_rule,
    position,
    rank_label,
    source_note,
    tie_rule,
    title_with_expiry,
)
from support.builders import make_catalogue, make_compass, make_medoc, make_option, make_question
from support.builders import ranked as rank_for
from support.samples import FEW_ANSWERS, FULL_ANSWERS, catalogue, compass, keepsake, ranked, replace


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [
        (0, "0 minutes"),
        (1, "1 minute"),
        (59, "59 minutes"),
        (60, "1 h"),
        (65, "1 h 05"),
        (90, "1 h 30"),
        (419, "6 h 59"),
        (420, "1 day"),
        (421, "7 h 01"),
        (839, "13 h 59"),
        (840, "2 days"),
        (900, "3 days"),
    ],
)
def test_durations_as_people_say_them(minutes: int, expected: str) -> None:
    """Minutes under an hour, hours under two days of seven unless it is one, then days, begun ones included."""
    assert duration(minutes).in_("en") == expected


@pytest.mark.parametrize(
    ("questions", "expected"),
    [
        (1, "1 question at most, about 1 minute"),
        (2, "2 questions at most, about 1 minute"),
        (3, "3 questions at most, about 2 minutes"),
        (12, "12 questions at most, about 5 minutes"),
    ],
)
def test_the_size_of_a_compass(questions: int, expected: str) -> None:
    """How many questions at most, and about how long."""
    assert compass_size(questions).in_("en") == expected


def test_days_are_written_in_full() -> None:
    """A day has its zeros; a day nobody knows is said so."""
    assert day(dt.date(2026, 1, 2)).in_("en") == "2026-01-02"
    assert day(None).in_("en") == "unknown"


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (None, None),
        ("fr", None),
        ("en", "in English"),
        ("de", "in the language “de”"),
        ("{x}", "in the language “{x}”"),
    ],
)
def test_another_language_is_mentioned(language: str | None, expected: str | None) -> None:
    """A MEDOC in another language than the catalogue says so; its own needs no mention."""
    note = language_note(replace(catalogue().medoc["atlas"], language=language), catalogue())
    assert (None if note is None else note.in_("en")) == expected


def test_french_is_mentioned_in_an_english_catalogue() -> None:
    """In a catalogue in English, a MEDOC in French is the one to mention."""
    made = replace(catalogue(), language="en")
    note = language_note(replace(made.medoc["atlas"], language="fr"), made)
    assert note is not None
    assert note.in_("en") == "in French"


def test_expiry_is_mentioned_only_once_past() -> None:
    """A MEDOC without a last day, or before it, has no mention."""
    medoc = catalogue().medoc
    assert expiry_note(medoc["atlas"], dt.date(2999, 1, 1)) is None
    assert expiry_note(medoc["atlas-bis"], dt.date(2026, 1, 31)) is None
    note = expiry_note(medoc["atlas-bis"], dt.date(2026, 2, 1))
    assert note is not None
    assert note.in_("en") == "out of date since 2026-01-31"


@pytest.mark.parametrize(
    ("question", "value", "expected"),
    [
        ("profile", "etat", "State"),
        ("domain", ("eau", "climat"), "Water and Climate"),
        ("domain", (), "none"),
        ("confiance", 0, "no"),
        ("confiance", "?", "I do not know"),
        ("accord", "yes", "Yes"),
        ("habitants", 1500, "1500 inhabitants"),
        ("nom", "Les [amis]", "Les [amis]"),
    ],
)
def test_answers_in_the_words_of_their_questions(
    question: str, value: str | int | tuple[str, ...], expected: str
) -> None:
    """An answer reads as its options, labels or unit do."""
    assert answer_text(compass().questions[question], value).in_("en") == expected


def test_a_number_without_a_unit() -> None:
    """A number whose question has no unit stands alone."""
    question = replace(compass().questions["habitants"], unit=None)
    assert answer_text(question, 12).in_("en") == "12"


def test_plain_text_has_no_language() -> None:
    """What a person typed is the same in every language."""
    assert {Plain("été").in_(language) for language in ("fr", "en", "xx")} == {"été"}


def test_ranks_and_kinds() -> None:
    """A shared rank has =; a kind is told by its title."""
    ranking = ranked(FULL_ANSWERS)
    assert [rank_label(item) for item in ranking.recommendations] == ["1", "2", "3=", "3=", "5"]
    assert kind_title(ranking.recommendations[0].medoc, catalogue()).in_("en") == "Tool"


def test_the_position_by_facet_in_the_order_of_the_catalogue() -> None:
    """Each facet where the person stands, with its terms in order; the others are not mentioned."""
    told = [(title.in_("en"), terms.in_("en")) for title, terms in position(ranked(FULL_ANSWERS))]
    assert told == [("Profile", "Town"), ("Field", "Water")]
    assert [title.in_("en") for title, _ in position(ranked(FEW_ANSWERS))] == ["Field"]


def test_the_rules_are_told() -> None:
    """The tie rule and the rule of the path say how many and how."""
    assert "written 2=" in tie_rule().in_("en")
    told = pathway_rule(pathway(ranked(FULL_ANSWERS))).in_("en")
    assert told.startswith("3 steps, from the first 9 of the list")
    assert "no kind holding more than 2 places" in told


@pytest.mark.parametrize(
    ("url", "source", "short", "whole", "address"),
    [
        ("https://a.example/x", "https://b.example/", None, None, "https://a.example/x"),
        (
            None,
            "https://www.b.example/y?z",
            "vu sur b.example",
            "vu sur https://www.b.example/y?z",
            "https://www.b.example/y?z",
        ),
        ("javascript:1", "https://b.example", "vu sur b.example", "vu sur https://b.example", "https://b.example"),
        (
            None,
            "https://me@b.example:8/",
            "vu sur b.example:8",
            "vu sur https://me@b.example:8/",
            "https://me@b.example:8/",
        ),
        (None, "Guide, p. 3", "source\u00a0: Guide, p. 3", "source\u00a0: Guide, p. 3", None),
    ],
)
def test_nobody_is_left_without_a_next_step(
    url: str | None, source: str, short: str | None, whole: str | None, address: str | None
) -> None:
    """Where a MEDOC has no web address of its own, the source is said, and led to where it is one."""
    medoc = make_medoc("a")._replace(url=url, source=source)
    notes = (source_note(medoc), source_note(medoc, whole=True))
    assert [None if note is None else note.in_("fr") for note in notes] == [short, whole]
    assert next_address(medoc) == address


@pytest.mark.parametrize(
    ("answer", "time"),
    [
        ("hour", "In all: 1 h 15, 15 minutes over the 1 h you have"),
        ("day", "In all: 1 h 15, within the 1 day you have"),
        (None, "In all: 1 h 15"),
    ],
)
def test_the_time_of_a_path(answer: str | None, time: str) -> None:
    """In all, and whether the person has it; without an answer, in all."""
    question = make_question("time", options=[make_option("hour"), make_option("day")])
    compass = make_compass(question, pathway_size=3, time_at_hand=TimeAtHand("time", {"hour": 60, "day": 420}))
    medoc = [make_medoc(id_)._replace(minutes=25) for id_ in "abc"]
    answers = {} if answer is None else {"time": answer}
    assert path_time(pathway(rank_for(compass, make_catalogue(*medoc), **answers))).in_("en") == time


def test_a_path_of_nothing_has_no_time() -> None:
    """Where no MEDOC fits there are no steps, and no time is told for them."""
    ranking = replace(ranked(FULL_ANSWERS), recommendations=())
    assert path_content(ranking, "en", keepsake(ranking), shown=()).pathway.time == ""
    assert pathway_lines(pathway(ranking), "en")[-1].startswith("3 steps, from the first ")
    assert not [line for line in pathway_lines(pathway(ranking), "en") if "In all" in line]


def test_what_replaces_a_medoc_is_said() -> None:
    """Its title is marked with the id to look up, beside that it is out of date."""
    medoc = make_medoc("old")._replace(superseded_by="new", expires=dt.date(2026, 1, 1))
    assert title_with_expiry(medoc, "en", dt.date(2026, 2, 1)) == (
        "Titre de old (out of date since 2026-01-01) (replaced by new)"
    )
    assert title_with_expiry(medoc, "en", None) == "Titre de old (replaced by new)"
