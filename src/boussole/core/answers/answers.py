"""What somebody answered, and whether a question accepts it: the same check whatever the way in."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any, NamedTuple, Self

from boussole.core.definitions.compass import Value
from boussole.empty import EMPTY


class Origin(StrEnum):
    """Where an answer came from."""

    ASKED = "asked"
    FILE = "file"
    OPTION = "option"
    LIBRARY = "library"


class Answer(NamedTuple):
    """What a person said, and how it reached us."""

    value: Value
    origin: Origin = Origin.LIBRARY


class Answers:
    """Answers by question id. Immutable: `put` and `without` return new ones.

    It may hold answers to questions that are not on the path: they are kept, and never count.
    """

    __slots__ = ("by_question",)

    def __init__(self, by_question: Mapping[str, Answer] = EMPTY) -> None:
        """Take answers by question id."""
        self.by_question = by_question

    def __eq__(self, other: object) -> bool:
        """Tell whether the other answers are the same, wherever they came from."""
        return isinstance(other, Answers) and self._values() == other._values()

    def _values(self) -> dict[str, Value]:
        return {question: answer.value for question, answer in self.by_question.items()}

    def __hash__(self) -> int:
        """Return a hash of the questions answered."""
        return hash(frozenset(self.by_question))

    def __repr__(self) -> str:
        """Return what was answered."""
        return f"Answers({dict(self.by_question)!r})"

    @classmethod
    def of(cls, /, **values: Any) -> Self:  # noqa: ANN401 - checked against the compass, not here
        """Return answers from keywords: `Answers.of(profile="etat", domain=["eau"], confiance=2)`."""
        return cls.given(values)

    @classmethod
    def given(cls, values: Mapping[str, Any], origin: Origin = Origin.LIBRARY) -> Self:
        """Return answers from a mapping, lists becoming tuples; nothing is checked yet."""
        return cls(
            {
                question: Answer(tuple(value) if isinstance(value, list) else value, origin)
                for question, value in values.items()
            }
        )

    def get(self, question: str) -> Value | None:
        """Return the value answered to `question`, or None."""
        answer = self.by_question.get(question)
        return None if answer is None else answer.value

    def put(self, question: str, value: Value, origin: Origin = Origin.ASKED) -> Self:
        """Return these answers with `question` answered by `value`."""
        return type(self)({**self.by_question, question: Answer(value, origin)})

    def without(self, question: str) -> Self:
        """Return these answers without the one to `question`."""
        return type(self)({id_: answer for id_, answer in self.by_question.items() if id_ != question})

    def __iter__(self) -> Iterator[str]:
        """Iterate over the ids of the questions answered."""
        return iter(self.by_question)

    def __len__(self) -> int:
        """Return how many questions have an answer."""
        return len(self.by_question)
