"""What can go wrong, said so that the reader can mend it: where, what, and what to do."""

import errno
from collections.abc import Iterable, Sequence
from enum import StrEnum
from importlib.util import find_spec
from typing import NamedTuple, TypeAlias

from boussole.escape import one_line
from boussole.i18n import DEFAULT_LANGUAGE, Listing, Localised, Message, gettext, ngettext
from boussole.installation import extra_command

Keys: TypeAlias = tuple[str | int, ...]
"""Where something stands in a document: keys and, in lists, positions from 0."""


class Severity(StrEnum):
    """How much a problem matters: the file cannot be used; it does not do what it seems to; worth a look."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    def in_(self, language: str) -> str:
        """Return the word for it."""
        said = {"error": gettext("error"), "warning": gettext("warning"), "note": gettext("note")}
        return said[self.value].in_(language)


class Place(NamedTuple):
    """A position in a text file; line and column count from 1, columns in characters."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        """Return `file:line:column`, the form that editors and terminals make clickable."""
        return f"{self.file}:{self.line}:{self.column}"


class Problem(NamedTuple):
    """One thing that is wrong, with a stable code.

    `subject` names the thing in the author's terms (`question "budget" › option "low"`), `place` where
    it stands, `remedy` what to do about it (with the nearest valid word when there is one). Problems of a file that
    have the same `cause`, where it is not empty, are one mistake; told as one (`grouped`), `others` are the lines of
    all but this one.
    """

    code: str
    what: Localised
    subject: str = ""
    remedy: Localised | None = None
    place: Place | None = None
    severity: Severity = Severity.ERROR
    cause: str = ""
    others: tuple[int, ...] = ()

    def in_(self, language: str) -> str:
        """Return the problem on one to two lines: place, code, subject, cause; then the remedy."""
        return self.headed(self.code, language)

    def headed(self, head: str, language: str) -> str:
        """Return the same, with `head` where the code stands."""
        colon = gettext(": ").in_(language)
        place = f"{self.place}: " if self.place else ""
        subject = f"{self.subject}{colon}" if self.subject else ""
        more = [part.in_(language) for part in (self.remedy, self._elsewhere()) if part is not None]
        return "\n    ".join(map(one_line, [f"{place}{head} {subject}{self.what.in_(language)}", *more]))

    def _elsewhere(self) -> Message | None:
        """Return at which other lines the same mistake stands, where it does."""
        if not self.others:
            return None
        count, lines = len(self.others), list(dict.fromkeys(self.others))
        if len(lines) > _LINES_NAMED:
            return gettext(
                "Also at {count} more places: lines {lines}…",
                count=count,
                lines=", ".join(map(str, lines[:_LINES_NAMED])),
            )
        if len(lines) == 1:
            return ngettext(
                "Also at {count} more place: line {line}.",
                "Also at {count} more places: line {line}.",
                count,
                line=lines[0],
            )
        return gettext("Also at {count} more places: lines {lines}.", count=count, lines=Listing(lines))


_LINES_NAMED = 5


def grouped(problems: Iterable[Problem]) -> list[Problem]:
    """Return the problems with those of one cause in a file told once, where the lowest of their codes stands first."""
    groups: dict[object, list[Problem]] = {}
    for number, problem in enumerate(problems):
        file = problem.place.file if problem.place else ""
        groups.setdefault((file, problem.cause) if problem.cause else number, []).append(problem)
    return [_as_one(group) for group in groups.values()]


def _as_one(group: Sequence[Problem]) -> Problem:
    told = min(group, key=lambda problem: problem.code)
    lines = sorted(problem.place.line for problem in group if problem is not told and problem.place)
    return told._replace(others=tuple(lines))


class Finding(NamedTuple):
    """A problem with the value (or, with `at_key`, the key itself) that stands at `keys`, before it is placed.

    `cause` is as in `Problem`.
    """

    keys: Keys
    code: str
    what: Localised
    remedy: Localised | None = None
    at_key: bool = False
    severity: Severity = Severity.ERROR
    cause: str = ""


class BoussoleError(Exception):
    """Anything boussole refuses to do, told in the user's language at the border.

    `hint` is what to do instead. `exit_code` is what the command line returns, `language` is that of `str(error)`.
    """

    exit_code = 2
    language = DEFAULT_LANGUAGE

    def __init__(self, what: Message, hint: Localised | None = None) -> None:
        """Keep the message untranslated: the border knows the language."""
        super().__init__(what)
        self.what = what
        self.hint = hint

    def in_(self, language: str) -> str:
        """Return the whole explanation in `language`: what, then what to do; a line each, safe for a terminal."""
        said = one_line(self.what.in_(language))
        return said if self.hint is None else f"{said}\n{one_line(self.hint.in_(language))}"

    def __str__(self) -> str:
        """Return the explanation in the language of whoever called, French where nothing says it."""
        return self.in_(self.language)


class _ProblemsError(BoussoleError):
    """An error made of several problems, all told at once."""

    def __init__(self, what: Message, problems: Sequence[Problem]) -> None:
        super().__init__(what)
        self.problems = tuple(problems)

    def in_(self, language: str) -> str:
        """Return the headline, then a paragraph for each problem."""
        return "\n".join([super().in_(language), *(problem.in_(language) for problem in grouped(self.problems))])


class DefinitionError(_ProblemsError):
    """A catalogue or a compass that cannot be used; `problems` holds every mistake of `source`."""

    def __init__(self, what: Message, problems: Sequence[Problem], source: str = "") -> None:
        """Keep the file the problems were found in."""
        super().__init__(what, problems)
        self.source = source


class AnswersError(_ProblemsError):
    """Answers that do not fit the compass; `problems` holds one per answer."""


class TableError(BoussoleError):
    """A table of rows that cannot be read or written; the message says at which line, the hint what to do."""


_REASONS: dict[int, Message] = {
    errno.ENOENT: gettext("there is no such file or folder"),
    errno.ENOTDIR: gettext("a part of the path is not a folder"),
    errno.EEXIST: gettext("there is something of that name already"),
    errno.EISDIR: gettext("it is a folder"),
    errno.EACCES: gettext("you are not allowed to"),
    errno.EPERM: gettext("you are not allowed to"),
    errno.EROFS: gettext("this place can only be read"),
    errno.ENOSPC: gettext("the disk is full"),
    errno.EDQUOT: gettext("your share of the disk is full"),
    errno.EFBIG: gettext("the file would be too large"),
    errno.ENAMETOOLONG: gettext("the name is too long"),
    errno.EIO: gettext("the disk does not answer"),
    errno.EBUSY: gettext("another program uses it"),
    errno.EMFILE: gettext("too many files are open"),
    errno.ENFILE: gettext("too many files are open"),
    errno.ELOOP: gettext("its links go round in circles"),
    errno.EBADF: gettext("the output is closed"),
}
_SPACE = gettext("Free some space, or choose another disk.")
_PLACE = gettext("Choose a folder where you may write.")
_REMEDIES: dict[int, Message] = {
    errno.ENOENT: gettext("Make this folder first, or choose another one."),
    errno.ENOTDIR: gettext("Choose another folder."),
    errno.EISDIR: gettext("Give the name of a file."),
    errno.EACCES: _PLACE,
    errno.EPERM: _PLACE,
    errno.EROFS: _PLACE,
    errno.ENOSPC: _SPACE,
    errno.EDQUOT: _SPACE,
    errno.EFBIG: _SPACE,
    errno.EBADF: gettext("Write it with -o FILE."),
    errno.ENAMETOOLONG: gettext("Give a shorter name."),
    errno.EBUSY: gettext("Close what uses it, then try again."),
}


def reason_of(error: OSError) -> Localised | str:
    """Return what an error of the system says; in the system's own words only where it is a rare one."""
    return _REASONS.get(error.errno or 0) or error.strerror or type(error).__name__


def remedy_of(error: OSError) -> Message:
    """Return what to do about a file or folder that cannot be written, for the cause that the system gives."""
    return known_remedy_of(error) or gettext("Choose another folder.")


def known_remedy_of(error: OSError) -> Message | None:
    """Return what to do about what cannot be written, be it no file at all; None where the cause does not say it."""
    return _REMEDIES.get(error.errno or 0)


def lines_of(text: Localised, language: str) -> list[str]:
    """Return what is said, safe for a terminal: a line, or those of an error or a problem.

    Whatever stands in it, the name of a file or an id, makes no line of its own.
    """
    said = text.in_(language)
    return said.split("\n") if isinstance(text, BoussoleError | Problem) else [one_line(said)]


def cannot_read(path: object, error: OSError) -> Message:
    """Return that a file cannot be read, and why."""
    return gettext("“{path}” cannot be read: {reason}.", path=path, reason=reason_of(error))


def cannot_write(path: object, error: OSError) -> Message:
    """Return that a file or folder cannot be written, and why."""
    return gettext("“{path}” cannot be written: {reason}.", path=path, reason=reason_of(error))


def need(extra: str, form: str, *modules: str) -> None:
    """Refuse to go on without the libraries that `form` (“PDF”, “boussole batch”) takes.

    Raises:
        BoussoleError: with the line that adds `extra` to boussole as it is installed.

    """
    missing = next((name for name in modules if find_spec(name) is None), None)
    if missing is not None:
        raise BoussoleError(
            gettext("{form} needs “{name}”, which is not installed.", form=form, name=missing),
            gettext("Run {command}.", command=extra_command(extra)),
        )
