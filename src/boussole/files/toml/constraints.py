"""What a value must be beyond its type: whether it is, and what is told where it is not."""

import re
from typing import Any

from boussole.errors import Keys
from boussole.files.toml.report import Report
from boussole.fuzzy import fold
from boussole.i18n import gettext

LONGEST_ID = 80
RESERVED = frozenset({"any", "all", "not", "proven"})
_ID = re.compile(r"[a-z0-9][a-z0-9_-]*")


class Id:
    """A text that is an id."""

    def __get_pydantic_json_schema__(self, core_schema: Any, handler: Any) -> dict[str, Any]:  # noqa: ANN401
        """Say the same in JSON Schema (called by pydantic)."""
        return {**handler(core_schema), "pattern": f"^{_ID.pattern}$", "maxLength": LONGEST_ID}

    def holds(self, value: str) -> bool:
        """Tell whether a text is an id."""
        return _ID.fullmatch(value) is not None and len(value) <= LONGEST_ID and value not in RESERVED

    def refuse(self, value: str, keys: Keys, report: Report) -> None:
        """Report an id that is not well formed; it is still used, so that what refers to it is found."""
        if value in RESERVED:
            report.add(keys, "B104", gettext("“{id}” is a reserved word.", id=value), gettext("Choose another id."))
            return
        valid = re.sub(r"[^a-z0-9_]+", "-", fold(value)).strip("-_")
        remedy = gettext("Write lower-case letters, digits, - and _, at most {most} characters.", most=LONGEST_ID)
        if valid and self.holds(valid):
            report.excuse(valid)
            remedy = gettext(
                "Write “{id}”: lower-case letters, digits, - and _, at most {most} characters.",
                id=valid,
                most=LONGEST_ID,
            )
        report.add(keys, "B104", gettext("“{id}” is not a valid id.", id=value[:LONGEST_ID]), remedy)


class Range:
    """A whole number within bounds, both included."""

    def __init__(self, low: int, high: int | None = None) -> None:
        """Take the bounds; no `high` is no upper bound."""
        self.low = low
        self.high = high

    def __get_pydantic_json_schema__(self, core_schema: Any, handler: Any) -> dict[str, Any]:  # noqa: ANN401
        """Say the same in JSON Schema (called by pydantic)."""
        high = {} if self.high is None else {"maximum": self.high}
        return {**handler(core_schema), "minimum": self.low, **high}

    def holds(self, value: int) -> bool:
        """Tell whether a number is within the bounds."""
        return value >= self.low and (self.high is None or value <= self.high)

    def refuse(self, value: int, keys: Keys, report: Report) -> None:
        """Report a number out of bounds."""
        remedy = (
            gettext("Write a whole number, {low} or more.", low=self.low)
            if self.high is None
            else gettext("Write a whole number from {low} to {high}.", low=self.low, high=self.high)
        )
        report.add(keys, "B106", gettext("{value} is out of bounds.", value=value), remedy)


class NotEmpty:
    """A text, list or table with something in it."""

    def __get_pydantic_json_schema__(self, core_schema: Any, handler: Any) -> dict[str, Any]:  # noqa: ANN401
        """Say the same in JSON Schema (called by pydantic)."""
        schema = handler(core_schema)
        key = {"array": "minItems", "object": "minProperties"}.get(schema.get("type"), "minLength")
        return {**schema, key: 1}

    def holds(self, value: str | list[Any] | dict[str, Any]) -> bool:
        """Tell whether there is something in it."""
        return bool(value)

    def refuse(self, _value: str | list[Any] | dict[str, Any], keys: Keys, report: Report) -> None:
        """Report what is empty."""
        report.add(keys, "B107", gettext("it is empty."))
