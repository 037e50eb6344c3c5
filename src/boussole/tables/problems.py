"""What can be wrong with a row as it stands in a table, whatever it would answer."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from boussole.i18n import gettext, ngettext

if TYPE_CHECKING:
    from boussole.i18n import Message


class RowCode(StrEnum):
    """The codes of problems of rows, each with its page in docs/problems."""

    TOO_SHORT = "T101"
    TOO_LONG = "T102"
    QUOTES = "T103"
    NUL = "T104"
    NOT_AN_OBJECT = "T105"
    TWICE = "T106"
    CELL_ERROR = "T107"
    NO_VALUE = "T108"
    EMPTY = "T109"


class RowProblem(NamedTuple):
    """What is wrong with a row: its code and, by that, how many `cells` it has, or which `cell` holds which `value`.

    A cell is named as spreadsheets do: B3.
    """

    code: RowCode
    cells: int | None = None
    cell: str | None = None
    value: str | None = None


PROBLEM_TYPE = pl.Struct({"code": pl.Enum(RowCode), "cells": pl.Int64, "cell": pl.String, "value": pl.String})
"""The type of the column of frames that says what is wrong with a row: the fields of `RowProblem`, or null."""


def told(problem: RowProblem, columns: int) -> Message:
    """Return what is wrong with a row of a table that has so many `columns`."""
    match problem.code:
        case RowCode.TOO_SHORT:
            return ngettext(
                "the row has {count} cell, the header {columns}.",
                "the row has {count} cells, the header {columns}.",
                problem.cells or 0,
                columns=columns,
            )
        case RowCode.TOO_LONG:
            return ngettext(
                "the row has {count} cell, the header {columns}: what is too much stands in the last column.",
                "the row has {count} cells, the header {columns}: what is too much stands in the last column.",
                problem.cells or 0,
                columns=columns,
            )
        case RowCode.QUOTES:
            return gettext("a quotation mark is left open, or closes in the middle of a cell.")
        case RowCode.NUL:
            return gettext("the row holds a NUL character.")
        case RowCode.NOT_AN_OBJECT:
            return gettext("the line is not a JSON object.")
        case RowCode.TWICE:
            return gettext("a name stands twice in the JSON object.")
        case RowCode.CELL_ERROR:
            return gettext("the cell {cell} holds the error {value}.", cell=problem.cell, value=problem.value)
        case RowCode.NO_VALUE:
            return gettext("the cell {cell} holds a formula without a value.", cell=problem.cell)
        case RowCode.EMPTY:
            return gettext("nothing is written in the row.")
