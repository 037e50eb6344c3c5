"""Whether any reader takes more than its share of time as what a stranger sends grows: inputs of doubling size.

    .venv/bin/python benchmarks/growth.py

Each line is a reader and something that begins without ending, repeats, or is very long. Sizes double until a reading
takes a third of a second or the reader refuses it by its size; the ratio is over the last two doublings, of readings
that take a fiftieth of one at least. To reach: 2.5 at most everywhere. A linear reader gives 2, a quadratic one 4.
"""

from __future__ import annotations

import io
import tempfile
import time
from collections.abc import Callable  # noqa: TC003 - a named tuple of them
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from boussole.core.answers.accepting import sift
from boussole.core.answers.answers import Answers
from boussole.errors import BoussoleError
from boussole.files.answers.loading import load_answers
from boussole.files.answers.many import read_many
from boussole.files.answers.saved import FENCE
from boussole.files.answers.share_code import from_code
from boussole.files.definitions.catalogue import load_catalogue
from boussole.files.library import Library
from boussole.fuzzy import nearest
from boussole.limits.worksheets import check_workbook
from boussole.tables.reading import open_table
from support.containers import archive, ods, pdf, workbook

FIRST = 1 << 14
ENOUGH, SEEN = 0.33, 0.02
MOST = 2.5
ROUNDS = 3


class Case(NamedTuple):
    """A reader, and what it is given: `made(n)` of about `n` bytes, in a file that ends in `ending`."""

    name: str
    ending: str
    made: Callable[[int], bytes | str]
    read: Callable[[Path], object]


def repeated(piece: str, before: str = "", after: str = "") -> Callable[[int], str]:
    """Return what makes a text of one piece over and over."""
    return lambda size: before + piece * (size // len(piece)) + after


def numbered(piece: str, before: str = "", after: str = "") -> Callable[[int], str]:
    """Return what makes a text of one piece over and over, with a number in it."""
    return lambda size: before + "".join(piece.format(number) for number in range(max(1, size // len(piece)))) + after


def table(path: Path) -> None:
    """Read a table to its end."""
    for _ in open_table(path).frames(10_000):
        pass


def sheets(path: Path) -> None:
    """Look at a workbook."""
    check_workbook(io.BytesIO(path.read_bytes()), path)


def sifted(path: Path) -> None:
    """Compare the answers of a file with a compass."""
    compass = Library(None, None).pair("agir-ensemble").compass
    sift(compass, Answers.given(load_answers(path).answers))


HEAD = 'format = 1\ncompass = "agir-ensemble"\n'
ERROR = '<row r="{0}"><c r="AB{0}" t="e"><v>#N/A</v></c></row>'
ROW = '<row r="{0}"><c r="AB{0}"><v>1</v></c></row>'

CASES = [
    Case("TOML: unknown keys", "toml", numbered("key{} = 1\n", HEAD, "[answers]\n"), load_answers),
    Case("TOML: tables", "toml", numbered("[[medoc]]\nid = 'm{}'\n"), load_catalogue),
    Case("TOML: dotted keys", "toml", repeated("a.", after="a = 1"), load_answers),
    Case("TOML: dotted headers", "toml", numbered("[a.b{}.c]\n"), load_answers),
    Case("TOML: open lists", "toml", repeated("[", "a = "), load_answers),
    Case("TOML: an open text", "toml", repeated('\\"', 'a = "'), load_answers),
    Case("TOML: digits", "toml", repeated("9", "a = "), load_answers),
    Case("answers: unknown questions", "toml", numbered("key{} = 1\n", f"{HEAD}[answers]\n"), sifted),
    Case("answers: long unknown questions", "toml", numbered(f"{'k' * 500}{{}} = 1\n", f"{HEAD}[answers]\n"), sifted),
    Case("answers: unknown options", "toml", numbered("'o{}', ", f"{HEAD}[answers]\ndomain = [", "]\n"), sifted),
    Case("answers: options in a text", "toml", repeated("eau,", f"{HEAD}[answers]\ndomain = '", "'\n"), sifted),
    Case("Markdown: fences", "md", repeated(f"{FENCE}\n"), load_answers),
    Case("Markdown: quotes", "md", repeated("> > "), load_answers),
    Case("Markdown: starts", "md", repeated("format = 1\n\n"), load_answers),
    Case("HTML: open elements", "html", repeated("<pre id=boussole-answers "), load_answers),
    Case("HTML: elements", "html", repeated("<pre id=boussole-answers>"), load_answers),
    Case("HTML: attributes", "html", repeated("id=boussole-answers ", "<pre "), load_answers),
    Case("HTML: comments", "html", repeated("<!--", "<pre id=boussole-answers>"), load_answers),
    Case("HTML: character references", "html", repeated("&#9999999", "<pre id=boussole-answers>"), load_answers),
    Case("HTML: digits", "html", repeated("9", "<pre id=boussole-answers>&#"), load_answers),
    Case("text: codes", "txt", repeated("boussole-1:"), load_answers),
    Case("text: a long code", "txt", repeated("A\n> ", "boussole-1:"), load_answers),
    Case("text: another encoding", "txt", lambda size: b"\xe9" * size, load_answers),
    Case("JSON: lists", "json", repeated("["), load_answers),
    Case("JSON: keys", "json", numbered('"k{}":1,', "{", '"z":1}'), load_answers),
    Case("JSON Lines: open texts", "jsonl", repeated('{"a": "\n'), lambda path: list(read_many(path))),
    Case("JSON Lines: one line", "jsonl", repeated("[1,"), lambda path: list(read_many(path))),
    Case("DOCX: tags", "docx", lambda size: archive({"word/document.xml": "<w:p " * (size // 5)}), load_answers),
    Case("DOCX: spaces", "docx", lambda size: archive({"word/document.xml": " " * size * 9}), load_answers),
    Case("PDF: pages", "pdf", lambda size: pdf([b"q"] * (size // 300)), load_answers),
    Case("PDF: drawn", "pdf", lambda size: pdf([bytes(size)]), load_answers),
    Case("PDF: text", "pdf", lambda size: pdf([b"BT (a) Tj ET " * (size // 13)], attachment=None), load_answers),
    Case("XLSX: cells", "xlsx", lambda size: workbook("".join(map(ROW.format, range(1, size // 40)))), sheets),
    Case("XLSX: open tags", "xlsx", lambda size: workbook("<c r='A1' " * (size // 10)), sheets),
    Case("XLSX: one text", "xlsx", lambda size: workbook("x" * size * 9), sheets),
    Case("ODS: rows", "ods", lambda size: ods("<table:table-row/>" * (size // 18)), sheets),
    Case("code: letters", "txt", repeated("A", "boussole-1:"), lambda path: from_code(path.read_text())),
    Case("nearest: one long word", "txt", repeated("ab"), lambda path: nearest(path.read_text(), [path.read_text()])),
    Case("nearest: many words", "txt", numbered("word{} "), lambda path: nearest("word", path.read_text().split())),
    Case("CSV: rows", "csv", numbered("a;b{};c\n"), table),
    Case("CSV: an open quote", "csv", repeated('x;"y\n', 'a;"b\n'), table),
    Case("CSV: quotes", "csv", repeated('"', "a;b\n"), table),
    Case("CSV: every other quote open", "csv", repeated('x;y\nx;y\nx;y\n"x;y\n', "a;b\n"), table),
    Case("CSV: one open quote, then pairs", "csv", repeated('x;""\n', 'a;b\n"x;y\n'), table),
    Case("CSV: quotes within cells", "csv", repeated('x"z;y\nx;y\nx;y\n', "a;b\n"), table),
    Case("CSV: a cell of many lines", "csv", repeated("y\n", 'a;b\n"', '";z\n'), table),
    Case("CSV: lone carriage returns", "csv", repeated("x;y\r", "a;b\r"), table),
    Case("CSV: NULs", "csv", repeated("x\0;y\n", "a;b\n"), table),
    Case("CSV: too short and too long", "csv", repeated("x\nx;y;z\n", "a;b\n"), table),
    Case("CSV: columns", "csv", numbered("c{};"), table),
    Case("JSON Lines table: objects", "jsonl", numbered('{{"a": {}}}\n'), table),
    Case("JSON Lines table: no objects", "jsonl", repeated("[[[[\n", '{"a": 1}\n'), table),
    Case("JSON Lines table: digits", "jsonl", repeated("9", '{"a": ', "}\n"), table),
    Case("XLSX table: cells", "xlsx", lambda size: workbook("".join(map(ROW.format, range(1, size // 40)))), table),
    Case("XLSX table: errors", "xlsx", lambda size: workbook("".join(map(ERROR.format, range(1, size // 40)))), table),
    Case("JSON Lines table: keys", "jsonl", numbered('{{"k{}": 1}}\n'), table),
]


def seconds(case: Case, path: Path) -> float:
    """Return the least time that a reading takes, of a few, whether it is refused or not."""
    times = []
    for _ in range(ROUNDS):
        start = time.process_time()
        with suppress(BoussoleError):
            case.read(path)
        times.append(time.process_time() - start)
    return min(times)


def grown(case: Case, folder: Path) -> tuple[int, list[float]]:
    """Return how large what was read last was, in bytes, and the times of the readings."""
    path = folder / f"a.{case.ending}"
    times: list[float] = []
    size = FIRST
    while size <= 1 << 23 and (not times or times[-1] < ENOUGH):
        made = case.made(size)
        path.write_bytes(made.encode() if isinstance(made, str) else made)
        times.append(seconds(case, path))
        size *= 2
    return path.stat().st_size, times


def main() -> None:
    """Print a line for each reader, and how many grow too fast."""
    over = 0
    print(f"{'reader':34} {'last size':>10} {'last time':>10}   per doubling")
    with tempfile.TemporaryDirectory() as folder:
        for case in CASES:
            size, times = grown(case, Path(folder))
            seen = [time_ for time_ in times if time_ >= SEEN]
            doublings = min(2, len(seen) - 1)
            ratio = (seen[-1] / seen[-1 - doublings]) ** (1 / doublings) if doublings > 0 else None
            over += ratio is not None and ratio > MOST
            told = "too fast to tell" if ratio is None else f"x {ratio:4.2f}{'' if ratio <= MOST else '  OVER'}"
            print(f"{case.name:34} {size >> 10:6} KiB {1000 * times[-1]:7.0f} ms   {told}", flush=True)
    print(f"over {MOST}: {over}")


if __name__ == "__main__":
    main()
