"""A text that is not TOML in: each slip told, and the text as it was meant, to read on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from boussole.files.toml.slips import brackets, foreign, quotes, values
from boussole.files.toml.slips.mended import Mended, Slip, line_at
from boussole.files.toml.slips.repeats import inside, repeat
from boussole.files.toml.slips.scanning import statements
from boussole.i18n import gettext
from boussole.limits.table import (
    ESCAPED_QUOTES_LETTERS,
    PROBLEMS_SHOWN,
    STATEMENT_LETTERS,
    STATEMENTS_MENDED,
    TOGETHER_LETTERS,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from boussole.files.toml.slips.mended import Attempt
    from boussole.files.toml.slips.scanning import Statement
    from boussole.i18n import Message

    Way = Callable[[str, int], Iterator[Attempt]]
    """Yields what a statement may have been meant for, from where the reader of TOML stops in it."""

_WAYS: tuple[Way, ...] = (
    foreign.marks,
    quotes.controls,
    quotes.spaces,
    quotes.typographic,
    quotes.across,
    quotes.unended,
    foreign.comments,
    brackets.headers,
    brackets.ended,
    brackets.parentheses,
    inside,
    foreign.signs,
    foreign.keys,
    quotes.backslashes,
    brackets.separators,
    quotes.inner,
    quotes.unclosed,
    brackets.commas,
    brackets.unpaired,
    values.values,
    brackets.trailing,
)
"""What may have been meant, the most certain first."""
_GUESSES = frozenset({quotes.inner, quotes.unclosed, brackets.unpaired, brackets.trailing})
"""Ways that let the reader go further whatever was meant: two of them for one line is a guess too far."""
_MOST_IN_ONE = 12
_TOLD_ONCE = frozenset({"git", "yaml", "json", "xml"})


_OLD_ENDS = gettext("the ends of line are not those of TOML (a carriage return alone).")
_SAVE = gettext("Save the file with the ends of line of Unix (LF) or Windows (CRLF).")


class _Mender:
    """Mends one text, statement by statement, then what does not go together."""

    def __init__(self) -> None:
        self.slips: list[Slip] = []
        self.lost: set[int] = set()
        self.groups: set[str] = set()
        self.pieces: list[tuple[str, int]] = []
        self.right = False
        """Whether any statement is TOML."""

    def statement(self, one: Statement) -> None:
        """Keep a statement, mended where it has to be."""
        first = _wrong_at(one.text)
        if first is not None and len(one.text) > STATEMENT_LETTERS:
            self.pieces.append(("\n" * one.text.count("\n"), one.line))
            self._tell(one.text, foreign.unknown(one.text, line_at(one.text, first)), "", one)
            return
        if first is None:
            self.right |= bool(one.text.strip()) and not one.text.lstrip().startswith("#")
            self.pieces.append((one.text, one.line))
            return
        text = one.text
        attempts: list[tuple[str, Attempt]] = []
        guesses: set[tuple[int, Way]] = set()
        while (at := _wrong_at(text)) is not None and len(attempts) < _MOST_IN_ONE:
            way, attempt = _better(text, at)
            row = text.count("\n", 0, attempt.at)
            guesses |= {(row, way)} if way in _GUESSES else set()
            attempts.append((text, attempt))
            text = attempt.text
        unsure = len({row for row, _ in guesses}) < len(guesses)
        if unsure or _wrong_at(text) is not None or any(attempt.group == "unknown" for _, attempt in attempts):
            attempts = [(one.text, foreign.unknown(one.text, line_at(one.text, first)))]
            text = attempts[0][1].text
        self.pieces.append((text, one.line))
        if "yaml" in self.groups and any(attempt.group == ":" for _, attempt in attempts):
            return
        for before, attempt in attempts:
            self._tell(before, attempt, text, one)

    def count(self, one: Statement) -> None:
        """Keep a statement that is right; of one that is not, which will not be shown, only count it."""
        wrong = _wrong_at(one.text) is not None
        self.pieces.append(("\n" * one.text.count("\n") if wrong else one.text, one.line))
        if wrong:
            self._tell(one.text, foreign.unknown(one.text, line_at(one.text, 0)), "", one)

    def _tell(self, before: str, attempt: Attempt, final: str, one: Statement) -> None:
        line = one.line
        row = before.count("\n", 0, attempt.at)
        if attempt.lost:
            self.lost.update(range(line, line + max(1, before.count("\n"))))
        if attempt.group in _TOLD_ONCE:
            if attempt.group in self.groups:
                return
            self.groups.add(attempt.group)
        written = one.text.split("\n")
        row = min(row, len(written) - 1)
        column = min(attempt.at - before.rfind("\n", 0, attempt.at), len(written[row]) + 1)
        remedy = attempt.remedy or _remedy(before, attempt, final, row, line)
        self.slips.append(Slip(attempt.what, remedy, line + row, column))

    def together(self) -> None:
        """Mend what is right alone and wrong with the rest."""
        letters = sum(len(text) for text, _ in self.pieces)
        for _ in range(min(PROBLEMS_SHOWN, 2 + TOGETHER_LETTERS // (letters + 1))):
            text = "".join(text for text, _ in self.pieces)
            at = _wrong_at(text)
            if at is None:
                return
            index = self._piece_at(at)
            again = repeat(self.pieces, index)
            line = self.pieces[again.place][1]
            self.lost |= {self.pieces[place][1] for place, new in again.new.items() if not new.strip()}
            if "git" not in self.groups:  # both versions stand there: that is said
                self.slips.append(Slip(again.what, again.remedy, line, 1))
            for place, new in again.new.items():
                self.pieces[place] = (new, self.pieces[place][1])

    def _piece_at(self, at: int) -> int:
        """Return the statement where `at` stands; of an end, the one before, unless it holds nothing."""
        end, last = 0, 0
        for index, (text, _) in enumerate(self.pieces):
            if text.strip() and not text.lstrip().startswith("#"):
                last = index
            end += len(text)
            if at <= end - 1 or (at == end and text.strip()):
                return last
        return last


def mend(text: str) -> Mended:
    """Return a text that is TOML, as near as can be to `text`, which is not, and each slip of it."""
    text = text.replace("\r\n", "\n")
    mender = _Mender()
    if "\r" in text:  # the ends of line of very old machines
        mender.slips.append(Slip(_OLD_ENDS, _SAVE, text.count("\n", 0, text.index("\r")) + 1, 1))
        text = text.replace("\r", "\n")
    text = _without_costly_lines(text, mender)
    count = 0
    for one in statements(text):
        count += bool(one.text.strip())
        if count > STATEMENTS_MENDED:
            mender.lost.add(one.line)
            break
        if len(mender.slips) >= PROBLEMS_SHOWN:
            mender.count(one)
        else:
            mender.statement(one)
    if "yaml" in mender.groups and not mender.right:
        return _all_in_yaml(text, mender)
    mender.together()
    pieces = mender.pieces
    whole = "".join(piece for piece, _ in pieces)
    if _wrong_at(whole) is not None:
        whole, pieces = "", []
    lines = [line + row for piece, line in pieces for row in range(piece.count("\n"))]
    slips = tuple(sorted(mender.slips, key=_place))
    return Mended(whole, slips, (*lines, (lines or [0])[-1] + 1), frozenset(mender.lost))


def _all_in_yaml(text: str, mender: _Mender) -> Mended:
    """Return nothing of a text without a line of TOML, told at its first line."""
    yaml = next(slip for slip in mender.slips if slip.remedy is foreign.LAYOUT)
    first = min(slip.line for slip in mender.slips)
    lines = text.count("\n") + 1
    return Mended("", (yaml._replace(line=first, column=1),), (1,), frozenset(range(1, lines + 1)))


def _without_costly_lines(text: str, mender: _Mender) -> str:
    """Return a text without the lines, from the one that goes beyond the limit on, that have escaped quotes."""
    left = ESCAPED_QUOTES_LETTERS
    lines = text.split("\n")
    for row, line in enumerate(lines):
        escaped = line.count('\\"')
        left -= escaped * len(line)
        if left < 0 and escaped:
            attempt = foreign.unknown(line, line_at(line, 0))
            mender.slips.append(Slip(attempt.what, attempt.remedy, row + 1, 1))
            mender.lost.add(row + 1)
            lines[row] = ""
    return "\n".join(lines)


def _place(slip: Slip) -> tuple[int, int]:
    return slip.line, slip.column


def _wrong_at(text: str) -> int | None:
    """Return where the reader of TOML stops; None where it does not."""
    import tomli

    try:
        tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        return error.pos
    except (RecursionError, ValueError):  # too deep or too long, which is told by whoever reads it
        return None
    return None


def _better(text: str, at: int) -> tuple[Way | None, Attempt]:
    """Return the first attempt that is TOML, or lets the reader go further, or what takes the statement out."""
    left = len(text) - at
    for way in _WAYS:
        further: Attempt | None = None
        for attempt in way(text, at):
            wrong = _wrong_at(attempt.text)
            if wrong is None:
                return way, attempt
            if further is None and len(attempt.text) - wrong < left:
                further = attempt
        if further is not None:
            return way, further
    return None, foreign.unknown(text, line_at(text, at))


def _remedy(before: str, attempt: Attempt, final: str, row: int, line: int) -> Message:
    """Return the line to write, as it is once all its slips are mended."""
    changed = next(
        (
            place
            for place, (old, new) in enumerate(zip(before.split("\n"), attempt.text.split("\n"), strict=False))
            if old != new
        ),
        row,
    )
    lines = final.split("\n")
    meant = lines[changed].strip() if changed < len(lines) else ""
    if attempt.text.count("\n") > before.count("\n"):
        if meant.strip("]}"):
            return gettext("Write on two lines: {line}", line=f"{meant} ⏎ {lines[changed + 1].strip()}")
        return gettext("Write {sign} on a line of its own after line {number}.", sign=meant, number=line + changed - 1)
    if changed == row:
        return gettext("Write: {line}", line=meant)
    return gettext("Line {number}, write: {line}", number=line + changed, line=meant)
