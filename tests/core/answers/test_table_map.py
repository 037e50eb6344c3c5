"""What a cell says, by id, title, number or label."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boussole.core.answers.accepting import accept, accepted
from boussole.core.answers.answers import Answers
from boussole.core.answers.remedies import RefusedError
from boussole.core.answers.table_map import (
    UNDECIDED,
    CellReader,
    CellReading,
    ColumnMap,
    TableMap,
    accept_part,
    merge,
    words_of,
)
from boussole.core.definitions.compass import Option
from support.builders import make_compass, make_facet, make_question, make_text

if TYPE_CHECKING:
    from boussole.core.definitions.compass import Value

PROFILE = make_facet("profile", "etat", "medias")
DOMAIN = make_question(
    "domain",
    "many",
    [
        Option("eau", make_text("Eau, assainissement", "Water")),
        Option("climat", make_text("Climat", "Climate")),
        Option("emploi", make_text("Emploi", "Jobs")),
        Option("aucun", make_text("Aucun", "None"), alone=True),
    ],
    least=2,
    most=2,
    required=False,
)
COMPASS = make_compass(
    make_question("profile", options=PROFILE),
    make_question("level", options=("commune", "region"), required=False),
    DOMAIN,
    make_question("moyens", "many", ("temps", "argent"), least=0),
    make_question("confiance", "scale"),
    make_question("habitants", "number", least=0, most=2_000_000),
    make_question("nom", "text"),
    make_question("accord", "yes-no", required=False),
    make_question(
        "lieux",
        "many",
        [
            Option("ville", make_text("Ville|campagne")),
            Option("logement", make_text("Logement, mobilité, culture")),
            Option("mer", make_text("Mer")),
        ],
    ),
)
TYPE = ColumnMap(
    "Type",
    labels={
        "Commune": {"profile": "etat", "level": "commune"},
        "Région": {"profile": "etat", "level": "region"},
        "Journal": {"profile": "medias", "level": UNDECIDED},
        "Rien": {},
    },
    reject=("NULL",),
)


def read(column: ColumnMap, cell: str | None) -> CellReading:
    """Return what a cell of a column says."""
    return CellReader(COMPASS, column).read(cell)


def answers(question: str, cell: str | None, **rest: Any) -> dict[str, Value]:  # noqa: ANN401 - as ColumnMap
    """Return what a cell answers by itself to a question."""
    said = read(ColumnMap("C", question=question, **rest), cell)
    assert said.problem is None
    return dict(said.answers)


def refused(column: ColumnMap, cell: str) -> tuple[str, str, str | None]:
    """Return the code, the cause and the remedy of a cell that rejects its row."""
    said = read(column, cell)
    assert said.problem is not None
    assert said.problem.subject == f'column "{column.name}"'
    assert (said.answers, said.undecided) == ({}, frozenset())
    remedy = said.problem.remedy
    return said.problem.code, said.problem.what.in_("en"), None if remedy is None else remedy.in_("en")


def test_one_label_answers_several_questions_accents_case_and_spaces_ignored() -> None:
    assert read(TYPE, " REGION\u00a0").answers == {"profile": "etat", "level": "region"}


def test_a_label_may_leave_its_row_without_an_answer_or_undecided() -> None:
    assert read(TYPE, "rien") == CellReading()
    assert read(TYPE, "journal") == CellReading({"profile": "medias"}, frozenset({"level"}))


def test_a_label_that_is_not_listed_rejects_its_row_naming_the_nearest() -> None:
    assert refused(TYPE, "Comune") == (
        "T201",
        "“Comune” is not a label of the map.",
        "Did you mean “Commune”?",
    )


def test_a_label_that_is_not_listed_says_the_default_where_there_is_one() -> None:
    assert read(TYPE._replace(default={"profile": "medias"}), "Autre").answers == {"profile": "medias"}
    assert read(TYPE._replace(default={}), "Autre") == CellReading()
    own = ColumnMap("C", question="profile", default={"profile": UNDECIDED})
    assert read(own, "etat").answers == {"profile": "etat"}
    assert read(own, "autre").undecided == {"profile"}


def test_a_label_that_the_map_rejects_rejects_its_row_before_anything_else() -> None:
    assert refused(TYPE._replace(default={}), "null") == ("T202", "the map rejects “null”.", None)
    assert refused(ColumnMap("C", question="profile", reject=("Médias",)), "medias")[0] == "T202"


@pytest.mark.parametrize("cell", [None, "", " \u00a0\t", "\u0301"])
def test_an_empty_cell_says_nothing_unless_the_map_says_what(cell: str | None) -> None:
    assert read(TYPE, cell) == CellReading()
    assert read(TYPE._replace(empty={"profile": "etat"}), cell).answers == {"profile": "etat"}
    problem = read(TYPE._replace(reject=("",)), cell).problem
    assert problem is not None
    assert (problem.code, problem.what.in_("en")) == ("T202", "the cell is empty.")


@pytest.mark.parametrize(
    ("question", "cell", "value"),
    [
        ("profile", "etat", "etat"),
        ("profile", "MEDIAS ", "medias"),
        ("level", "Option commune", "commune"),
        ("level", "?", "?"),
        ("domain", "Water", ("eau",)),
        ("domain", "Eau, assainissement", ("eau",)),
        ("domain", "climat, eau", ("eau", "climat")),
        ("domain", "Climate | Eau, assainissement |", ("eau", "climat")),
        ("domain", "?", "?"),
        ("confiance", "degre 2", 2),
        ("confiance", "3", 3),
        ("habitants", "12", 12),
        ("habitants", "1\u202f450\u00a0118", 1_450_118),
        ("habitants", "1685.0", 1685),
        ("nom", " Le Café ", " Le Café "),
        ("habitants", "12,00", 12),
        ("confiance", "2.0", 2),
        ("accord", "?", "?"),
        ("lieux", "Ville|campagne", ("ville",)),
        ("lieux", "mer, Logement, mobilité, culture", ("logement", "mer")),
        ("lieux", "Logement, mobilité, culture|mer", ("logement", "mer")),
        ("lieux", "Ville|campagne, mer,", ("ville", "mer")),
        ("lieux", "mer|Ville|campagne|logement", ("ville", "logement", "mer")),
    ],
)
def test_a_cell_may_be_an_answer_as_it_stands(question: str, cell: str, value: Value) -> None:
    """It is an id, a title in any language, or a number as people and programs write it."""
    assert answers(question, cell) == {question: value}


@pytest.mark.parametrize(
    ("question", "cell", "code", "remedy"),
    [
        ("profile", "Médas", "A102", "Did you mean “MEDIAS”?"),
        ("profile", "?", "A103", "Write etat or medias."),
        ("domain", "eau|climmat", "A102", "Did you mean “Climat”?"),
        ("domain", "eau, aucun", None, None),
        ("confiance", "7", "A104", "Write a whole number from 0 to 3."),
        ("confiance", "Degré 9", "A102", "Did you mean “Degré 3”?"),
        ("habitants", "1.5", "A102", "Write a whole number from 0 to 2000000."),
        ("habitants", "1 45", "A102", "Write a whole number from 0 to 2000000."),
        ("habitants", "2000001", "A104", "Write a whole number from 0 to 2000000."),
    ],
)
def test_a_cell_that_is_no_answer_names_the_nearest(
    question: str, cell: str, code: str | None, remedy: str | None
) -> None:
    column = ColumnMap("C", question=question)
    if code is None:  # each label is good: it is the row that is not
        problem = merge(COMPASS, [read(column, cell)]).problem
        assert problem is not None
        assert problem.code == "A105"
    else:
        found = refused(column, cell)
        assert (found[0], found[2]) == (code, remedy)


@pytest.mark.parametrize("yes", ["true", "TRUE", "vrai", "oui", "Yes", "1", "1.0", "1,00", "Option yes"])
@pytest.mark.parametrize("no", ["false", "Faux", "non", "NO", "0", "0.0", "no"])
def test_truth_is_read_in_the_words_of_every_program(yes: str, no: str) -> None:
    assert [answers("accord", one) for one in (yes, no)] == [{"accord": "yes"}, {"accord": "no"}]


@pytest.mark.parametrize("cell", ["x", "o", "y", "2", "-1", "01", "1.5", "1.000", "vraiment", "NaN"])
def test_nothing_else_says_yes_or_no(cell: str) -> None:
    assert refused(ColumnMap("C", question="accord"), cell)[0] == "A102"


def test_words_of_truth_say_nothing_to_another_question() -> None:
    assert refused(ColumnMap("C", question="level"), "true")[0] == "A102"
    assert refused(ColumnMap("C", question="habitants"), "true")[0] == "A102"


def test_a_code_that_a_program_took_for_a_number_is_the_label_of_the_map() -> None:
    column = ColumnMap("C", labels={"7": {"profile": "etat"}}, reject=("9",))
    assert read(column, "7.0").answers == {"profile": "etat"}
    assert refused(column, "9.0")[0] == "T202"
    assert refused(column, "7.5")[0] == "T201"


@pytest.mark.parametrize("sign", ["\u200b", "\ufeff", "\u2060", "\u00a0", "\u00ad"])
@pytest.mark.parametrize(
    ("question", "cell", "value"),
    [
        ("domain", "eau,climat", ("eau", "climat")),
        ("accord", "oui", "yes"),
        ("habitants", "12", 12),
        ("confiance", "2", 2),
    ],
)
def test_characters_that_nobody_sees_change_nothing(sign: str, question: str, cell: str, value: Value) -> None:
    spoilt = f"{sign}{sign.join(cell.partition(','))}{sign}" if "," in cell else f"{sign}{cell}{sign}"
    assert answers(question, spoilt) == {question: value}
    assert answers(question, sign) == {}
    assert answers("nom", sign) == {}


def test_a_text_keeps_what_was_written() -> None:
    assert answers("nom", "\u200bLe Café") == {"nom": "\u200bLe Café"}


@pytest.mark.parametrize("sign", [";", "/", "+"])
def test_a_sign_between_labels_that_are_all_known_names_the_option_that_cuts_there(sign: str) -> None:
    column = ColumnMap("C", question="domain")
    remedy = f'If “{sign}” parts its values, say so: --list-separator "{sign}".'
    assert refused(column, f"eau{sign}Climat") == ("A102", f"“eau{sign}Climat” is not one of its options.", remedy)
    assert refused(column, f"eau{sign}autre")[2] != remedy
    assert read(column._replace(separator=sign), f"eau{sign}Climat").answers == {"domain": ("eau", "climat")}


def test_a_sign_between_titles_that_hold_commas_is_named_too() -> None:
    """As forms write several answers: what stands between two commas is no answer of its own."""
    column = ColumnMap(
        "C",
        question="domain",
        labels={"Eau, mer": {"domain": ("eau",)}, "Climat": {"domain": ("climat",)}},
        separator=",",
    )
    remedy = 'If “;” parts its values, say so: --list-separator ";".'
    assert refused(column, "Eau, mer;Climat;") == ("T201", "“Eau, mer;Climat;” is not a label of the map.", remedy)
    assert refused(column, "Climat,autre;x")[1] == "“autre;x” is not a label of the map."


def test_where_a_column_has_labels_what_is_no_answer_is_missing_from_the_map() -> None:
    column = ColumnMap("C", question="profile", labels={"Presse": {"profile": "medias"}})
    assert read(column, "presse").answers == {"profile": "medias"}
    assert refused(column, "pres") == ("T201", "“pres” is not a label of the map.", "Did you mean “Presse”?")


def test_the_labels_of_a_list_add_up() -> None:
    column = ColumnMap("C", {"H2O": {"domain": ("eau",)}, "CO2": {"domain": ("climat",), "level": ""}}, separator="/")
    assert read(column, "CO2/ h2o/").answers == {"domain": ("eau", "climat")}
    assert read(column, "CO2/H2O").undecided == {"level"}
    assert read(column._replace(labels={**column.labels, "CO2/H2O": {"level": "?"}}), "co2/h2o").answers == {
        "level": "?"
    }


def test_each_unknown_label_of_a_list_says_the_default() -> None:
    column = ColumnMap("C", question="domain", default={"domain": ("emploi",)})
    assert read(column, "eau|divers").answers == {"domain": ("eau", "emploi")}


def test_a_column_of_labels_is_not_parted_unless_the_map_says_how() -> None:
    assert refused(TYPE, "Commune|Région")[0] == "T201"
    assert refused(ColumnMap("C", question="profile"), "etat,medias")[0] == "A102"


def test_a_cell_of_separators_alone_is_empty() -> None:
    assert answers("domain", " | |", empty={"domain": ("eau",)}) == {"domain": ("eau",)}


def test_two_answers_to_a_question_that_takes_one_reject_the_row() -> None:
    cells = [read(TYPE, "Commune"), read(ColumnMap("C", question="level"), "region")]
    problem = merge(COMPASS, cells).problem
    assert problem is not None
    assert (problem.code, problem.subject) == ("T203", 'question "level"')
    assert problem.what.in_("en") == "two answers that exclude each other: commune and region."
    assert read(TYPE._replace(separator="+"), "Commune+Région").problem == problem


def test_what_is_known_goes_before_not_knowing_whatever_the_order() -> None:
    unknown, known = CellReading({"level": "?"}), CellReading({"level": "region"})
    assert merge(COMPASS, [unknown, known]).answers == {"level": "region"}
    assert merge(COMPASS, [known, unknown, known]).answers == {"level": "region"}
    assert merge(COMPASS, [unknown, unknown]).answers == {"level": "?"}


def test_how_many_options_a_question_takes_is_looked_at_on_the_whole_row() -> None:
    one, two, three = (read(ColumnMap("C", question="domain"), cell) for cell in ("eau", "climat", "emploi"))
    assert merge(COMPASS, [one, two]).answers == {"domain": ("eau", "climat")}
    problem = merge(COMPASS, [one]).problem
    assert problem is not None
    assert problem.code == "A104"
    problem = merge(COMPASS, [one, two, three]).problem
    assert problem is not None
    assert problem.code == "A104"


def test_a_row_is_rejected_with_the_problem_of_its_first_bad_cell() -> None:
    bad = read(TYPE, "Autre")
    assert merge(COMPASS, [read(TYPE, "Commune"), bad, read(TYPE, "NULL")]) == bad


def test_a_part_of_an_answer_is_accepted_where_the_answer_takes_more() -> None:
    assert accept_part(DOMAIN, ["eau"]) == ("eau",)
    assert accept_part(COMPASS.questions["moyens"], []) == ()
    for question, value in ((DOMAIN, []), (DOMAIN, ["eau", "climat", "emploi"]), (COMPASS.questions["level"], "x")):
        with pytest.raises(RefusedError):
            accept_part(question, value)


def test_an_id_goes_before_a_title_and_a_title_of_two_options_names_none() -> None:
    twins = [Option("a", make_text("B")), Option("b", make_text("Même")), Option("c", make_text("MÊME"))]
    assert words_of(make_question("q", options=twins), "fr") == {"a": "a", "b": "b", "c": "c"}


def test_titles_are_known_in_the_compass_s_own_language() -> None:
    option = Option("a", make_text("Wasser")._replace(by_language={"de": "Wasser", "fr": "Eau"}))
    assert words_of(make_question("q", options=[option]), "de").keys() == {"a", "wasser", "eau"}


def test_the_questions_of_a_column_are_all_that_it_may_answer() -> None:
    assert TYPE.questions == {"profile", "level"}
    column = ColumnMap("C", question="nom", default={"level": "?"}, empty={"domain": ("eau",)})
    assert column.questions == {"nom", "level", "domain"}
    assert TableMap("agir").columns == ()


def test_a_long_cell_is_cut_in_the_sentence_and_never_taken_for_an_option() -> None:
    code, what, _ = refused(ColumnMap("C", question="profile"), "x\n" * 5_000_000)
    assert (code, what) == ("A102", f"“{'x ' * 40}…” is not one of its options.")
    assert refused(TYPE, "y" * 81)[1] == f"“{'y' * 80}…” is not a label of the map."
    long = ColumnMap("C", labels={"z" * 999: {}})
    assert refused(long, "x")[2] == f"Write {'z' * 80}…."


@given(st.text(), st.sampled_from([*COMPASS.questions]))
def test_whatever_a_cell_holds_it_is_an_answer_nothing_or_a_problem(cell: str, question: str) -> None:
    """What a row is said to answer is what the compass accepts from anywhere else."""
    said = merge(COMPASS, [read(ColumnMap("C", question=question), cell), read(TYPE, "Rien")])
    if said.problem is None:
        assert dict(said.answers) == {id_: accept(COMPASS.questions[id_], one) for id_, one in said.answers.items()}
        accepted(COMPASS, Answers.given(said.answers))
    else:
        assert said.problem.in_("fr")


@given(st.lists(st.sampled_from(["eau", "climat", "emploi"]), min_size=1))
def test_the_order_of_labels_and_of_cells_changes_nothing(ids: list[str]) -> None:
    column = ColumnMap("C", question="domain")
    whole = read(column, "|".join(ids))
    assert whole == read(column, ",".join(reversed(ids)))
    assert merge(COMPASS, [whole]) == merge(COMPASS, [read(column, one) for one in ids])
