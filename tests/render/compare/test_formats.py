"""What moved between two results and why, in each form."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from rich.cells import cell_len

from boussole.cli.console import as_text
from boussole.core.compare.causes import compare
from boussole.core.compare.differences import Case
from boussole.core.definitions.catalogue import Caution, Proven
from boussole.core.definitions.compass import Section
from boussole.core.definitions.conditions import ALWAYS
from boussole.core.definitions.text import Text
from boussole.escape import FORBIDDEN
from boussole.render.compare.difference_wording import Both, difference_text
from boussole.render.compare.formats import to_json, to_markdown, to_table
from support.builders import (
    facet,
    is_,
    make_axis,
    make_compass,
    make_option,
    make_place,
    make_question,
    make_rule,
    make_text,
    question,
)
from support.pages import BLOCKS, HARMLESS, read
from support.samples import FULL_ANSWERS, TEXTS, catalogue, compass

if TYPE_CHECKING:
    from collections.abc import Callable

    from boussole.core.compare.causes import Comparison


def case(**answers: Any) -> Case:  # noqa: ANN401 - any answers
    """Return the town of the samples, with other answers (None: without one)."""
    given = {**FULL_ANSWERS, **answers}
    values = {id_: tuple(one) if isinstance(one, list) else one for id_, one in given.items() if one is not None}
    return Case(compass(), catalogue(), values)


@cache
def comparisons() -> dict[str, Comparison]:
    """Return one comparison of each sort."""
    town = case()
    other = case(profile="etat", domain=("energie", "climat"), accord="yes", moyens="solides", habitants=100)
    rules = tuple(rule._replace(points=rule.points * 9) for rule in compass().rules[:2])
    weights = {"profile": 1, "domain": 4}
    changed = compass()._replace(rules=rules, weighting=compass().weighting._replace(weights=weights))
    medoc = dict(catalogue().medoc)
    medoc["atlas"] = medoc["atlas"]._replace(suits={}, proven=Proven(3, 3, 3))
    del medoc["atlas-bis"]
    definitions = Case(changed, catalogue()._replace(medoc=medoc), town.values)
    return {
        "one": compare(town, case(accord="yes"), 2),
        "several": compare(town, other, 5),
        "same": compare(town, town, 5),
        "definitions": compare(town, definitions, 3),
        "together": compare(*together(), 2),
    }


def together() -> tuple[Case, Case]:
    """Return two cases between which three of many answers add up."""
    asked = [make_question(f"q{number}", required=False) for number in range(24)]
    rules = [make_rule(is_(question(one.id), "a"), "charte", points=100) for one in asked[:3]]
    rules += [make_rule(ALWAYS, "atlas", points=250), make_rule(ALWAYS, "fiche", points=150)]
    some = make_compass(*asked, rules=tuple(rules))
    given = {one.id: "a" for one in asked}
    return Case(some, catalogue(), {"q0": "b"}), Case(some, catalogue(), given)


SORTS = ["one", "several", "same", "definitions", "together"]


def shown(found: Comparison, width: int, language: str = "en") -> str:
    """Return what a screen shows."""
    return as_text(to_table(found, language, width=width), width, on_screen=False)


@pytest.mark.parametrize("sort", SORTS)
def test_each_form(sort: str, golden: Callable[[str, str], None]) -> None:
    """One answer, several, none, and other definitions: in every form."""
    found = comparisons()[sort]
    golden(f"compare-{sort}.md", to_markdown(found, "en"))
    golden(f"compare-{sort}.json", to_json(found, "en"))
    golden(f"compare-{sort}-80.txt", shown(found, 80))
    golden(f"compare-{sort}-40.txt", shown(found, 40))


@pytest.mark.parametrize("width", [1, 2, 5, 10, 20, 39, 59, 60, 80, 200])
@pytest.mark.parametrize("sort", SORTS)
def test_no_line_is_wider_than_the_screen(sort: str, width: int) -> None:
    """At any width it is there, within the width."""
    assert max(map(cell_len, shown(comparisons()[sort], width).split("\n"))) <= width


def test_keys_keep_their_order() -> None:
    """Every object has the keys that are documented, in their order; causes are names of differences."""
    for found in comparisons().values():
        document = json.loads(to_json(found, "fr"))
        assert list(document) == ["format", "before", "after", "top", "differences", "moves", "stays", "idle", "pairs"]
        assert list(document["before"]) == ["compass", "catalogue", "answers", "situation", "axes"]
        names = [one["id"] for one in document["differences"]]
        for move in document["moves"]:
            assert list(move) == [
                "id", "title", "before", "after", "came", "left", "left_out", "causes", "ways", "together", "nearest",
            ]  # fmt: skip
            assert {name for cause in move["causes"] for name in cause} <= set(names)
        assert set(document["idle"]) <= set(names)
        assert len(set(names)) == len(names)


def test_pairs_that_were_too_many_and_many_ways() -> None:
    """What was not tried is said; of many ways, the first ones are shown and the others counted."""
    found = comparisons()["together"]._replace(pairs=False)
    assert "None of them does it by itself. Not all were tried two by two" in to_markdown(found, "en")
    ways = [make_question(f"q{number}", required=False) for number in range(7)]
    rules = tuple(make_rule(is_(question(one.id), "a"), "charte", exclude=True) for one in ways)
    some = make_compass(*ways, rules=rules)
    cases = [Case(some, catalogue(), given) for given in ({}, {one.id: "a" for one in ways})]
    assert "- and 2 others" in to_markdown(compare(cases[0], cases[1], 9), "en").splitlines()


def told(before: Case, after: Case) -> list[str]:
    """Return what differs, in words."""
    found = compare(before, after, 3)
    both = Both(found.before.context, found.after.context)
    return [difference_text(one, both).in_("en") for one in found.differences]


def test_every_part_has_words() -> None:
    """Whatever differs is said by its title, with what it was and is where that is short."""
    town = case()
    base = town.compass
    place = make_place(is_(question("accord"), "no"), domain=["eau"])
    axes = {**base.axes, "new": make_axis("new", {"accord": 1})}
    asked = dict(base.questions)
    del asked["nom"]
    asked["moyens"] = asked["moyens"]._replace(options={"solides": make_option("solides", 3)})
    asked["plus"] = make_question("plus")
    order = {id_: asked[id_] for id_ in reversed(asked)}
    section = Section("s", make_text("Partie"), is_(question("accord"), "no"))
    weighting = base.weighting._replace(
        generic=400, require=frozenset({"domain"}), weights={**base.weighting.weights, "proven": 3, "domain": 1}
    )
    rules = (make_rule(ALWAYS, "atlas", exclude=True), base.rules[0]._replace(points=1), *base.rules[1:])
    changed = base._replace(
        questions=order, axes=axes, placements=(place,), sections={"s": section}, weighting=weighting, rules=rules
    )
    medoc = dict(town.catalogue.medoc)
    caution = Caution(is_(facet("domain"), "eau"))
    medoc["atlas"] = medoc["atlas"]._replace(year=None, proven=Proven(1), avoid=(caution,), suits={})
    medoc["neuf"] = medoc.pop("secret")._replace(id="neuf", title=make_text("Neuf"))
    facets = dict(town.catalogue.facets)
    facets["kind"] = facets["kind"]._replace(ordered=True)
    other = Case(changed, town.catalogue._replace(medoc=medoc, facets=facets), town.values)
    forth, back = told(town, other), told(other, town)
    assert "the question “Question plus ?” is added" in forth
    assert "the question “Question plus ?” is removed" in back
    for line in (
        "the order of the questions changes",
        "the axis “Axe new” is added",
        "the section “Partie” is added",
        "the place “Field: Water” (when “An agreement?”: No) is added",
        "the weight of “Field” goes from 2 to 1",
        "the weight of what practice has proven goes from 1 to 3",
        "“Field” is required now",
        "“Profile” is not required any more",
        "the fit of what suits all goes from 500 to 400",
        "the rule “always” is added",
        "the rule “You lack an agreement” goes from 120 points to 1 point",
        "the option “None” of “What means?” is removed",
        "the facet “Kind” changes",
        "“Water atlas” (Field) goes from “Water and Climate” to “suits all”",
        "what is proven of “Water atlas” goes from 0 to 1",
        "the contraindications of “Water atlas” change",
        "the year of “Water atlas” goes from 2020 to unknown",
        "“Neuf” is new in the catalogue",
        "“Reserved tool” is no longer in the catalogue",
    ):
        assert line in forth


def test_answers_in_words() -> None:
    """An answer that comes, goes or changes; one that only the other side knows is said in its words."""
    assert told(case(accord=None), case(accord="no")) == ["“An agreement?” is now answered: “No”"]
    assert told(case(accord="no"), case(accord=None)) == ["“An agreement?” has no answer any more"]
    assert told(case(confiance=2), case(confiance="?")) == [
        "“Do you trust each other?” goes from “yes” to “I do not know”"
    ]
    fewer = dict(compass().questions)
    fewer["moyens"] = fewer["moyens"]._replace(
        options={"aucun": fewer["moyens"].options["aucun"], "plus": make_option("plus", 2)}
    )
    narrow = case(moyens="aucun")
    narrow = narrow._replace(compass=compass()._replace(questions=fewer))
    assert "“What means?” goes from “Solid” to “None”" in told(case(moyens="solides"), narrow)
    assert "“What means?” goes from “zut” to “None”" in told(case(moyens="zut"), narrow)


@given(TEXTS)
def test_texts_are_only_texts(text: str) -> None:
    """Whatever a title, a question or a reason is, nothing of it becomes markup, or drives a terminal."""
    hostile = Text({"fr": text or "x"}, "fr")
    medoc = {id_: one._replace(title=hostile) for id_, one in catalogue().medoc.items()}
    questions = {id_: one._replace(ask=hostile) for id_, one in compass().questions.items()}
    rules = tuple(rule._replace(why=hostile, points=5) for rule in compass().rules)
    after = Case(
        compass()._replace(questions=questions, rules=rules),
        catalogue()._replace(medoc=medoc),
        {**case().values, "accord": "yes", "domain": ("energie",)},
    )
    found = compare(case(), after, 3)
    page = read(to_markdown(found, "fr"))
    assert page.kinds <= HARMLESS | BLOCKS
    for line in [*shown(found, 80, "fr").split("\n"), to_json(found, "fr").replace("\n", "")]:
        assert not [one for one in line if one in FORBIDDEN_CHARACTERS]


FORBIDDEN_CHARACTERS = {chr(code) for code in range(0x10000) if re.match(FORBIDDEN, chr(code))}
