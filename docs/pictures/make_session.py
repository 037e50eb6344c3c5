"""Draw docs/pictures/session.svg: a real session of boussole, run in a pseudo-terminal (Linux or macOS).

From the root of the repository: .venv/bin/python docs/pictures/make_session.py

The answers are typed when the question they answer is on the screen, so the picture is the same on every machine.
"""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import struct
import sys
import tempfile
import termios
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from xml.sax.saxutils import escape

import pyte

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

ROOT = Path(__file__).resolve().parent.parent.parent
PICTURE = Path(__file__).with_name("session.svg")
COLUMNS, ROWS = 92, 80
SECONDS = 20.0
QUIET = 0.3

DOWN, ENTER, SPACE, ESCAPE = "\x1b[B", "\r", " ", "\x1b"
SHOWN_QUESTION = "À quelle échelle agissez-vous surtout ?"
STEPS = (
    ("Quelle boussole ?", ENTER),
    ("Au nom de qui répondez-vous ?", ENTER),
    ("Sur quels sujets porte votre projet ?", "eau"),
    ("Filtre", ENTER),
    ("1 cochée", ESCAPE),
    ("❯  6  [x] Eau", ENTER),
    (SHOWN_QUESTION, DOWN),
    ("❯ 2  Local", ENTER),
    ("Dans quelle région ?", "occ"),
    ("❯ 11  Occitanie", ENTER),
    ("Sur quel terrain ?", "3"),
    ("[x] Rural", ENTER),
    ("Qui est déjà autour de la table ?", "2" + ENTER),
    ("Avez-vous écrit ce que chacun apporte et attend ?", "2" + ENTER),
    ("Qu’avez-vous déjà fait ensemble ?", "1" + ENTER),
    ("De quoi avez-vous besoin maintenant ?", "5"),
    ("[x] Trouver de l’argent", ENTER),
    ("Quel est votre but principal aujourd’hui ?", "0" + ENTER),
    ("Combien de temps pouvez-vous y consacrer bientôt ?", "2" + ENTER),
    ("Voici vos réponses.", ENTER),
    ("Espace suite", SPACE),
    ("Score", SPACE),
    ("Que voulez-vous faire ?", ENTER),
    ("En tout", ""),
)

BACKGROUND, FOREGROUND, DIM = "#14202b", "#e6e9ec", "#8fa1b0"
COLOURS = {
    "black": "#5c6b78",
    "red": "#ff8f80",
    "green": "#8fd694",
    "brown": "#f0c674",
    "blue": "#8ab4f8",
    "magenta": "#d7a6ff",
    "cyan": "#7fdbe6",
    "white": FOREGROUND,
}
CELL, LINE, SIZE, MARGIN, BAR = 8.4, 19, 14, 18, 34


class Run(NamedTuple):
    """A stretch of one row in one style, from the column `start` on."""

    start: int
    text: str
    colour: str
    bold: bool


Row = list[Run]


class _Screen(pyte.Screen):
    """A screen that answers when it is asked where its cursor is."""

    def __init__(self, answers: int) -> None:
        """Answer on the file descriptor `answers`."""
        super().__init__(COLUMNS, ROWS)
        self._answers = answers

    def write_process_input(self, data: str) -> None:
        """Send an answer."""
        os.write(self._answers, data.encode())


class Terminal:
    """A pseudo-terminal with boussole in it, and the screen that it draws."""

    def __init__(self, folder: str) -> None:
        """Start boussole in French, with nothing on the machine but the shipped definitions."""
        child, self._master = pty.fork()
        if child == 0:
            environment = {
                "PATH": os.environ.get("PATH", ""),
                "HOME": folder,
                "XDG_STATE_HOME": folder,
                "XDG_DATA_HOME": folder,
                "TERM": "xterm-256color",
                "COLORTERM": "truecolor",
                "LANG": "C.UTF-8",
                "PYTHONUTF8": "1",
                "BOUSSOLE_LANG": "fr",
                "SOURCE_DATE_EPOCH": "1795348800",
            }
            os.chdir(ROOT)
            # The size must be known before the first screen is drawn.
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
            os.execve(sys.executable, [sys.executable, "-m", "boussole"], environment)  # noqa: S606 - no shell
        self.screen = _Screen(self._master)
        self._stream = pyte.ByteStream(self.screen)

    def type(self, keys: str) -> None:
        """Send keys."""
        os.write(self._master, keys.encode())

    def wait_for(self, words: str) -> None:
        """Read until `words` are on the screen and nothing more comes."""
        limit = time.monotonic() + SECONDS
        while time.monotonic() < limit:
            ready, _, _ = select.select([self._master], [], [], QUIET)
            if ready:
                self._stream.feed(os.read(self._master, 65536))
            elif any(words in _breakable(line) for line in self.screen.display):
                return
        shown = "\n".join(line for line in self.screen.display if line.strip())
        message = f"“{words}” did not come. The screen:\n{shown}"
        raise SystemExit(message)

    def rows(self) -> list[Row]:
        """Return what is on the screen, without the empty rows at its end."""
        rows = [_runs([self.screen.buffer[row][column] for column in range(COLUMNS)]) for row in range(ROWS)]
        while rows and not rows[-1]:
            rows.pop()
        return rows


def _runs(cells: Sequence[pyte.screens.Char]) -> Row:
    """Return the stretches of one row that share a style, spaces at their ends left out."""
    runs: Row = []
    start = 0
    for column in range(1, len(cells) + 1):
        if column < len(cells) and _style(cells[column]) == _style(cells[start]):
            continue
        text = "".join(cell.data for cell in cells[start:column])
        # columns are parted by two spaces or more: each is placed by itself, whatever font there is
        runs += [Run(start + one.start(), one[0], *_style(cells[start])) for one in re.finditer(r"\S+(?: \S+)*", text)]
        start = column
    return runs


def _style(cell: pyte.screens.Char) -> tuple[str, bool]:
    colour = cell.bg if cell.reverse else cell.fg
    if colour == "default":
        return FOREGROUND, bool(cell.bold)
    return COLOURS.get(colour.removeprefix("bright"), f"#{colour}"), bool(cell.bold)


def _text(row: Row) -> str:
    return _breakable(" ".join(run.text for run in row))


def _breakable(text: str) -> str:
    """Return `text` with plain spaces: French typography has others."""
    return text.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")


def session() -> list[Row]:
    """Return the rows of the picture: a question being answered, then the list, then the path."""
    asked: list[Row] = []
    listed: list[Row] = []
    with tempfile.TemporaryDirectory() as folder:
        terminal = Terminal(folder)
        for words, keys in STEPS:
            terminal.wait_for(words)
            if words == "❯ 2  Local":
                asked = terminal.rows()
            if words == "Score":
                listed = terminal.rows()
            terminal.type(keys)
        path = terminal.rows()
        terminal.type("\x03")
    typed: Row = [Run(0, "$", DIM, bold=False), Run(2, "boussole", FOREGROUND, bold=True)]
    cut: Row = [Run(0, "⋯", DIM, bold=False)]
    results: list[Row] = _from(listed, "Rang", "À trouver")
    pathway: list[Row] = _from(path, "S’INFORMER", "8 pas au plus")
    return [typed, *asked, [], cut, *results, [], cut, *pathway]


def _from(rows: Sequence[Row], first: str, end: str) -> list[Row]:
    """Return the rows from the one that begins with `first` up to the one that begins with `end`."""
    start = max(index for index, row in enumerate(rows) if _text(row).startswith(first))
    last = next((index for index, row in enumerate(rows[start:], start) if _text(row).startswith(end)), len(rows))
    return _trimmed(list(rows[start:last]))


def _trimmed(rows: list[Row]) -> list[Row]:
    while rows and not rows[-1]:
        rows.pop()
    return rows


def draw(rows: Sequence[Row]) -> str:
    """Return the rows as an SVG picture: a window, each stretch of text placed on its column."""
    width, height = round(COLUMNS * CELL + 2 * MARGIN), len(rows) * LINE + BAR + 2 * MARGIN
    size = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    fonts = "ui-monospace, SFMono-Regular, Menlo, Consolas, DejaVu Sans Mono, monospace"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-labelledby="title">',
        '<title id="title">boussole au terminal : une question, puis la liste classée</title>',
        f'<rect width="{width}" height="{height}" rx="10" fill="{BACKGROUND}"/>',
        *(f'<circle cx="{MARGIN + 6 + 20 * place}" cy="20" r="6" fill="#3a4a58"/>' for place in range(3)),
        f'<g font-family="{fonts}" font-size="{SIZE}" xml:space="preserve">',
        *_drawn(rows),
        "</g>",
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _drawn(rows: Sequence[Row]) -> Iterable[str]:
    for index, row in enumerate(rows):
        y = BAR + MARGIN + index * LINE + SIZE // 2
        for run in row:
            x, length = MARGIN + run.start * CELL, len(run.text) * CELL
            if set(run.text) == {"─"}:
                yield (
                    f'<line x1="{x:.1f}" x2="{x + length:.1f}" y1="{y - 4}" y2="{y - 4}" '
                    f'stroke="{run.colour}" stroke-opacity="0.5"/>'
                )
                continue
            bold = ' font-weight="bold"' if run.bold else ""
            yield (
                f'<text x="{x:.1f}" y="{y}" textLength="{length:.1f}" lengthAdjust="spacingAndGlyphs" '
                f'fill="{run.colour}"{bold}>{escape(run.text)}</text>'
            )


if __name__ == "__main__":
    PICTURE.write_text(draw(session()), encoding="utf-8")
    sys.stdout.write(f"{PICTURE.relative_to(ROOT)}\n")
