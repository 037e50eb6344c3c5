"""What each table and key of a map is for, as whoever maps a table reads it in an editor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from boussole.files.authoring.descriptions import FORMAT, Key, Table
from boussole.i18n import gettext

if TYPE_CHECKING:
    from collections.abc import Mapping

MAP: Mapping[str, Table] = {
    "MapFile": Table(
        gettext("Map of a table"),
        gettext("How the columns of a table say answers to a compass, for boussole batch."),
        {
            "format": FORMAT,
            "compass": Key(gettext("The id of the compass that the rows answer."), 'compass = "agir-ensemble"'),
            "set": Key(
                gettext("The answers that are the same for all rows, by id of question."),
                'set = { level = "local", domain = ["eau"] }',
            ),
            "column": Key(
                gettext(
                    "What the columns say: each is a [[column]] table. Columns that are not named here say nothing."
                )
            ),
        },
    ),
    "MapColumnTable": Table(
        gettext("Column"),
        gettext("A column of the table, and what each of its labels answers."),
        {
            "name": Key(
                gettext("The name of the column, as its header has it; accents and capitals do not matter."),
                'name = "Type"',
            ),
            "question": Key(
                gettext(
                    "The id of the one question that the column answers. "
                    "Cells may then also hold its options themselves, by id or by title."
                ),
                'question = "domain"',
            ),
            "list": Key(
                gettext(
                    "What stands between the labels of a cell that holds several. "
                    "Without it, a question that takes several answers has them parted by | or commas."
                ),
                'list = ";"',
            ),
            "default": Key(
                gettext(
                    "What a label that is not listed answers. Without it, such a label rejects its row; "
                    "with {} it leaves its row without an answer."
                ),
                'default = { profile = "collectivites" }',
            ),
            "empty": Key(
                gettext("What an empty cell answers. Without it, nothing."), 'empty = { partenaires = "personne" }'
            ),
            "reject": Key(
                gettext("The labels that reject their row. An empty text is the empty cell."),
                'reject = ["Autre", "NULL"]',
            ),
            "values": Key(
                gettext(
                    "What each label answers: by id of question or, where the column names its question, "
                    "the answer alone. Nothing between the quotes: not decided yet."
                ),
                'values = { "Commune" = { profile = "collectivites", level = "micro-local" }, "Divers" = "" }',
            ),
        },
    ),
}
