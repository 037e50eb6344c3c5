"""The answers of one person, as somebody names them: a code, a file that holds them, or one line of many people's."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from boussole.errors import BoussoleError
from boussole.files.answers.loading import HOLDERS, PDF, ZIP, load_answers
from boussole.files.answers.many import AnswerSet, Unread, has_lines, line_of, read_named
from boussole.files.answers.saved import Saved
from boussole.files.answers.share_code import from_code, is_code
from boussole.files.reach import is_file, is_folder
from boussole.files.toml.parsing import parse, read_bytes
from boussole.i18n import gettext
from boussole.limits.table import CATALOGUE_BYTES

if TYPE_CHECKING:
    from collections.abc import Mapping


def read_one(word: str) -> Saved:
    """Return the answers that `word` names; "" as their compass where it is not said which one was answered.

    A line of a file of many people is named as what reads them all does: `sheets.jsonl:3`.

    Raises:
        BoussoleError: when there are none, they cannot be read, or they are of several people.

    """
    if is_code(word):
        return from_code(word)
    path = Path(word)
    if is_folder(path) or (line_of(word) is None and not _of_many(path)):
        return load_answers(path)
    found = list(islice(read_named(word), 2))
    if len(found) > 1:
        raise BoussoleError(
            gettext("“{path}” holds the answers of several people.", path=word),
            gettext("Name one of them: {name}", name=str(path.with_name(found[0].name))),
        )
    if not found:
        raise BoussoleError(gettext("“{path}” holds no answers.", path=word))
    one = found[0]
    if isinstance(one, Unread):
        raise BoussoleError(gettext("{name}: {reason}", name=one.name, reason=one.reason))
    return _saved(one)


def means_answers(word: str) -> bool | None:
    """Tell whether `word` names answers, rather than definitions; None where there is nothing of that name.

    Raises:
        BoussoleError: when it cannot be read.

    """
    if is_code(word) or line_of(word) is not None:
        return True
    path = Path(word)
    if is_folder(path):
        return False
    if not is_file(path):
        return None
    if path.suffix.lower() in HOLDERS or has_lines(path):
        return True
    content = read_bytes(path, CATALOGUE_BYTES)
    return content.startswith((PDF, ZIP)) or "answers" in parse(content, word)


def _of_many(path: Path) -> bool:
    """Tell whether a file is of a form that holds many people: JSON Lines, or what a workshop exports."""
    if path.suffix.lower() != ".json":
        return has_lines(path)
    import json

    try:
        document: Mapping[str, object] = json.loads(read_bytes(path))
    except (ValueError, RecursionError):
        return False
    return isinstance(document, dict) and isinstance(document.get("sheets"), list)


def _saved(one: AnswerSet) -> Saved:
    return Saved(
        one.compass or "",
        one.values,
        compass_version=one.compass_version,
        compass_digest=one.compass_digest,
        catalogue_version=one.catalogue_version,
        catalogue_digest=one.catalogue_digest,
        sheet=one.sheet,
        share=one.shared,
        people=one.people,
    )
