"""The shape of the maps of tables, as the format fixes it; read as the other shapes are (`tables.py`)."""

import datetime as dt
from typing import NotRequired  # before Python 3.12, pydantic reads no NotRequired but these

from typing_extensions import TypedDict

from boussole.files.toml.tables import Filled, Named

AnswerValue = str | int | float | dt.date | list[str]
SaidValue = AnswerValue | dict[str, AnswerValue]

MapColumnTable = TypedDict(  # noqa: UP013 - as a class, its key `list` would hide the type
    "MapColumnTable",
    {
        "name": Filled,
        "question": NotRequired[Filled],
        "list": NotRequired[Filled],
        "default": NotRequired[SaidValue],
        "empty": NotRequired[SaidValue],
        "reject": NotRequired[list[str]],
        "values": NotRequired[dict[str, SaidValue]],
    },
)
MapColumnTable.__doc__ = "What the cells of a column say, by label; without brackets, of the one `question`."


class MapFile(TypedDict):
    """How the columns of a table say answers."""

    format: int
    compass: Named
    set: NotRequired[dict[str, AnswerValue]]
    column: NotRequired[list[MapColumnTable]]
