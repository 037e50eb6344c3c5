"""A compass: the questions, what their answers mean, and how the ranking weighs them."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Literal, NamedTuple, TypeAlias, assert_never

from boussole.core.definitions.conditions import ALWAYS, Condition, Held
from boussole.core.definitions.text import Text
from boussole.empty import EMPTY
from boussole.i18n import Localised

Value: TypeAlias = str | int | float | tuple[str, ...]
"""An answer as it is kept: an id, a text, a number, several ids; a day is the text `2027-01-31`."""
UNKNOWN = "?"
"""« Je ne sais pas »: an answer of its own, to any question that is not required."""


class QuestionType(StrEnum):
    """The seven ways of answering."""

    ONE = "one"
    MANY = "many"
    SCALE = "scale"
    YES_NO = "yes-no"
    NUMBER = "number"
    DATE = "date"
    TEXT = "text"


Measured: TypeAlias = Literal[QuestionType.NUMBER, QuestionType.DATE]
"""Those whose answer is compared as a whole number, its measure."""


def measured(type_: QuestionType) -> Measured | None:
    """Return a type where its answers have a measure, else None."""
    match type_:
        case QuestionType.NUMBER | QuestionType.DATE:
            return type_
        case QuestionType.ONE | QuestionType.MANY | QuestionType.SCALE | QuestionType.YES_NO | QuestionType.TEXT:
            return None
        case _:
            assert_never(type_)


MEASURED = frozenset(one for one in QuestionType if measured(one) is not None)
WRITTEN = MEASURED | {QuestionType.TEXT}
"""Those whose answer is written, not one of a few; none has points."""


class Option(NamedTuple):
    """What an author offers to choose. `points` is None where it is not counted on any axis.

    `place` puts the respondent at terms, by facet. In a `many`, `alone` excludes the others.
    """

    id: str
    text: Localised
    hint: Text | None = None
    points: int | None = None
    place: Mapping[str, frozenset[str]] = EMPTY
    alone: bool = False


class Section(NamedTuple):
    """A group of questions, shown with the progress; `when` holds for all of them."""

    id: str
    title: Text
    when: Condition = ALWAYS


class Question(NamedTuple):
    """One question. `least` and `most` bound how many options of a `many`, or the measure of a `number` or a `date`.

    The measure of a number is how many times it has its last decimal (0.5 with `decimals` 1: 5), that of a day its
    place in the calendar (1 January of the year 1: 1). Conditions compare measures.
    `options` are those of a `one`, a `many` or a `yes-no`; a `scale` has `labels`, from position 0.
    `default` is the answer proposed first in the interview: it is no answer until the person confirms it.
    """

    id: str
    type: QuestionType
    ask: Text
    help: Text | None = None
    section: str | None = None
    facet: str | None = None
    required: bool = True
    when: Condition = ALWAYS
    least: int | None = None
    most: int | None = None
    unit: Text | None = None
    options: Mapping[str, Option] = EMPTY
    labels: tuple[Text, ...] = ()
    default: Value | None = None
    decimals: int = 0

    def measure(self, value: Value) -> int:
        """Return the measure of an accepted number or day."""
        match measured(self.type):
            case QuestionType.DATE:
                return date.fromisoformat(str(value)).toordinal()
            case QuestionType.NUMBER | None:
                return int(Decimal(str(value)).scaleb(self.decimals))
            case never:
                assert_never(never)

    def of_measure(self, measure: int) -> Value:
        """Return the number or day of a measure, as answers hold it: whole numbers without decimals."""
        match measured(self.type):
            case QuestionType.DATE:
                return date.fromordinal(measure).isoformat()
            case QuestionType.NUMBER | None:
                whole, rest = divmod(measure, 10**self.decimals)
                return whole if not rest else float(Decimal(measure).scaleb(-self.decimals))
            case never:
                assert_never(never)

    @property
    def bounds(self) -> tuple[int | None, int | None]:
        """Return the least and the most measure; of a day, those of the calendar where the author gives none."""
        least: int | None
        most: int | None
        match measured(self.type):
            case QuestionType.DATE:
                least, most = date.min.toordinal(), date.max.toordinal()
            case QuestionType.NUMBER | None:
                least = most = None
            case never:
                assert_never(never)
        return least if self.least is None else self.least, most if self.most is None else self.most

    def held(self, value: Value | None) -> Held:
        """Return what conditions see of an accepted answer."""
        if value is None or value == UNKNOWN:
            return None
        if self.type in MEASURED:
            return self.measure(value)
        if isinstance(value, tuple):
            return frozenset(value)
        return int(str(value)) if self.type is QuestionType.SCALE else frozenset((str(value),))

    @property
    def lacks_choices(self) -> bool:
        """Tell whether there is nothing to choose from, which happens only in what is read of a file with errors."""
        return self.type not in WRITTEN and not self.options and not self.labels

    @property
    def at_least(self) -> int:
        """Return how many options of a `many` an answer has, at least: 1 where the file does not say."""
        return 1 if self.least is None else self.least

    @property
    def places(self) -> set[str]:
        """Return the facets at which an answer can place somebody."""
        placed = {facet for option in self.options.values() for facet in option.place}
        return placed if self.facet is None else placed | {self.facet}

    @property
    def highest_points(self) -> int:
        """Return the most points an answer can bring (0: it cannot feed an axis)."""
        if self.type is QuestionType.SCALE:
            return len(self.labels) - 1
        points = sorted((option.points or 0 for option in self.options.values()), reverse=True)
        if self.type is QuestionType.MANY:
            return sum(points[: self.most])
        return points[0] if points else 0

    def points(self, value: Value) -> int | None:
        """Return the points of an accepted answer; None where nothing of what was chosen is counted.

        "?" counts as the lowest points, so that ignorance never improves a position.
        """
        if self.type is QuestionType.SCALE:
            return 0 if value == UNKNOWN else int(str(value))
        if value == UNKNOWN:
            counted = [option.points for option in self.options.values() if option.points is not None]
            return 0 if self.type is QuestionType.MANY else min(counted, default=0)
        chosen = value if isinstance(value, tuple) else (str(value),)
        known = [points for one in chosen if (points := self.options[one].points) is not None]
        return sum(known) if known or not chosen else None


class Step(NamedTuple):
    """From the value `start` (0 to 100) on, an axis places the respondent at `term`."""

    start: int
    term: str


class Axis(NamedTuple):
    """A position, 0 to 100, computed from the answers to weighted questions; `steps` place it on `facet`."""

    id: str
    title: Text
    questions: Mapping[str, int]
    facet: str | None = None
    steps: tuple[Step, ...] = ()

    def terms_at(self, value: int) -> tuple[str, ...]:
        """Return the term of the last step that `value` reaches; none where it reaches none."""
        return tuple(step.term for step in self.steps if step.start <= value)[-1:]


class Placement(NamedTuple):
    """Terms, by facet, at which the respondent stands while `when` holds (`[[place]]` in the file)."""

    when: Condition
    at: Mapping[str, frozenset[str]]


class Rule(NamedTuple):
    """What the facets cannot say, for some MEDOC: points, or being in only while it holds, or out."""

    when: Condition
    medoc: tuple[str, ...]
    points: int = 0
    include: bool = False
    exclude: bool = False
    why: Text | None = None


class Weighting(NamedTuple):
    """How the ranking weighs: `weights` by facet and pseudo-facet, `generic` the fit (0 to 1000) of a MEDOC for all."""

    top: int = 10
    weights: Mapping[str, int] = EMPTY
    require: frozenset[str] = frozenset()
    generic: int = 500


class TimeAtHand(NamedTuple):
    """Where a person says how much time they have: the question, and the minutes of its options that have some."""

    question: str
    minutes: Mapping[str, int]


class Expectation(NamedTuple):
    """What a worked example expects of the result; None or empty where it does not say."""

    first: str | None = None
    top: int | None = None
    includes: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()
    places: Mapping[str, frozenset[str]] = EMPTY
    axes: Mapping[str, int] = EMPTY


class Example(NamedTuple):
    """A worked example: answers, and what its author reasoned they should give."""

    answers: Mapping[str, Value]
    expect: Expectation
    title: Text | None = None


class IntendedHole(NamedTuple):
    """Terms, by facet, for which few MEDOC are there on purpose (`[[intended]]` in the file), and `why`."""

    at: Mapping[str, frozenset[str]]
    why: Text | None = None


class Compass(NamedTuple):
    """A questionnaire about `catalogue`; `digest` stands for its meaning (`sha256:…`).

    `rose` is the facet whose terms the compass rose shows; without one, it shows the axes, or those of `rose_axes`.
    `renamed` holds the new names of questions and options by their old ones. `time_at_hand` bounds the path.
    `intended` changes no result: the digest does not stand for it.
    """

    id: str
    version: str
    language: str
    catalogue: str
    title: Text
    questions: Mapping[str, Question]
    summary: Text | None = None
    sections: Mapping[str, Section] = EMPTY
    axes: Mapping[str, Axis] = EMPTY
    placements: tuple[Placement, ...] = ()
    weighting: Weighting = Weighting()
    rules: tuple[Rule, ...] = ()
    examples: tuple[Example, ...] = ()
    pathway_size: int = 8
    rose: str | None = None
    digest: str = ""
    renamed: Mapping[str, str] = EMPTY
    rose_axes: tuple[str, ...] = ()
    time_at_hand: TimeAtHand | None = None
    intended: tuple[IntendedHole, ...] = ()
