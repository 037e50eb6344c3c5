"""Days and numbers with decimals in files: read, refused at their place, written and read again."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from boussole.core.answers.answers import Answers
from boussole.core.definitions.compass import Compass, QuestionType
from boussole.core.definitions.conditions import AnyOf, Between, leaves
from boussole.core.situation import situate
from boussole.errors import DefinitionError
from boussole.files.answers.saved import answers_block, read_answers, reopen, save, to_toml
from boussole.files.answers.share_code import from_code, to_code
from boussole.files.authoring.worked_example import example_toml
from boussole.files.definitions.catalogue import read_catalogue
from boussole.files.definitions.compass import read_compass
from support.builders import catalogue_toml

CATALOGUE = read_catalogue(catalogue_toml().encode(), "medoc.toml")
TEXT = """\
format = 1
id = "jours"
version = "1"
language = "fr"
title = "Jours"

[[question]]
id = "echeance"
type = "date"
min = 2026-01-01
max = 2028-12-31
default = 2027-06-30
ask = "Pour quand\u202f?"

[[question]]
id = "part"
type = "number"
decimals = 2
min = -0.5
max = 100
required = false
ask = "Quelle part\u202f?"
when = { echeance = { max = 2027-12-31 } }

[[rule]]
when = { part = { min = 12.5, max = 50 }, echeance = [2027-01-31, 2027-02-28] }
medoc = ["kit"]
points = 5

[[rule]]
when = { part = [0.25, 3] }
medoc = ["kit"]
points = 5

[[example]]
title = "Un cas"
answers = { echeance = 2027-01-31, part = 12.5 }
expect = { first = "kit" }
"""


def compass(text: str = TEXT) -> Compass:
    """Return the compass of a file."""
    return read_compass(text.encode(), "c.toml", CATALOGUE)


def day(year: int, month: int, number: int) -> int:
    """Return the measure of a day."""
    return dt.date(year, month, number).toordinal()


def test_what_a_file_says() -> None:
    """Bounds and the values of conditions are measures; answers are kept as they are."""
    found = compass()
    deadline, part = found.questions["echeance"], found.questions["part"]
    assert (deadline.type, deadline.bounds) == (QuestionType.DATE, (day(2026, 1, 1), day(2028, 12, 31)))
    assert (part.bounds, part.decimals, deadline.default) == ((-50, 10000), 2, "2027-06-30")
    between, days, shares = (leaf for rule in found.rules for leaf in leaves(rule.when))
    assert isinstance(between, Between)
    assert (between.low, between.high) == (1250, 5000)
    assert isinstance(days, AnyOf)
    assert days.values == frozenset({day(2027, 1, 31), day(2027, 2, 28)})
    assert isinstance(shares, AnyOf)
    assert shares.values == frozenset({25, 300})
    assert found.examples[0].answers == {"echeance": "2027-01-31", "part": 12.5}


@pytest.mark.parametrize(
    ("old", "new", "code", "place"),
    [
        ("min = 2026-01-01", 'min = "2026-01-01"', "B102", 10),
        ("min = 2026-01-01", "min = 2026", "B102", 10),
        ("min = 2026-01-01", "min = 2029-01-01", "B311", 10),
        ("max = 100", "max = 2026-01-01", "B102", 20),
        ("max = 100", "max = 99.999", "B102", 20),
        ("decimals = 2", "decimals = 4", "B106", 18),
        ('type = "date"', 'type = "date"\ndecimals = 1', "B307", 10),
        ("decimals = 2\n", "", "B102", 18),
        ("default = 2027-06-30", "default = 2030-01-01", "B312", 12),
        ("{ max = 2027-12-31 }", "{ max = 2027 }", "B102", 23),
        ("[0.25, 3]", "[0.251, 3]", "B303", 31),
        ("[0.25, 3]", "[101, 3]", "B303", 31),
        ("[2027-01-31,", "[2027,", "B303", 26),
        ("[2027-01-31,", "[2025-01-31,", "B303", 26),
        ("echeance = 2027-01-31,", 'echeance = "demain",', "A102", 37),
    ],
)
def test_what_cannot_be(old: str, new: str, code: str, place: int) -> None:
    """Is told at its line."""
    assert old in TEXT
    with pytest.raises(DefinitionError) as refused:
        compass(TEXT.replace(old, new, 1))
    first = refused.value.problems[0]
    assert (first.code, first.place and first.place.line) == (code, place)


@settings(max_examples=30)
@given(st.dates(dt.date(2026, 1, 1), dt.date(2028, 12, 31)), st.integers(-50, 10000))
def test_answers_come_back_from_every_form(deadline: dt.date, measure: int) -> None:
    """An answers file, where a day is a day; a Markdown path; a code; on the path or set aside."""
    found = compass()
    part = found.questions["part"].of_measure(measure)
    answers = Answers.of(echeance=deadline.isoformat(), part=part)
    saved = save(found, CATALOGUE, answers)
    text = to_toml(saved)
    assert f"echeance = {deadline}\n" in text
    assert read_answers(text.encode(), "a.toml") == saved
    block = answers_block(saved).partition("\n")[2].rpartition("```")[0]
    for again in (read_answers(block.encode(), "a.md"), from_code(to_code(saved))):
        reopened = reopen(found, again, with_aside=True)
        assert (dict(reopened.refused), reopened.answers.get("part")) == ({}, part)
        assert reopened.answers.get("echeance") == deadline.isoformat()


def test_a_finished_session_as_an_example() -> None:
    """Days are days there too, and the example holds."""
    found = compass()
    text = example_toml(found, CATALOGUE, Answers.of(echeance="2027-01-31", part=0.5))
    assert "answers = { echeance = 2027-01-31, part = 0.5 }" in text
    assert compass(f"{TEXT}\n{text}").examples[1].answers == {"echeance": "2027-01-31", "part": 0.5}
    assert situate(found, Answers.of(echeance="2028-06-30", part=0.5)).path == ("echeance",)
