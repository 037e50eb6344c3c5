"""Why a MEDOC stands where it stands, in each form."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from rich.cells import cell_len

from boussole.cli.console import as_text
from boussole.core.answers.answers import Answers
from boussole.core.definitions.text import Text
from boussole.core.ranking import rank
from boussole.core.why.sensitivity import Counterfactuals, Explanation, PlaceSensitivity, Stability
from boussole.escape import FORBIDDEN
from boussole.render.why.formats import why_json, why_lines, why_markdown, why_table
from boussole.render.why.wording import none_can, parts, standing
from boussole.vectorized.why.explanation import explain
from support.pages import BLOCKS, HARMLESS, read
from support.samples import FULL_ANSWERS, TEXTS, TODAY, catalogue, compass, ranked, replace

if TYPE_CHECKING:
    from collections.abc import Callable

MEDOC = ["offre-beta", "charte", "guide-etat", "secret"]


def account(medoc: str, top: int = 1) -> Explanation:
    """Return the account of a MEDOC for the town of the samples."""
    ranking = ranked(FULL_ANSWERS)
    return explain(ranking, Answers.given(ranking.situation.answers), catalogue().medoc[medoc], top)


def shown(found: Explanation, width: int, language: str = "en") -> str:
    """Return what a screen shows."""
    return as_text(why_table(found, language, width=width, today=TODAY), width, on_screen=False)


def told(found: Explanation) -> list[str]:
    """Return all the lines under titles."""
    return [line.in_("en") for part in parts(found) for line in part.lines]


# --- The forms -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("medoc", MEDOC)
def test_each_form(medoc: str, golden: Callable[[str, str], None]) -> None:
    """In the top, further down, left out by what can change, left out by a rule: in every form."""
    found = account(medoc)
    golden(f"why-{medoc}.md", why_markdown(found, "en"))
    golden(f"why-{medoc}.json", why_json(found, "en"))
    golden(f"why-{medoc}-80.txt", shown(found, 80))
    golden(f"why-{medoc}-40.txt", shown(found, 40))


@pytest.mark.parametrize("width", [1, 2, 5, 10, 20, 39, 59, 60, 80, 200])
@pytest.mark.parametrize("medoc", MEDOC)
def test_no_line_is_wider_than_the_screen(medoc: str, width: int) -> None:
    """At any width it is there, within the width."""
    assert max(map(cell_len, shown(account(medoc), width).split("\n"))) <= width


@pytest.mark.parametrize("medoc", MEDOC)
def test_lines_say_what_a_narrow_screen_says(medoc: str) -> None:
    """Plain lines hold the same words as a screen too narrow for a table."""
    words = " ".join(why_lines(account(medoc), "en", TODAY)).split()
    assert words == shown(account(medoc), 59).split()


def test_keys_keep_their_order() -> None:
    """Every object has the keys of the contract, in its order."""
    common = ["format", "compass", "catalogue", "answers", "medoc", "rank", "tied", "score", "of", "top", "in_top"]
    common += ["reasons", "left_out"]
    first, far, out, never = (json.loads(why_json(account(medoc), "fr")) for medoc in MEDOC)
    assert list(first) == [*common, "sure", "changes", "tried", "partly"]
    assert list(far) == list(out) == [*common, "changes", "tried", "partly"]
    assert list(never) == [*common, "changes", "none_can", "tried", "partly"]
    for reason in far["reasons"]:
        assert list(reason) in (
            ["facet", "weight", "fit", "points", "text", "rank_without"],
            ["rule", "points", "text", "rank_without"],
        )
    assert [list(change) for change in out["changes"]] == [["answers", "rank", "tied", "score"]] * len(out["changes"])
    assert out["changes"][0]["answers"] == {"profile": ["commune", "etat"]}
    assert (out["rank"], out["tied"], out["score"]) == (None, False, None)
    assert (never["changes"], never["none_can"]["code"]) == ([], "too_far")


@given(TEXTS)
def test_texts_are_only_texts(text: str) -> None:
    """Whatever a title, a question or a reason is, nothing of it becomes markup, or drives a terminal."""
    hostile = Text({"fr": text or "x"}, "fr")
    medoc = {id_: replace(one, title=hostile) for id_, one in catalogue().medoc.items()}
    questions = {id_: replace(one, ask=hostile) for id_, one in compass().questions.items()}
    rules = tuple(replace(rule, why=hostile) for rule in compass().rules)
    ranking = ranked(FULL_ANSWERS)
    changed = rank(
        replace(compass(), questions=questions, rules=rules),
        replace(catalogue(), medoc=medoc),
        ranking.situation,
    )
    for id_ in MEDOC:
        found = explain(changed, Answers.given(ranking.situation.answers), medoc[id_], 2)
        page = read(why_markdown(found, "fr"))
        assert page.kinds <= HARMLESS | BLOCKS
        for line in [*why_lines(found, "fr"), *shown(found, 80, "fr").split("\n"), why_json(found, "fr")]:
            assert not re.search(FORBIDDEN, line.replace("\n", ""))


# --- What is said ----------------------------------------------------------------------------------------------------


def test_where_it_stands() -> None:
    """Its rank of how many, its score, and whether that is among the first ones."""
    assert standing(account("offre-beta")).in_("en") == "Rank 1 of 5, score 925: among the first 1."
    assert standing(account("charte")).in_("en").endswith(": not among the first 1.")
    assert standing(account("secret")).in_("en") == "Left out of the list."


def test_reasons_have_points_and_a_rank_without() -> None:
    """A line for each reason, with what it brings and the rank without it."""
    lines = told(account("charte"))
    assert "You lack an agreement · 120 points · without it, rank 4" in lines
    assert all(" · without it, rank " in line for line in lines[:4])


def test_a_change_says_the_answer_and_the_one_there_is() -> None:
    """What to answer, in the words of the question, beside what is answered now; several in one line."""
    ranking = ranked({"profile": "commune", "domain": ["eau"]})
    answers = Answers.given(ranking.situation.answers)
    found = explain(ranking, answers, catalogue().medoc["secret"], 5)
    assert told(found)[1] == "“Which fields?”: Energy (now: Water) and “What means?”: Solid (no answer now) · rank 2"
    assert "“Who are you?”: State (now: Town)" in told(account("guide-etat", 5))[1]


def test_none_can() -> None:
    """Why no change does: too far; left out each time, by one thing or by several; too many to try."""
    found = account("secret")
    nearest = Counterfactuals(2, (), None, (9, 20))
    out = found.why.left_out
    assert out is not None
    far = found._replace(nearest=nearest)
    assert [none_can(far)[0], none_can(far)[1].in_("en")] == ["too_far", "No change of one or two answers does."]
    always = none_can(far._replace(nearest=nearest._replace(against=out)))
    assert always[0] == "left_out"
    assert always[1].in_("en").startswith("None: whatever one or two answers become, this leaves it out. Kept for")
    each = none_can(far._replace(nearest=nearest._replace(against=out._replace(rules=()))))
    assert (each[0], each[1].in_("en")) == (
        "left_out",
        "None: whatever one or two answers become, something leaves it out.",
    )
    many = far._replace(nearest=nearest._replace(pairs=False, tried=(1, 0), partly=("domain",)))
    assert none_can(many)[0] == "too_many"
    assert told(many)[-2:] == [
        "Tried: 1 change of one answer.",
        "Of “Which fields?”, only some sets of options were tried: there are too many.",
    ]
    assert told(far)[-1] == "Tried: 9 changes of one answer, 20 of two."
    assert told(far._replace(nearest=nearest._replace(tried=(870, 119694))))[-1].endswith(" answer, 119,694 of two.")


def test_a_place_that_holds() -> None:
    """In the top it is said in how many changes it stays, and what it depends on."""
    found = account("offre-beta")
    sure = PlaceSensitivity(
        "offre-beta", Stability({"profile": (4, 4), "domain": (5, 5)}), Stability({"proven": (5, 6)})
    )
    assert told(found._replace(sure=sure))[-2:] == [
        "It stays in the first 1 whatever one answer becomes (9 changes tried).",
        "It stays in 5 of the 6 tries where one criterion counts a little more or less.",
    ]
    shaky = sure._replace(answers=Stability({"profile": (3, 4), "domain": (4, 5)}))
    assert told(found._replace(sure=shaky))[-3:-1] == [
        "It stays in the first 1 in 7 of the 9 changes of one answer.",
        "It depends on: “Who are you?” and “Which fields?”.",
    ]
    assert len(parts(found._replace(sure=None))) == 1


def test_one_that_is_replaced() -> None:
    """Somebody who looks it up is told what replaces it, in each form; no change of answers brings it back."""
    medoc = dict(catalogue().medoc)
    medoc["charte"] = medoc["charte"]._replace(superseded_by="atlas")
    replaced = catalogue()._replace(medoc=medoc)
    given = ranked(FULL_ANSWERS).situation
    found = explain(rank(compass(), replaced, given), Answers.given(given.answers), medoc["charte"], 3)
    assert why_lines(found, "en")[0] == "Writing a charter (replaced by atlas)"
    for text in (why_markdown(found, "en"), shown(found, 80)):
        assert "Replaced by “Water atlas”" in text
    assert json.loads(why_json(found, "en"))["left_out"][0] == {
        "kind": "superseded",
        "medoc": "atlas",
        "text": "Replaced by “Water atlas”",
    }
