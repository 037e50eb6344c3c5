"""Many people's answers in: a folder of answers files, one of them, or a JSON Lines file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from boussole.errors import BoussoleError
from boussole.files.answers.loading import load_answers
from boussole.files.toml.parsing import unreadable
from boussole.i18n import gettext

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from boussole.core.definitions.compass import Value
    from boussole.i18n import Localised

_LINES = {".jsonl", ".ndjson"}
_ANSWERS = {".toml", ".md", ".markdown", ".html", ".htm"}
_BOM = b"\xef\xbb\xbf"


class AnswerSet(NamedTuple):
    """What somebody answered, before it is checked; `compass` is None where it is not said which one was answered."""

    name: str
    compass: str | None
    values: Mapping[str, Value]


class Unread(NamedTuple):
    """A file, or a line of one, that holds no answers, and why."""

    name: str
    reason: Localised


def read_many(path: Path) -> Iterator[AnswerSet | Unread]:
    """Yield every sheet in `path`, in the order of names and lines; what cannot be read is yielded as such.

    A folder may hold answers files, paths that boussole exported (Markdown or HTML), and JSON Lines files. Any file by
    another name than those is read as JSON Lines.

    Raises:
        BoussoleError: when `path` itself cannot be read, or a folder holds none of these.

    """
    if not path.is_dir():
        yield from _sheets_in(path)
        return
    files = sorted(file for file in path.iterdir() if file.suffix.lower() in _ANSWERS | _LINES and file.is_file())
    if not files:
        raise BoussoleError(
            gettext("There are no answers in the folder “{path}”.", path=path),
            gettext(
                "It should hold answers files (.toml), paths exported by boussole (.md, .html), or JSON Lines (.jsonl)."
            ),
        )
    for file in files:
        try:
            yield from _sheets_in(file)
        except BoussoleError as error:  # one file that is wrong must not hide the others
            yield Unread(file.name, error)


def _sheets_in(file: Path) -> Iterator[AnswerSet | Unread]:
    if file.suffix.lower() not in _ANSWERS:
        yield from _lines_of(file)
        return
    saved = load_answers(file)
    yield AnswerSet(file.name, saved.compass, {**saved.aside, **saved.answers})


def _lines_of(file: Path) -> Iterator[AnswerSet | Unread]:
    try:
        with file.open("rb") as lines:
            for number, line in enumerate(lines, start=1):
                bare = line.removeprefix(_BOM) if number == 1 else line
                if bare.strip():
                    yield _sheet(f"{file.name}:{number}", bare)
    except OSError as error:
        raise unreadable(file, error) from error


def _sheet(name: str, line: bytes) -> AnswerSet | Unread:
    """Return the sheet of one line: `{"compass": …, "answers": {…}}`, or the answers themselves."""
    import json

    try:
        found: Any = json.loads(line.decode())
    except UnicodeDecodeError:
        return Unread(name, gettext("this is not UTF-8 text."))
    except (ValueError, RecursionError):
        return Unread(name, gettext("this line is not JSON."))
    if not isinstance(found, dict):
        return Unread(name, gettext("this line is not an object {example}.", example='{"question": "answer"}'))
    compass, values = None, found
    if isinstance(found.get("answers"), dict):
        compass, values = found.get("compass"), found["answers"]
    if compass is not None and not isinstance(compass, str):
        return Unread(name, gettext("“{key}” must be a text.", key="compass"))
    return AnswerSet(name, compass, {id_: _value(value) for id_, value in values.items() if value is not None})


def _value(raw: Any) -> Value:  # noqa: ANN401 - any JSON; what is no answer is refused by its question
    return tuple(raw) if isinstance(raw, list) else raw
