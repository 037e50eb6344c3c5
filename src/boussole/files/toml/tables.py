"""The shape of the files that people write, table by table, as the format fixes it.

These types are read by the shape check, by the builders (which mypy holds to them) and by `boussole schema`.
There is no `from __future__ import annotations` here: `Required` and `NotRequired` must be real at run time.
"""

import datetime as dt
from typing import Annotated, Any, Literal, NotRequired  # before Python 3.12, pydantic reads no NotRequired but these

from typing_extensions import TypedDict

from boussole.files.toml.constraints import Id, NotEmpty, Range

TextValue = str | Annotated[dict[str, str], NotEmpty()]
When = dict[str, Any]
Whole = Annotated[int, Range(0)]
Terms = dict[str, str | list[str]]
Named = Annotated[str, Id()]
Filled = Annotated[str, NotEmpty()]


class TermTable(TypedDict):
    """A term of a facet."""

    id: Named
    title: TextValue
    hint: NotRequired[TextValue]
    upto: NotRequired[Whole]


FacetTable = TypedDict(
    "FacetTable",
    {
        "id": Named,
        "title": TextValue,
        "ordered": NotRequired[bool],
        "from": NotRequired[Literal["minutes"]],
        "at_most": NotRequired[bool],
        "terms": Annotated[list[TermTable], NotEmpty()],
    },
)
FacetTable.__doc__ = "A dimension along which MEDOC are indexed and situations are described."


class AvoidTable(TypedDict):
    """A contraindication."""

    when: When
    why: NotRequired[TextValue]


class ProvenTable(TypedDict):
    """What is documented of a MEDOC in use, 0 to 3 each."""

    efficacy: NotRequired[Annotated[int, Range(0, 3)]]
    feasibility: NotRequired[Annotated[int, Range(0, 3)]]
    safety: NotRequired[Annotated[int, Range(0, 3)]]


MedocTable = TypedDict(
    "MedocTable",
    {
        "id": Named,
        "kind": Filled,
        "stage": NotRequired[Filled],
        "title": TextValue,
        "code": NotRequired[str],
        "summary": NotRequired[TextValue],
        "publisher": NotRequired[str],
        "year": NotRequired[int],
        "url": NotRequired[str],
        "language": NotRequired[str],
        "format": NotRequired[str],
        "source": Filled,
        "checked": dt.date,
        "expires": NotRequired[dt.date],
        "minutes": NotRequired[Whole],
        "for": NotRequired[Terms],
        "avoid": NotRequired[list[AvoidTable]],
        "proven": NotRequired[ProvenTable],
        "after": NotRequired[list[str]],
        "reference": NotRequired[Annotated[int, Range(0, 3)]],
        "words": NotRequired[list[TextValue]],
        "added": NotRequired[dt.date],
        "changed": NotRequired[dt.date],
        "superseded_by": NotRequired[Filled],
    },
)
MedocTable.__doc__ = "A MEDOC."


class GoneTable(TypedDict):
    """A MEDOC that left the catalogue."""

    id: Named
    on: dt.date
    title: NotRequired[TextValue]
    why: NotRequired[TextValue]
    instead: NotRequired[list[str]]


class CatalogueFile(TypedDict):
    """A catalogue."""

    format: int
    id: Named
    version: Filled
    language: Filled
    title: TextValue
    licence: NotRequired[str]
    dated: NotRequired[dt.date]
    extends: NotRequired[Named]
    renamed: NotRequired[dict[str, str]]
    facet: NotRequired[list[FacetTable]]
    medoc: NotRequired[list[MedocTable]]
    gone: NotRequired[list[GoneTable]]


class SectionTable(TypedDict):
    """A group of questions."""

    id: Named
    title: TextValue
    when: NotRequired[When]


class OptionTable(TypedDict):
    """What is offered to choose."""

    id: Named
    text: TextValue
    hint: NotRequired[TextValue]
    points: NotRequired[Whole]
    place: NotRequired[Terms]
    alone: NotRequired[bool]


class QuestionTable(TypedDict):
    """A question."""

    id: Named
    section: NotRequired[str]
    type: Literal["one", "many", "scale", "yes-no", "number", "date", "text"]
    ask: TextValue
    help: NotRequired[TextValue]
    facet: NotRequired[str]
    required: NotRequired[bool]
    when: NotRequired[When]
    min: NotRequired[int | float | dt.date]
    max: NotRequired[int | float | dt.date]
    decimals: NotRequired[Annotated[int, Range(1, 3)]]
    unit: NotRequired[TextValue]
    options: NotRequired[Annotated[list[OptionTable], NotEmpty()]]
    labels: NotRequired[Annotated[list[TextValue], NotEmpty()]]
    default: NotRequired[str | int | float | dt.date | list[str]]


StepTable = TypedDict("StepTable", {"from": Annotated[int, Range(0, 100)], "term": Filled})
StepTable.__doc__ = "From this value on, the axis places the respondent at this term."


class AxisTable(TypedDict):
    """A position computed from answers."""

    id: Named
    title: TextValue
    questions: Annotated[dict[str, Annotated[int, Range(1)]], NotEmpty()]
    facet: NotRequired[str]
    steps: NotRequired[list[StepTable]]


class PlaceTable(TypedDict):
    """A position that several answers, or a number, decide."""

    when: When
    at: Terms


class RankingTable(TypedDict):
    """How the ranking weighs."""

    top: NotRequired[Annotated[int, Range(1)]]
    weights: NotRequired[dict[str, Annotated[int, Range(1)]]]
    require: NotRequired[list[str]]
    generic: NotRequired[Annotated[int, Range(0, 1000)]]


class PathwayTable(TypedDict):
    """How the personal path is drawn."""

    size: NotRequired[Annotated[int, Range(1)]]
    minutes: NotRequired[dict[str, str | Whole]]


class RoseTable(TypedDict):
    """What the compass rose shows: the terms of a facet, or some axes."""

    facet: NotRequired[Filled]
    axes: NotRequired[Annotated[list[Filled], NotEmpty()]]


class RuleTable(TypedDict):
    """What the facets cannot say."""

    when: When
    medoc: Annotated[list[str], NotEmpty()]
    points: NotRequired[int]
    include: NotRequired[bool]
    exclude: NotRequired[bool]
    why: NotRequired[TextValue]


class IntendedTable(TypedDict):
    """A hole that is there on purpose."""

    at: Annotated[Terms, NotEmpty()]
    why: NotRequired[TextValue]


class ExpectTable(TypedDict):
    """What a worked example expects."""

    first: NotRequired[str]
    top: NotRequired[Annotated[int, Range(1)]]
    includes: NotRequired[list[str]]
    excludes: NotRequired[list[str]]
    places: NotRequired[Terms]
    axes: NotRequired[dict[str, int]]


class ExampleTable(TypedDict):
    """A worked example."""

    title: NotRequired[TextValue]
    answers: dict[str, Any]
    expect: ExpectTable


class CompassFile(TypedDict):
    """A compass."""

    format: int
    id: Named
    version: Filled
    language: Filled
    catalogue: NotRequired[str]
    title: TextValue
    summary: NotRequired[TextValue]
    renamed: NotRequired[dict[str, str]]
    section: NotRequired[list[SectionTable]]
    question: NotRequired[list[QuestionTable]]
    axis: NotRequired[list[AxisTable]]
    place: NotRequired[list[PlaceTable]]
    ranking: NotRequired[RankingTable]
    pathway: NotRequired[PathwayTable]
    rose: NotRequired[RoseTable]
    rule: NotRequired[list[RuleTable]]
    intended: NotRequired[list[IntendedTable]]
    example: NotRequired[list[ExampleTable]]


class AnswersFile(TypedDict):
    """What somebody answered."""

    format: int
    compass: Filled
    compass_version: NotRequired[str]
    compass_digest: NotRequired[str]
    catalogue: NotRequired[str]
    catalogue_version: NotRequired[str]
    catalogue_digest: NotRequired[str]
    saved: NotRequired[dt.datetime]
    name: NotRequired[str]
    compass_file: NotRequired[str]
    sheet: NotRequired[Filled]
    share: NotRequired[bool]
    people: NotRequired[Annotated[int, Range(1)]]
    answers: dict[str, Any]
    aside: NotRequired[dict[str, Any]]
