"""A question type and an output format that exist only in a test: the lines that somebody would add, file by file.

A line is added before or after another one that stands there, as the recipes of CONTRIBUTING.md say.
"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, NamedTuple

from support.paths import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


class Edit(NamedTuple):
    """What stands in a file of `src/boussole`, and what is to stand there instead, once."""

    file: str
    old: str
    new: str


def copy_of_sources(folder: Path) -> Path:
    """Copy the sources into `folder`, with what mypy is told; return the folder of the package."""
    shutil.copytree(ROOT / "src", folder / "src", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder / "src" / "boussole"


def apply(package: Path, edits: Iterable[Edit]) -> None:
    """Make the edits, each of which must find its place."""
    for edit in edits:
        path = package / edit.file
        text = path.read_text("utf-8")
        assert text.count(edit.old) == 1, f"{edit.file}: {text.count(edit.old)} times {edit.old!r}"
        path.write_text(text.replace(edit.old, edit.new), encoding="utf-8")


_COMPASS = "core/definitions/compass.py"
_ACCEPTING = "core/answers/accepting.py"
_WRITTEN = "core/answers/written.py"
_CONDITIONS = "files/definitions/conditions.py"
_QUESTIONS = "files/definitions/questions.py"
_TABLES = "files/toml/tables.py"

DECLARED = (
    Edit(_COMPASS, '    TEXT = "text"\n', '    TEXT = "text"\n    TIME = "time"\n'),
    Edit(
        _COMPASS,
        "Literal[QuestionType.NUMBER, QuestionType.DATE]",
        "Literal[QuestionType.NUMBER, QuestionType.DATE, QuestionType.TIME]",
    ),
    Edit(
        _COMPASS,
        "        case QuestionType.NUMBER | QuestionType.DATE:\n            return type_\n",
        "        case QuestionType.NUMBER | QuestionType.DATE | QuestionType.TIME:\n            return type_\n",
    ),
)
"""A type `time`, answered as 14:30, whose measure is the minutes since midnight: all that is said before mypy leads."""

_OTHER_MEASURED = "        case QuestionType.NUMBER | QuestionType.DATE:\n"
_ANY_MEASURED = "        case QuestionType.NUMBER | QuestionType.DATE | QuestionType.TIME:\n"

LED = (
    Edit(
        _COMPASS,
        "                return date.fromisoformat(str(value)).toordinal()\n",
        """\
                return date.fromisoformat(str(value)).toordinal()
            case QuestionType.TIME:
                hours, minutes = str(value).split(":")
                return 60 * int(hours) + int(minutes)
""",
    ),
    Edit(
        _COMPASS,
        "                return date.fromordinal(measure).isoformat()\n",
        """\
                return date.fromordinal(measure).isoformat()
            case QuestionType.TIME:
                return f"{measure // 60:02}:{measure % 60:02}"
""",
    ),
    Edit(
        _COMPASS,
        "                least, most = date.min.toordinal(), date.max.toordinal()\n",
        """\
                least, most = date.min.toordinal(), date.max.toordinal()
            case QuestionType.TIME:
                least, most = 0, 24 * 60 - 1
""",
    ),
    Edit(
        _ACCEPTING,
        "            return day(question, raw)\n",
        """\
            return day(question, raw)
        case QuestionType.TIME:
            return clock(question, raw)
""",
    ),
    Edit(
        _ACCEPTING,
        "            return accept(question, written_day(question, word))\n",
        """\
            return accept(question, written_day(question, word))
        case QuestionType.TIME:
            return accept(question, word.replace("h", ":"))
""",
    ),
    Edit(
        "core/answers/remedies.py",
        "            return _day_bounds(question)\n",
        """\
            return _day_bounds(question)
        case QuestionType.TIME:
            low, high = (question.of_measure(one) for one in question.bounds if one is not None)
            return gettext("Write a time from {low} to {high}.", low=low, high=high)
""",
    ),
    Edit(
        "core/definitions/condition_words.py",
        "        case QuestionType.NUMBER | None:\n",
        """\
        case QuestionType.TIME:
            return gettext("{hours:02}:{minutes:02}", hours=measure // 60, minutes=measure % 60)
        case QuestionType.NUMBER | None:
""",
    ),
    Edit("core/explore/answer_classes.py", _OTHER_MEASURED, _ANY_MEASURED),
    Edit(
        "core/explore/sampling.py",
        "            return question.of_measure(_day(question, chance))\n",
        """\
            return question.of_measure(_day(question, chance))
        case QuestionType.TIME:
            least, most = question.bounds
            return question.of_measure(chance.randint(least or 0, most or 0))
""",
    ),
    Edit("core/why/alternatives.py", _OTHER_MEASURED, _ANY_MEASURED),
    Edit(
        "core/group/division.py",
        "        case QuestionType.NUMBER | QuestionType.DATE | QuestionType.TEXT:\n",
        "        case QuestionType.NUMBER | QuestionType.DATE | QuestionType.TIME | QuestionType.TEXT:\n",
    ),
    Edit(
        "files/toml/answer_values.py",
        "            | QuestionType.NUMBER | QuestionType.TEXT\n",
        "            | QuestionType.NUMBER | QuestionType.TIME | QuestionType.TEXT\n",
    ),
    Edit(
        _CONDITIONS,
        "                return self._accepted(written) if type(written) is date else None\n",
        """\
                return self._accepted(written) if type(written) is date else None
            case QuestionType.TIME:
                return self._accepted(written)
""",
    ),
    Edit(
        _CONDITIONS,
        '                return gettext("a day, written 2026-11-22 without quotes")\n',
        """\
                return gettext("a day, written 2026-11-22 without quotes")
            case QuestionType.TIME:
                return gettext('a time, written "14:30"')
""",
    ),
    Edit(
        _QUESTIONS,
        "        case QuestionType.DATE | QuestionType.TEXT:\n",
        "        case QuestionType.DATE | QuestionType.TIME | QuestionType.TEXT:\n",
    ),
    Edit(_QUESTIONS, _OTHER_MEASURED, _ANY_MEASURED),
    Edit(
        "cli/commands/list.py",
        '            return gettext("a day")\n',
        """\
            return gettext("a day")
        case QuestionType.TIME:
            return gettext("a time")
""",
    ),
    Edit("render/wording.py", _OTHER_MEASURED, _ANY_MEASURED),
    Edit(
        "render/workshop/phone.py",
        "        case QuestionType.TEXT:\n",
        "        case QuestionType.TEXT | QuestionType.TIME:\n",
    ),
)
"""What mypy asks for once that is said."""

ASKED_FOR_BY_TESTS = (
    Edit(_TABLES, '"number", "date", "text"]', '"number", "date", "time", "text"]'),
    Edit(
        "files/authoring/json_schema.py",
        '            (["date"], ',
        '            (["time"], {"properties": dict.fromkeys(("min", "max", "default"), {"type": "string"})}),\n'
        '            (["date"], ',
    ),
)
"""What a test asks for: what the types of the files cannot say to mypy."""

OWN = (
    Edit(
        _TABLES, "    min: NotRequired[int | float | dt.date]\n", "    min: NotRequired[int | float | str | dt.date]\n"
    ),
    Edit(
        _TABLES, "    max: NotRequired[int | float | dt.date]\n", "    max: NotRequired[int | float | str | dt.date]\n"
    ),
    Edit(_ACCEPTING, "import day, decimal", "import clock, day, decimal"),
    Edit(
        _WRITTEN,
        "def whole(",
        '''\
def clock(question: Question, raw: object) -> str:
    """Return a time of the day, within the bounds of its question."""
    found = re.fullmatch("([0-9]{1,2}):([0-9]{2})", raw) if isinstance(raw, str) else None
    if found is None or int(found[1]) > 23 or int(found[2]) > 59:
        raise refuse(question, "A102", gettext("the answer must be a time."), expected(question))
    measure = 60 * int(found[1]) + int(found[2])
    _refuse_outside(question, measure, question.bounds, raw)
    return str(question.of_measure(measure))


def whole(''',
    ),
)
"""What is its own, and is asked for by the lines above: how it is read, and how its bounds are written in a file."""


_OUTPUT = "cli/output.py"
_RESULT = "cli/result.py"

FORMAT_DECLARED = (
    Edit(_OUTPUT, '    QR = "qr"\n', '    QR = "qr"\n    ADOC = "adoc"\n'),
    Edit(_OUTPUT, '    Format.CSV: (".csv",),\n', '    Format.CSV: (".csv",),\n    Format.ADOC: (".adoc",),\n'),
    Edit(
        _OUTPUT,
        "        Format.CSV,\n        Format.HTML,\n",
        "        Format.CSV,\n        Format.ADOC,\n        Format.HTML,\n",
    ),
)
"""A format `adoc` of a result."""

FORMAT_LED = (
    Edit(
        _RESULT,
        "        case Format.CSV:\n",
        """\
        case Format.ADOC:
            from boussole.render.recommend.adoc import to_adoc

            return to_adoc(ranking, language, shown=shown)
        case Format.CSV:
""",
    ),
    Edit(_RESULT, "Format.TEXT | Format.CSV | ", "Format.TEXT | Format.CSV | Format.ADOC | "),
)
"""What mypy asks for once that is said."""

FORMAT_MODULE = (
    "render/recommend/adoc.py",
    '''\
"""A result as AsciiDoc."""

from __future__ import annotations

from typing import TYPE_CHECKING

from boussole.escape import plain_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from boussole.core.ranking import Ranking, Recommendation


def to_adoc(ranking: Ranking, language: str, *, shown: Sequence[Recommendation]) -> str:
    """Return a numbered list under the title of the compass."""
    title = plain_text(ranking.context.compass.title.in_(language))
    return "".join((f"= {title}\\n\\n", *(f". {plain_text(one.medoc.title.in_(language))}\\n" for one in shown)))
''',
)
"""The module that renders it, and its text."""
