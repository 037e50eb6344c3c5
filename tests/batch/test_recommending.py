"""Rows advised: each gets what its answers get alone, and none is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from boussole.batch import cells, recommending
from boussole.batch.layouts import Long, Wide
from boussole.batch.mapping.plan import make_plan
from boussole.batch.recommending import BatchRecommender
from boussole.core.answers.answers import Answers
from boussole.core.answers.table_map import ColumnMap, TableMap
from boussole.core.definitions.compass import QuestionType
from boussole.core.ranking import rank
from boussole.core.situation import situate
from boussole.errors import AnswersError, TableError
from boussole.files.library import Library
from boussole.i18n import gettext
from boussole.tables.frames import LINE, problems_column
from boussole.tables.problems import RowCode, RowProblem
from support.builders import (
    is_,
    make_catalogue,
    make_compass,
    make_facet,
    make_medoc,
    make_question,
    make_rule,
    make_text,
    question,
)
from support.interviews import accepted_by
from support.strategies import catalogues, compasses

if TYPE_CHECKING:
    from boussole.core.definitions.compass import Value
    from boussole.files.library import Pair


def as_cell(value: Value | None) -> str | None:
    if value is None:
        return None
    return "|".join(value) if isinstance(value, tuple) else str(value)


def frame_of(rows: list[dict[str, str | None]], columns: list[str]) -> pl.DataFrame:
    cells = pl.DataFrame(rows, schema=dict.fromkeys(columns, pl.String), orient="row")
    return cells.with_columns(
        pl.int_range(2, 2 + cells.height, dtype=pl.Int64, eager=True).alias(LINE),
        problems_column([None] * cells.height),
    )


@settings(deadline=None, max_examples=40)
@given(st.data())
def test_each_row_gets_what_its_answers_get_alone(data: st.DataObject) -> None:
    """For any small compass and any table of its answers, wide and long: order, scores, ranks and ties."""
    catalogue = data.draw(catalogues(bounded=True))
    compass = data.draw(compasses(catalogue, bounded=True))
    questions = [one for one in compass.questions.values() if one.type is not QuestionType.TEXT]
    if not questions:
        return
    answers: dict[str, Any] = {one.id: st.none() | st.sampled_from(accepted_by(one)) for one in questions}
    sheets = data.draw(st.lists(st.fixed_dictionaries(answers), max_size=12))
    columns = [one.id for one in questions]
    frame = frame_of([{id_: as_cell(value) for id_, value in sheet.items()} for sheet in sheets], columns)
    top = data.draw(st.integers(1, 4))
    plan = make_plan(compass, columns)
    wide = BatchRecommender(compass, catalogue, plan, language="fr", layout=Wide(compass, catalogue, "fr", top=top))
    long = BatchRecommender(compass, catalogue, plan, language="fr", layout=Long(compass, catalogue, "fr", top=top))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cells, "_MOST_KNOWN", data.draw(st.sampled_from([0, 3, 200_000])))
        patch.setattr(recommending, "_MOST_REMEMBERED", data.draw(st.sampled_from([0, 2, 20_000])))
        parts = [wide.advise(part) for part in (frame[:3], frame[3:7], frame[7:])]
    made = pl.concat([part.frame for part in parts])
    listed = long.advise(frame).frame.rows(named=True)
    assert made.height == frame.height
    assert made.select(columns).equals(frame.select(columns))
    for number, (sheet, row) in enumerate(zip(sheets, made.rows(named=True), strict=True), 1):
        # an empty cell is no answer, so that nothing chosen cannot be said
        given_answers = {id_: value for id_, value in sheet.items() if value not in {None, ()}}
        situation = situate(compass, Answers.given(given_answers))
        expected = rank(compass, catalogue, situation).top(top)
        ids = [row[f"boussole_{place}"] for place in range(1, top + 1)]
        assert [id_ for id_ in ids if id_ is not None] == [one.medoc.id for one in expected]
        assert row["boussole_status"] == ("partial" if situation.missing else "ok")
        mine = [one for one in listed if one["boussole_row"] == number]
        found = [
            (one["boussole_id"], one["boussole_score"], one["boussole_rank"], one["boussole_tied"] == "yes")
            for one in mine
        ]
        alone: list[Any] = [(one.medoc.id, one.score, one.rank, one.tied) for one in expected]
        assert found == (alone or [(None, None, None, False)])
        for one, item in zip(mine, expected, strict=False):
            assert one["boussole_why"] == gettext("; ").in_("fr").join(reason.text.in_("fr") for reason in item.reasons)


@pytest.fixture(scope="module")
def pair() -> Pair:
    return Library().pair("agir-ensemble")


def advised(pair: Pair, rows: list[dict[str, str | None]], **planned: Any) -> list[dict[str, Any]]:  # noqa: ANN401
    columns = list(rows[0])
    plan = make_plan(pair.compass, columns, **planned)
    return (
        BatchRecommender(pair.compass, pair.catalogue, plan, language="fr")
        .advise(frame_of(rows, columns))
        .frame.rows(named=True)
    )


def test_what_is_first_seen_in_a_later_frame_is_what_it_says() -> None:
    """A cell keeps its meaning from one frame to the next, whatever came before."""
    profiles = make_facet("profile", "a", "b", "c")
    catalogue = make_catalogue(
        *(make_medoc(f"for-{one}", suits={"profile": [one]}) for one in "abc"), facets=[profiles]
    )
    compass = make_compass(
        make_question("profile", "one", profiles), weights={"profile": 1}, require=["profile"], top=1
    )
    adviser = BatchRecommender(compass, catalogue, make_plan(compass, ["profile"]), language="fr")
    for cell in "abcba":
        assert adviser.advise(frame_of([{"profile": cell}], ["profile"])).frame["boussole_1"].to_list() == [
            f"for-{cell}"
        ]


def test_a_rule_without_points_is_a_reason() -> None:
    """Rows that get the same MEDOC for other reasons are told their own."""
    compass = make_compass(make_question("detail"), top=1)
    rule = make_rule(is_(question("detail"), "a"), "one", why=make_text("Parce que"))
    compass = compass._replace(rules=(rule,))
    adviser = BatchRecommender(
        compass,
        catalogue := make_catalogue(make_medoc("one")),
        make_plan(compass, ["detail"]),
        language="fr",
        layout=Long(compass, catalogue, "fr"),
    )
    rows = adviser.advise(frame_of([{"detail": "a"}, {"detail": "b"}], ["detail"])).frame
    assert rows["boussole_why"].to_list() == ["Parce que", ""]


def test_a_bad_value_rejects_its_row_with_code_column_and_nearest_word(pair: Pair) -> None:
    """The others go on."""
    first, second = advised(pair, [{"profile": "colectivites"}, {"profile": "collectivites"}])
    assert first["boussole_status"] == "rejected"
    assert first["boussole_error"].startswith('A102 column "profile"')
    assert "«\u00a0collectivites\u00a0»" in first["boussole_error"]
    assert first["boussole_1"] is None
    assert second["boussole_status"] == "partial"
    assert second["boussole_1"] is not None


def test_all_that_is_wrong_in_a_row_is_said(pair: Pair) -> None:
    """One error a column."""
    (row,) = advised(pair, [{"profile": "xx", "level": "yy"}])
    assert row["boussole_error"].count("A102") == 2


def test_an_undecided_label_makes_its_row_partial(pair: Pair) -> None:
    """And names the question it leaves open, unless another column answers it."""
    column = ColumnMap("type", labels={"a": {"level": ""}, "b": {"level": "local"}})
    planned = {"table_map": TableMap("agir-ensemble", (column,)), "fixed": {"profile": "collectivites"}}
    first, second = advised(pair, [{"type": "a"}, {"type": "b"}], **planned)
    assert "level" in first["boussole_error"]
    assert "level" not in second["boussole_error"]


def test_a_row_that_could_not_be_read_is_rejected(pair: Pair) -> None:
    """What is wrong with it goes before what its cells say."""
    plan = make_plan(pair.compass, ["profile"])
    frame = frame_of([{"profile": "collectivites"}, {"profile": "x"}], ["profile"])
    frame = frame.with_columns(problems_column([RowProblem(RowCode.TOO_LONG, 3), None]))
    made = BatchRecommender(pair.compass, pair.catalogue, plan, language="fr").advise(frame)
    assert made.frame["boussole_status"].to_list() == ["rejected", "rejected"]
    assert made.frame["boussole_error"][0].startswith("T102 ")
    assert made.frame["boussole_1"].to_list() == [None, None]
    assert made.tally.rows == {"rejected": 2}
    assert sorted(made.tally.errors.values()) == [1, 1]


def test_what_the_command_line_says_goes_before_the_map_and_that_before_names(pair: Pair) -> None:
    """`--set`, then `--column`, then the map, then the header."""
    columns = ["Profile", "level", "Type"]
    table_map = TableMap("agir-ensemble", (ColumnMap("type", labels={"x": {"level": "local", "profile": "etat"}}),))
    plan = make_plan(pair.compass, columns, table_map=table_map)
    assert [[one.name for one in group] for group in plan.groups] == [["Type"]]
    plan = make_plan(pair.compass, columns, table_map=table_map, named={"level": "LEVEL"})
    assert [[(one.name, one.questions) for one in group] for group in plan.groups] == [
        [("Type", frozenset({"profile"}))],
        [("level", frozenset({"level"}))],
    ]
    plan = make_plan(pair.compass, columns, fixed={"profile": "etat"})
    assert [[one.name for one in group] for group in plan.groups] == [["level"]]


def test_a_column_called_as_the_question_asks_is_found(pair: Pair) -> None:
    """Accents and case ignored."""
    ask = pair.compass.questions["profile"].ask.in_("fr").upper()
    plan = make_plan(pair.compass, [ask])
    assert plan.groups[0][0].question == "profile"


def test_a_plan_that_cannot_be(pair: Pair) -> None:
    """A column that is not there, a question that is not, nothing to read."""
    with pytest.raises(TableError, match="profils"):
        make_plan(pair.compass, ["profil"], named={"profile": "profils"})
    with pytest.raises(AnswersError):
        make_plan(pair.compass, ["profil"], named={"profill": "profil"})
    with pytest.raises(TableError):
        make_plan(pair.compass, ["nom"])
