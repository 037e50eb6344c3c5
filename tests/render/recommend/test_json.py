"""The JSON of a result: its keys in their order, whole numbers, the same bytes."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boussole.core.answers.answers import Answers
from boussole.core.definitions.text import Text
from boussole.core.ranking import rank
from boussole.core.situation import situate
from boussole.escape import FORBIDDEN
from boussole.render.recommend.json import to_json
from support.samples import FEW_ANSWERS, FULL_ANSWERS, TEXTS, catalogue, compass, ranked, replace
from support.strategies import catalogues, compasses, values

if TYPE_CHECKING:
    from collections.abc import Callable

KEYS = [
    "format", "compass", "catalogue", "answers", "situation", "axes", "to_find_out", "missing",
    "recommendations", "pathway", "pathway_time",
]  # fmt: skip


def _document(answers: dict[str, object], **options: Any) -> Any:  # noqa: ANN401 - as json.loads
    ranking = ranked(answers)
    options = {"shown": ranking.recommendations} | options
    return json.loads(to_json(ranking, options.pop("language", "en"), **options))


def test_the_document_is_that_of_the_contract(golden: Callable[[str, str], None]) -> None:
    """The whole document, key by key, as docs/cli fixes it."""
    ranking = ranked(FULL_ANSWERS)
    golden("full.json", to_json(ranking, "en", shown=ranking.top(), left_out=True))


@pytest.mark.parametrize("answers", [FULL_ANSWERS, FEW_ANSWERS, {}])
def test_keys_keep_their_order(answers: dict[str, object]) -> None:
    """Every object has the keys of the contract, in its order; `left_out` is there only when asked for."""
    document = _document(answers)
    assert list(document) == KEYS
    assert list(_document(answers, left_out=True)) == [*KEYS[:-2], "left_out", *KEYS[-2:]]
    assert document["format"] == 1
    assert list(document["compass"]) == list(document["catalogue"]) == ["id", "version", "digest"]
    assert document["compass"]["digest"].startswith("sha256:")
    for item in document["recommendations"]:
        assert list(item) == ["rank", "tied", "id", "kind", "stage", "title", "url", "score", "reasons"]
        for reason in item["reasons"]:
            assert list(reason) in (["facet", "weight", "fit", "points", "text"], ["rule", "points", "text"])
    for stage in document["pathway"]:
        assert list(stage) == ["stage", "steps"]
        assert all(list(step) == ["id", "rank", "first"] for step in stage["steps"])


def test_what_a_person_said_and_where_they_stand() -> None:
    """Answers as given, in the order of asking; the situation and the axes by id; what is not known or missing."""
    document = _document({"nom": "Nous", "confiance": "?", "domain": ["climat", "eau"]})
    assert document["answers"] == {"domain": ["eau", "climat"], "confiance": "?", "nom": "Nous"}
    assert document["situation"] == {"domain": ["climat", "eau"]}
    assert document["axes"] == {"confiance-axe": 0}
    assert document["to_find_out"] == ["confiance"]
    assert document["missing"] == ["profile"]


def test_reasons_stand_by_facet_then_proven_then_rules() -> None:
    """Reasons come by facet id, `proven`, then rules; a rule says so and has no facet."""
    items = {item["id"]: item for item in _document(FULL_ANSWERS)["recommendations"]}
    charte = items["charte"]["reasons"]
    assert [reason.get("facet") for reason in charte] == ["domain", "profile", "proven", None]
    assert charte[-1] == {"rule": True, "points": 120, "text": "You lack an agreement"}
    assert items["fiche"]["reasons"][-1]["points"] == -40


def test_left_out_tells_every_reason_by_id() -> None:
    """What is left out stands by id, with a kind of reason, and the facet of a required one."""
    assert _document(FULL_ANSWERS, left_out=True)["left_out"] == [
        {
            "id": "guide-etat",
            "reasons": [{"kind": "require", "facet": "profile", "text": "Profile: made for others (State)"}],
        },
        {"id": "secret", "reasons": [{"kind": "rule", "text": "Kept for another case: “What means?”: Solid"}]},
    ]
    assert _document(FEW_ANSWERS, left_out=True)["left_out"][0] == {
        "id": "charte",
        "reasons": [{"kind": "avoid", "text": "Nothing to write there"}],
    }


def test_ids_are_never_translated_and_texts_are() -> None:
    """In another language, only titles and reasons change."""
    french, english = (_document(FULL_ANSWERS, left_out=True, language=language) for language in ("fr", "en"))
    assert french["recommendations"][0]["title"] == "Offre [beta] R&D"
    assert english["recommendations"][0]["title"] == "Offer [beta] R&D"

    def without_texts(value: Any) -> Any:  # noqa: ANN401 - any part of a document
        if isinstance(value, dict):
            return {key: without_texts(one) for key, one in value.items() if key not in {"text", "title"}}
        return [without_texts(one) for one in value] if isinstance(value, list) else value

    assert without_texts(french) == without_texts(english)


@given(st.data())
def test_points_add_up_and_bytes_are_the_same(data: st.DataObject) -> None:
    """Whatever the definitions and answers: whole points that add up to the score, the same bytes twice."""
    made = data.draw(catalogues())
    asked = data.draw(compasses(made))
    given_ = {id_: data.draw(values(one)) for id_, one in asked.questions.items() if data.draw(st.booleans())}
    first, second = (
        to_json(ranking, "fr", shown=ranking.recommendations, left_out=True)
        for ranking in (rank(asked, made, situate(asked, Answers.given(given_))) for _ in range(2))
    )
    assert first == second
    assert first.endswith("}\n")
    document = json.loads(first)
    computed = json.dumps({key: value for key, value in document.items() if key != "answers"})
    json.loads(computed, parse_float=lambda number: pytest.fail(f"not whole: {number}"))
    ids = [item["id"] for item in document["recommendations"]] + [out["id"] for out in document["left_out"]]
    assert sorted(ids) == sorted(made.medoc)
    for item in document["recommendations"]:
        assert sum(reason["points"] for reason in item["reasons"]) == item["score"]
    steps = [step for stage in document["pathway"] for step in stage["steps"]]
    assert {(step["id"], step["rank"]) for step in steps} <= {
        (item["id"], item["rank"]) for item in document["recommendations"]
    }


@given(TEXTS)
def test_any_text_comes_back_and_none_drives_a_terminal(text: str) -> None:
    """A title reads back whole, and the document holds no control character but its own line breaks."""
    medoc = replace(catalogue().medoc["atlas"], title=Text({"fr": text}, "fr"))
    made = replace(catalogue(), medoc={"atlas": medoc})
    ranking = rank(compass(), made, situate(compass(), Answers.given({"nom": text or "x"})))
    written = to_json(ranking, "fr", shown=ranking.recommendations)
    assert not re.search(FORBIDDEN, written)
    document = json.loads(written)
    assert document["recommendations"][0]["title"] == text
    assert document["answers"] == {"nom": text or "x"}
