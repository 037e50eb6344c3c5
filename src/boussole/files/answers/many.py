"""Many people's answers in, whatever holds them: files of every form, codes, JSON Lines, and folders of these."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from boussole.errors import BoussoleError
from boussole.files.answers.blocks import in_markdown
from boussole.files.answers.decoding import ascii_at_least
from boussole.files.answers.loading import HOLDERS, holds_answers, load_answers
from boussole.files.answers.share_code import codes_in, from_code, is_code
from boussole.files.reach import exists, is_file
from boussole.files.toml.parsing import read_bytes, unreadable
from boussole.i18n import gettext
from boussole.limits.table import LINE_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from boussole.core.definitions.compass import Value
    from boussole.files.answers.saved import Saved
    from boussole.i18n import Localised

_LINES = {".jsonl", ".ndjson"}
_PLAIN = {".txt"}
"""Texts of any kind: one without answers is none of them."""
_TEXT = {*_PLAIN, ".md", ".markdown", ".eml"}
_ANSWERS = {".toml", *HOLDERS}
_LINE_OF = re.compile("(.+):([0-9]+)")
_BOM = b"\xef\xbb\xbf"
_LOOKED_AT = 200


class AnswerSet(NamedTuple):
    """What somebody answered, before it is checked; `compass` is None where it is not said which one was answered.

    `sheet` is the same each time one interview is saved, `person` the same in every `round` of one person; `people` is
    for how many it speaks. `saved` is when, in a form whose order is that of time. `shared` is False where the person
    wants to be counted nowhere. `alone` is True for a line of JSON Lines, which is a person of its own.
    """

    name: str
    compass: str | None
    values: Mapping[str, Value]
    sheet: str | None = None
    person: str | None = None
    round: int = 1
    people: int = 1
    saved: str | None = None
    compass_version: str = ""
    compass_digest: str = ""
    catalogue_version: str = ""
    catalogue_digest: str = ""
    shared: bool = True
    alone: bool = False


class Unread(NamedTuple):
    """A file, or a line of one, that holds no answers, and why."""

    name: str
    reason: Localised


def read_source(word: str) -> Iterator[AnswerSet | Unread]:
    """Yield every sheet of one source: a code to share, or what is in a file or folder; see `read_many`.

    What cannot be read at all is yielded as such, so that the other sources are served.
    """
    try:
        yield from read_named(word)
    except BoussoleError as error:
        yield Unread(word, error)


def read_named(word: str) -> Iterator[AnswerSet | Unread]:
    """Yield every sheet that `word` names: a code, what is in a file or folder (`read_many`), or a line of a file.

    The sheet of a line has the name that `read_many` gives it: `sheets.jsonl:3`.

    Raises:
        BoussoleError: when there is none.

    """
    if is_code(word):
        yield _of_saved(word.strip(), from_code(word))
    elif (line := line_of(word)) is not None:
        path, name = line
        one = next((sheet for sheet in read_many(path) if sheet.name == name), None)
        if one is None:
            raise BoussoleError(gettext("Nobody’s answers are there: “{name}”.", name=word))
        yield one
    else:
        yield from read_many(Path(word))


def line_of(word: str) -> tuple[Path, str] | None:
    """Return the file that `word` names a line of, `folder/sheets.jsonl:3`, and the name of its sheet, else None."""
    found = _LINE_OF.fullmatch(word)
    if found is None or is_file(word) or not is_file(found[1]):
        return None
    path = Path(found[1])
    return path, f"{path.name}:{int(found[2])}"


def read_many(path: Path) -> Iterator[AnswerSet | Unread]:
    """Yield every sheet in `path`, in the order of names and lines; what cannot be read is yielded as such.

    A file may be an answers file, a path that boussole exported in any form, the export of a workshop, a text in which
    codes stand, or JSON Lines; a folder may hold these. A file by another name is read as JSON Lines where it begins as
    they do, and so is what is no file (a pipe).

    Raises:
        BoussoleError: when `path` itself cannot be read, or a folder holds none of these.

    """
    if not path.is_dir():
        yield from _sheets_in(path)
        return
    found = False
    for file in sorted(path.iterdir()):
        if file.suffix.lower() not in _ANSWERS | _LINES or not file.is_file():
            continue
        try:
            if file.suffix.lower() in _PLAIN and not holds_answers(ascii_at_least(read_bytes(file), file)):
                continue  # some other text
            found = True
            yield from _sheets_in(file)
        except BoussoleError as error:  # one file that is wrong must not hide the others
            yield Unread(file.name, error)
    if not found:
        raise BoussoleError(
            gettext("There are no answers in the folder “{path}”.", path=path),
            gettext(
                "It should hold answers files (.toml), paths exported by boussole (.md, .html, .pdf, .docx, .json), "
                "codes (.txt), or JSON Lines (.jsonl)."
            ),
        )


def _sheets_in(file: Path) -> Iterator[AnswerSet | Unread]:
    suffix = file.suffix.lower()
    if suffix == ".json":
        yield from _of_json(file)
    elif has_lines(file):
        yield from _of_lines(file)
    elif suffix in _TEXT or suffix not in _ANSWERS:
        yield from _of_text(file)
    else:
        yield _of_saved(file.name, load_answers(file))


def has_lines(file: Path) -> bool:
    """Tell whether a file is JSON Lines, by its name, else as it begins."""
    suffix = file.suffix.lower()
    if suffix in _LINES | _ANSWERS:
        return suffix in _LINES
    if not is_file(file):
        return exists(file)
    try:
        with file.open("rb") as begun:
            return begun.read(_LOOKED_AT).removeprefix(_BOM).lstrip().startswith(b"{")
    except OSError as error:
        raise unreadable(file, error) from error


def _of_saved(name: str, saved: Saved) -> AnswerSet:
    return AnswerSet(
        name,
        saved.compass,
        {**saved.aside, **saved.answers},
        sheet=saved.sheet,
        people=saved.people,
        saved=None if saved.saved is None else _moment(saved.saved),
        compass_version=saved.compass_version,
        compass_digest=saved.compass_digest,
        catalogue_version=saved.catalogue_version,
        catalogue_digest=saved.catalogue_digest,
        shared=saved.share,
    )


def _of_text(file: Path) -> Iterator[AnswerSet | Unread]:
    """Yield the sheets of all the codes of a text, or the one of the path that stands in it."""
    text = ascii_at_least(read_bytes(file), file)
    codes = list(codes_in(text)) if in_markdown(text) is None else []
    if len(codes) > 1 or (codes and file.suffix.lower() in _PLAIN):
        for number, one in codes:
            name = f"{file.name}:{number}"
            yield Unread(name, one) if isinstance(one, BoussoleError) else _of_saved(name, one)
    elif file.suffix.lower() in _PLAIN and not holds_answers(text):
        raise BoussoleError(
            gettext("“{path}” holds no codes.", path=file),
            gettext("A text file of answers has a code to share, “{start}…”, on each line.", start="boussole-1:"),
        )
    else:
        yield _of_saved(file.name, load_answers(file))


def _of_json(file: Path) -> Iterator[AnswerSet | Unread]:
    """Yield the sheets of a workshop's export, or the answers of a result."""
    import json

    try:
        document: Any = json.loads(read_bytes(file))
    except (ValueError, RecursionError):
        document = None  # the reader of answers says what is wrong
    sheets = document.get("sheets") if isinstance(document, dict) else None
    if not isinstance(sheets, list):
        yield _of_saved(file.name, load_answers(file))
        return
    for number, sheet in enumerate(sheets, start=1):
        yield _of_object(f"{file.name}:{number}", sheet)


def _of_lines(file: Path) -> Iterator[AnswerSet | Unread]:
    try:
        with file.open("rb") as lines:
            number = 0
            while line := lines.readline(LINE_BYTES.most + 1):
                number += 1
                name = f"{file.name}:{number}"
                LINE_BYTES.check(len(line), name)
                bare = line.removeprefix(_BOM) if number == 1 else line
                if bare.strip():
                    yield _of_line(name, bare)
    except OSError as error:
        raise unreadable(file, error) from error


def _of_line(name: str, line: bytes) -> AnswerSet | Unread:
    import json

    try:
        found: Any = json.loads(line.decode())
    except UnicodeDecodeError:
        return Unread(name, gettext("this is not UTF-8 text."))
    except (ValueError, RecursionError):
        return Unread(name, gettext("this line is not JSON."))
    return _of_object(name, found)


def _of_object(name: str, found: Any) -> AnswerSet | Unread:  # noqa: ANN401 - any JSON
    """Return the sheet of one line: `{"compass": …, "answers": {…}}`, or the answers themselves."""
    if not isinstance(found, dict):
        return Unread(name, gettext("this line is not an object {example}.", example='{"question": "answer"}'))
    values, about = found, {}
    if isinstance(found.get("answers"), dict):
        values = found["answers"]
        about = {key: value for key, value in found.items() if value is not None}
    for key in _TEXTS:
        if not isinstance(about.get(key, ""), str):
            return Unread(name, gettext("“{key}” must be a text.", key=key))
    for key in ("round", "people"):
        number = about.get(key, 1)
        if type(number) is not int or number < 1:
            return Unread(name, gettext("“{key}” must be a whole number, 1 or more.", key=key))
    return AnswerSet(
        name,
        about.get("compass"),
        {id_: _value(value) for id_, value in values.items() if value is not None},
        sheet=about.get("sheet"),
        person=about.get("person"),
        round=about.get("round", 1),
        people=about.get("people", 1),
        saved=_moment_written(about.get("saved", "")),
        **{key: about.get(key, "") for key in _VERSIONS},
        shared=about.get("share") is not False,
        alone=True,
    )


_VERSIONS = ("compass_version", "compass_digest", "catalogue_version", "catalogue_digest")
_TEXTS = ("compass", "sheet", "person", "saved", *_VERSIONS)


def _value(raw: Any) -> Value:  # noqa: ANN401 - any JSON; what is no answer is refused by its question
    return tuple(raw) if isinstance(raw, list) else raw


def _moment_written(text: str) -> str | None:
    """Return a moment, or a day, as written in JSON; None where it is neither."""
    try:
        return _moment(dt.datetime.fromisoformat(text)) if len(text) > len("2026-11-22") else _day(text)
    except ValueError:
        return None


def _day(text: str) -> str:
    return dt.date.fromisoformat(text).isoformat()


def _moment(when: dt.datetime) -> str:
    """Return a moment in a form whose order is that of time, wherever on Earth it was saved."""
    return (when if when.tzinfo is None else when.astimezone(dt.UTC)).isoformat()
