"""Near twins, long lists, long paths, old sources; and the answers that show whether a question matters."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from boussole.core.answers.accepting import accept
from boussole.core.check import never_recommended
from boussole.core.check.coverage import NoEffect
from boussole.core.check.no_effect import questions_without_effect
from boussole.core.check.readability import LONGEST_LIST, LONGEST_PATH, longest_path, review_readability, review_sources
from boussole.core.definitions.compass import Example, Expectation, QuestionType, Section
from boussole.core.definitions.conditions import Between, Every, Some
from boussole.core.explore.sampling import random_answers
from boussole.core.explore.satisfiability import Satisfiability
from boussole.errors import Severity
from support.builders import (
    is_,
    make_axis,
    make_catalogue,
    make_compass,
    make_facet,
    make_medoc,
    make_option,
    make_place,
    make_question,
    make_rule,
    make_text,
    question,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from boussole.core.definitions.catalogue import Medoc
    from boussole.core.definitions.compass import Compass, Question
    from boussole.core.definitions.conditions import Condition
    from boussole.errors import Finding, Keys

TODAY = dt.date(2026, 11, 22)
SHOWN = Example({}, Expectation())
FIRST = make_question("first", "yes-no")


def told(findings: Iterable[Finding]) -> list[tuple[str, Keys]]:
    """Return the codes and places of findings."""
    return [(finding.code, finding.keys) for finding in findings if finding.what.in_("en")]


def worded(compass: Compass) -> list[tuple[str, Keys]]:
    """Return what the review of the wording of a compass with an example says."""
    compass = compass._replace(examples=(SHOWN,))
    return told(review_readability(compass, Satisfiability(compass)))


# --- Near twins ------------------------------------------------------------------------------------------------------


def asking(*texts: str) -> Compass:
    """Return a compass that asks these."""
    return make_compass(
        *[make_question(f"q{n}", "yes-no")._replace(ask=make_text(text)) for n, text in enumerate(texts)]
    )


NEAR = [
    ("Quels moyens avez-vous pour ce projet ?", "Quels moyens avez-vous pour le projet ?"),
    ("Avez-vous un budget ?", "AVEZ-VOUS UN BUDGET ?"),
    ("L’énergie et l’eau", "L'energie et l'eau"),
    ("Oui", "Oui"),
]
APART = [
    ("Quels moyens avez-vous pour ce projet ?", "Quels partenaires avez-vous pour ce projet ?"),
    ("Baromètre des coopérations, édition 2019", "Baromètre des coopérations, édition 2020"),
    ("Guide du dialogue, volume 1", "Guide du dialogue, volume 2"),
    ("Oui", "Non"),
    ("Un", "Une commune de montagne"),
]


@pytest.mark.parametrize(("one", "other"), NEAR)
def test_two_questions_nearly_the_same(one: str, other: str) -> None:
    """The second is pointed at, whatever the case, the accents and the apostrophes."""
    assert worded(asking(one, "Tout autre chose ?", other)) == [("B521", ("question", 2, "ask"))]


@pytest.mark.parametrize(("one", "other"), APART)
def test_two_questions_that_say_something_else(one: str, other: str) -> None:
    """What differs by a number only is something else, too."""
    assert worded(asking(one, other)) == []


def test_each_twin_is_told_once() -> None:
    """Of four that are the same, three are told, each as a twin of one before it."""
    findings = list(review_readability(asking(*["Avez-vous un budget ?"] * 4), Satisfiability(asking())))
    assert told(findings)[:3] == [("B521", ("question", place, "ask")) for place in (1, 2, 3)]
    assert "q0" in findings[0].what.in_("en")


def test_what_many_texts_say_brings_none_of_them_together() -> None:
    """A word that stands in more than thirty of them; with thirty, the two that are nearly the same are found."""
    for count, expected in ((30, [("B521", ("question", 29, "ask"))]), (31, [])):
        texts = [f"budget {chr(97 + n) * 12}" for n in range(count - 2)] + ["budget coopere", "budget cooperee"]
        found = [one for one in worded(asking(*texts)) if one[0] == "B521"]
        assert found == expected


def test_two_options_nearly_the_same() -> None:
    """Within one question only; the terms of a facet are the catalogue's own."""
    options = [make_option(id_)._replace(text=make_text("Une association locale")) for id_ in ("a", "b")]
    other = [make_option(id_)._replace(text=make_text(id_ * 5)) for id_ in ("c", "d")]
    compass = make_compass(
        make_question("one", "one", [options[0], *other]),
        make_question("two", "many", [options[1], *other]),
    )
    assert worded(compass) == []
    compass = make_compass(make_question("one", "one", [*other, *options]))
    assert worded(compass) == [("B521", ("question", 0, "options", 3, "text"))]


def test_options_are_compared_in_the_language_of_the_file() -> None:
    """An English file says twice the same in English."""
    options = [make_option(id_)._replace(text=make_text(id_ * 6, "A local association")) for id_ in ("a", "b")]
    compass = make_compass(make_question("one", "one", options))
    assert worded(compass) == []
    assert worded(compass._replace(language="en")) == [("B521", ("question", 0, "options", 1, "text"))]


# --- Long lists and long paths ---------------------------------------------------------------------------------------


def test_a_long_list_of_options_needs_hints() -> None:
    """From thirteen on, one without is enough."""
    texts = [make_text(chr(97 + place) * 9) for place in range(LONGEST_LIST + 1)]
    hinted = [make_option(f"o{place}")._replace(text=text, hint=text) for place, text in enumerate(texts)]
    bare = [*hinted[:-1], hinted[-1]._replace(hint=None)]
    assert worded(make_compass(make_question("q", "one", hinted))) == []
    assert worded(make_compass(FIRST, make_question("q", "one", bare))) == [("B527", ("question", 1))]
    assert worded(make_compass(make_question("q", "one", bare[1:]))) == []
    terms = make_facet("terms", *[f"o{place}" for place in range(LONGEST_LIST + 1)])
    assert worded(make_compass(make_question("q", "one", terms))) == [("B527", ("question", 0))]


def branches(count: int, *, common: int) -> list[Question]:
    """Return a first question, `count` asked of those who say yes, as many of the others, and some of everybody."""
    yes, no = (is_(question("first"), word) for word in ("yes", "no"))
    return [
        FIRST,
        *[make_question(f"y{n}", "scale", when=yes) for n in range(count)],
        *[make_question(f"n{n}", "scale", when=no) for n in range(count)],
        *[make_question(f"c{n}", "scale") for n in range(common)],
    ]


def test_the_longest_path_takes_one_of_two_branches() -> None:
    """Never both: thirty-one questions may make an interview of twenty-one, and only that is too long."""
    compass = make_compass(*branches(10, common=10))
    assert longest_path(compass, Satisfiability(compass)) == 21
    assert ("B528", ("question", LONGEST_PATH)) in worded(compass)
    shorter = make_compass(*branches(10, common=9))
    assert longest_path(shorter, Satisfiability(shorter)) == LONGEST_PATH
    assert all(code != "B528" for code, _ in worded(shorter))
    assert longest_path(shorter, Satisfiability(shorter, 0)) == 30  # an upper bound, where there are too many cases


def test_a_long_path_that_few_people_take_is_found() -> None:
    """Each question leads to the next by one answer of four: exactly as many as there are."""
    chain = [make_question("z0", "scale")]
    chain += [make_question(f"z{n}", "scale", when=Between(question(f"z{n - 1}"), 3)) for n in range(1, 30)]
    compass = make_compass(*chain)
    assert longest_path(compass, Satisfiability(compass)) == 30


def test_the_longest_path_counts_sections() -> None:
    """A section that closes takes its questions along; a section without condition does not."""
    sections = {word: Section(word, make_text(word), is_(question("first"), word)) for word in ("yes", "no")}
    sections["all"] = Section("all", make_text("all"))
    inside = [make_question(f"{word}{n}", "yes-no", section=word) for word in ("yes", "no", "all") for n in range(9)]
    inside[0] = inside[0]._replace(when=is_(question("first"), "no"))  # never asked
    compass = make_compass(FIRST, *inside, sections=sections)
    assert longest_path(compass, Satisfiability(compass)) == 1 + 9 + 9


def test_a_compass_without_worked_example() -> None:
    """Is a note on the whole file."""
    compass = make_compass(FIRST)
    (finding,) = review_readability(compass, Satisfiability(compass))
    assert (finding.code, finding.keys, finding.severity) == ("B529", (), Severity.NOTE)


# --- Sources ---------------------------------------------------------------------------------------------------------


def sourced(*medoc: Medoc) -> list[tuple[str, Keys]]:
    """Return what is said of the sources of a catalogue, today."""
    return told(review_sources(make_catalogue(*medoc), TODAY))


def checked(year: int, month: int, day: int, **rest: object) -> Medoc:
    """Return a MEDOC whose source was checked on that day."""
    return make_medoc("kit")._replace(checked=dt.date(year, month, day), **rest)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("day", "old"),
    [
        ((2025, 5, 22), True),
        ((2025, 5, 23), False),
        ((2025, 5, 21), True),
        ((2024, 12, 31), True),
        ((2027, 1, 1), False),
    ],
)
def test_a_source_is_old_after_eighteen_months_to_the_day(day: tuple[int, int, int], old: bool) -> None:  # noqa: FBT001
    """Not a day before."""
    assert sourced(checked(*day)) == ([("B524", ("medoc", 0, "checked"))] if old else [])


def test_the_end_of_a_month_is_waited_for() -> None:
    """What was checked on the 31st is old on the first of the month after a shorter one."""
    catalogue = make_catalogue(checked(2025, 8, 31))
    assert told(review_sources(catalogue, dt.date(2027, 2, 28))) == []
    assert told(review_sources(catalogue, dt.date(2027, 3, 1))) == [("B524", ("medoc", 0, "checked"))]


def test_a_medoc_past_its_day() -> None:
    """The last day is still good."""
    assert sourced(checked(2026, 11, 1, expires=TODAY)) == []
    assert sourced(checked(2026, 11, 1, expires=TODAY - dt.timedelta(1))) == [("B525", ("medoc", 0, "expires"))]


def test_medoc_nearly_the_same() -> None:
    """By title, a warning; by address, a note on every later one."""
    one = make_medoc("one")._replace(title=make_text("Guide de la coopération territoriale"), url="https://a.example/")
    two = make_medoc("two")._replace(
        title=make_text("Guide de la coopération territoriale !"), url="https://b.example/"
    )
    three = make_medoc("three")._replace(url="https://a.example/")
    findings = list(review_sources(make_catalogue(one, two, three, make_medoc("four")), TODAY))
    assert told(findings) == [("B522", ("medoc", 1, "title")), ("B522", ("medoc", 2, "url"))]
    assert [finding.severity for finding in findings] == [Severity.WARNING, Severity.NOTE]


# --- Answers by chance, and those that matter -------------------------------------------------------------------------

PROFILE = make_facet("profile", "a", "b", "c", "d")


def test_a_medoc_that_an_option_places_at() -> None:
    """Options that place somebody where a MEDOC is made for are chosen for it, those chosen alone too."""
    terms = [f"t{place}" for place in range(40)]
    domain = make_facet("domain", *terms)
    options = [make_option(f"o{term}", None, domain=[term]) for term in terms]
    medoc = [make_medoc(f"m{term}", suits={"domain": [term]}) for term in terms]
    for one in (
        make_question("what", "one", options),
        make_question("what", "many", options),
        make_question("what", "many", [*options[:-1], options[-1]._replace(alone=True)]),
    ):
        compass = make_compass(one, weights={"domain": 1}, require=["domain"], top=1)
        assert (
            told(never_recommended.review_never_recommended(make_catalogue(*medoc, facets=[domain]), [compass])) == []
        )


def test_numbers_by_chance_stay_within_their_bounds() -> None:
    """Also where only one is given, on either side of zero."""
    for least, most in ((None, None), (None, -5), (7, None), (3, 3), (None, 5)):
        one = make_question("q", "number", least=least, most=most)
        for answers in random_answers(make_compass(one), 20):
            assert accept(one, answers.get("q")) == answers.get("q")


def idle(compass: Compass, *medoc: Medoc) -> list[NoEffect]:
    """Return the questions of a compass whose answer never changes the list."""
    return list(questions_without_effect(compass, make_catalogue(*medoc, facets=[PROFILE])))


TWO = (make_medoc("x", suits={"profile": ["a"]}), make_medoc("y"))


@pytest.mark.parametrize(
    "one",
    [
        make_question("q", "number"),
        make_question("q", "number", least=0, most=10_000, required=False),
        make_question("q", "scale"),
        make_question("q", "many", ["a", "b", "c", "d"], least=2),
        make_question("q", "many", ["a"], least=0),
    ],
    ids=["number", "bounded", "scale", "two of", "none or one"],
)
def test_what_a_rule_in_the_middle_looks_at_matters(one: Question) -> None:
    """A band of numbers, a step, some options chosen together or none: some answer tells the difference."""
    whens: dict[QuestionType, Condition] = {
        QuestionType.NUMBER: Between(question("q"), 2000, 2999),
        QuestionType.SCALE: Between(question("q"), 1, 1),
        QuestionType.MANY: is_(question("q"), "a"),
    }
    compass = make_compass(one, rules=(make_rule(whens[one.type], "x", points=5),))
    assert idle(compass, make_medoc("a"), make_medoc("x")) == []


def test_what_a_place_an_axis_or_another_question_looks_at_matters() -> None:
    """The answers tried are those that something tells apart, wherever it looks from."""
    number = make_question("q", "number", least=0, most=10**6)
    band = Between(question("q"), 500, 510)
    placed = make_compass(number, placements=(make_place(band, profile=["a"]),), weights={"profile": 1})
    assert idle(placed, make_medoc("a"), *TWO) == []
    who = make_question("who", "one", PROFILE, when=Every((band, Some((band,)))))
    asking_more = make_compass(number, who, weights={"profile": 1})
    assert NoEffect("q", proved=False) not in idle(asking_more, make_medoc("a"), *TWO)
    scored = make_compass(
        make_question("s", "scale"),
        axes=[make_axis("x", {"s": 1}, "profile", a=0, b=50)],
        weights={"profile": 1},
    )
    assert idle(scored, make_medoc("a"), *TWO) == []
