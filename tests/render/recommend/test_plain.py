"""A result as plain lines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from boussole.core.definitions.catalogue import Facet, Medoc, Proven, Term
from boussole.core.definitions.compass import Axis, Option, Question, QuestionType
from boussole.core.pathway import pathway
from boussole.escape import FORBIDDEN, LINE_BREAK
from boussole.render.recommend.plain import list_lines, pathway_lines, result_lines, to_find_out_lines
from boussole.render.wording import tie_rule
from support.builders import (
    CHECKED,
    make_catalogue,
    make_compass,
    make_facet,
    make_medoc,
    make_question,
    make_text,
    ranked,
)
from support.samples import FEW_ANSWERS, FULL_ANSWERS, TEXTS
from support.samples import ranked as sample

if TYPE_CHECKING:
    from boussole.core.ranking import Ranking

NB = "\N{NO-BREAK SPACE}"


def test_the_result_in_english() -> None:
    """Position, axes, list, what is left to find out and the order, one thing a line."""
    ranking = sample(FULL_ANSWERS)
    assert result_lines(ranking, "en", shown=ranking.top(2)) == [
        "Where I stand",
        "Profile: Town",
        "Field: Water",
        "Trust: 50 out of 100",
        "Means: 0 out of 100",
        "Agreement: 0 out of 100",
        "",
        "My list",
        *list_lines("en", shown=ranking.top(2)),
        "",
        tie_rule().in_("en"),
    ]


def test_the_result_in_french() -> None:
    """The same with French words and spaces."""
    ranking = sample(FULL_ANSWERS)
    lines = result_lines(ranking, "fr", shown=ranking.top(1))
    assert lines[:6] == [
        "Ma position",
        f"Profil{NB}: Commune",
        f"Domaine{NB}: Eau",
        f"Confiance{NB}: 50 sur 100",
        f"Moyens{NB}: 0 sur 100",
        f"Accord{NB}: 0 sur 100",
    ]
    assert lines[6:8] == ["", "Ma liste"]
    assert lines[8].startswith("1. Offre [beta] R&D (Outil). Pourquoi" + NB)
    assert lines[-1].startswith("Le score dit à quel point un MEDOC convient à vos réponses")


def test_what_is_left_to_find_out() -> None:
    """Questions answered « I do not know » come first, then the required ones that have no answer."""
    ranking = sample({**FEW_ANSWERS})
    expected = ["- Do you trust each other?", "- An agreement?", "- Who are you?"]
    assert to_find_out_lines(ranking, "en") == expected
    lines = result_lines(ranking, "en", shown=())
    start = lines.index("To find out")
    assert lines[start - 1 : start + 5] == ["", "To find out", *expected, ""]


def test_nothing_left_to_find_out_says_nothing() -> None:
    """No empty heading where everything was answered."""
    ranking = sample({**FULL_ANSWERS, "accord": "yes", "nom": "Nous"})
    assert to_find_out_lines(ranking, "en") == []
    assert "To find out" not in result_lines(ranking, "en", shown=ranking.top())


def test_a_list_of_nothing() -> None:
    """An empty list says that no MEDOC fits."""
    assert list_lines("en", shown=()) == ["No MEDOC fits these answers."]
    assert list_lines("fr", shown=()) == ["Aucun MEDOC ne convient à ces réponses."]


PROFILE = make_facet("profile", "etat", "medias")
ONE = make_compass(make_question("profile", "one", PROFILE), weights={"profile": 1}, pathway_size=3)


def test_a_line_of_the_list() -> None:
    """Rank, title, kind, why and score, where it was seen if it has no address; a shared rank is written 2=."""
    catalogue = make_catalogue(
        make_medoc("kit", suits={"profile": ["etat"]}), make_medoc("bd"), make_medoc("cd"), facets=[PROFILE]
    )
    lines = list_lines("en", shown=ranked(ONE, catalogue, profile="etat").recommendations)
    assert lines == [
        "1. Titre de kit (OUTIL). Why: ETAT. Score: 1000. (seen at https://example.org/)",
        "2=. Titre de bd (OUTIL). Why: suits all. Score: 500. (seen at https://example.org/)",
        "2=. Titre de cd (OUTIL). Why: suits all. Score: 500. (seen at https://example.org/)",
    ]


def stepped() -> Ranking:
    """Return a ranking of which the path has two stages, a step at any time, and a reading beside the path."""
    catalogue = make_catalogue(
        make_medoc("film", kind="exemple", stage="s-informer", minutes=90, language="en"),
        make_medoc("livre"),
        make_medoc("outil", stage="agir", after=("film", "livre"), proven=Proven(3, 3, 3)),
        make_medoc("partout", kind="donnee", minutes=5),
        facets=[PROFILE],
    )
    return ranked(ONE, catalogue, profile="etat")


def test_the_path() -> None:
    """Stages in capitals, then each step with its notes, why, and what to read first; how it was drawn ends it."""
    lines = pathway_lines(pathway(stepped()), "en")
    assert "S-INFORMER" in lines
    assert "AT ANY TIME" in lines
    step = lines.index("- Titre de film · EXEMPLE · 1 h 30 · in English · seen at https://example.org/")
    assert lines[step + 1].startswith("  Why: ")
    step = lines.index("- Titre de outil · OUTIL · seen at https://example.org/")
    assert lines[step + 2] == "  Read first: Titre de livre"
    assert "- Titre de partout · DONNEE · 5 minutes · seen at https://example.org/" in lines
    assert lines[-2] == ""
    assert lines[-1].startswith("3 steps, from the first ")


def test_the_path_in_french() -> None:
    """The same in French."""
    lines = pathway_lines(pathway(stepped()), "fr")
    assert "À TOUT MOMENT" in lines
    assert f"  À lire d’abord{NB}: Titre de livre" in lines


def test_an_empty_path() -> None:
    """Nothing to do leaves only how the path is drawn."""
    lines = pathway_lines(pathway(ranked(ONE, make_catalogue(facets=[PROFILE]), profile="etat")), "en")
    assert len(lines) == 1


def page(text: str, language: str) -> list[str]:
    """Return a result and a path in which everything that an author writes is `text`."""
    said = make_text(text)
    facets = [Facet(id_, said, {"etat": Term("etat", said)}) for id_ in ("kind", "stage", "profile")]
    medoc = [
        Medoc(id_, "etat", said, "https://example.org/", CHECKED, stage="etat", after=after)
        for id_, after in (("bd", ()), ("kit", ("bd",)))
    ]
    compass = make_compass(
        Question("profile", QuestionType.ONE, said, options={"etat": Option("etat", said)}, facet="profile"),
        Question("q", QuestionType.SCALE, said, labels=(said, said), required=False),
        axes=[Axis("x", said, {"q": 1})],
        weights={"profile": 1},
        pathway_size=1,
    )
    ranking = ranked(compass, make_catalogue(*medoc, facets=facets), profile="etat", q="?")
    return [*result_lines(ranking, language, shown=ranking.top()), *pathway_lines(pathway(ranking), language)]


@given(TEXTS, st.sampled_from(["fr", "en"]))
def test_hostile_texts_stay_on_their_line(text: str, language: str) -> None:
    """No title, term, label or question adds a line, or anything that drives a terminal."""
    lines = page(text, language)
    assert len(lines) == len(page("Mot", language))
    assert [line for line in lines if re.search(FORBIDDEN, line) or re.search(LINE_BREAK, line)] == []
