"""Where a result goes, and in which form: the one table of forms by word and by ending."""

from __future__ import annotations

import shutil
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

from boussole.errors import BoussoleError
from boussole.fuzzy import suggest
from boussole.i18n import either, gettext

if TYPE_CHECKING:
    from collections.abc import Sequence

_WIDEST = 1000


class Format(StrEnum):
    """The forms that something can take, by the word of `--to`."""

    TABLE = "table"
    TEXT = "text"
    MARKDOWN = "md"
    JSON = "json"
    CSV = "csv"
    HTML = "html"
    SVG = "svg"
    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"
    ANSWERS = "toml"
    CODE = "code"
    QR = "qr"
    GITHUB = "github"
    LINES = "jsonl"


_ENDINGS = {
    Format.MARKDOWN: (".md", ".markdown"),
    Format.JSON: (".json",),
    Format.CSV: (".csv",),
    Format.HTML: (".html", ".htm"),
    Format.SVG: (".svg",),
    Format.PDF: (".pdf",),
    Format.DOCX: (".docx",),
    Format.XLSX: (".xlsx",),
    Format.TABLE: (".txt",),
    Format.TEXT: (".txt",),
    Format.ANSWERS: (".toml",),
    Format.LINES: (".jsonl", ".ndjson"),
}
"""The endings of file names that ask for each form; a command takes `TABLE` or `TEXT`, not both."""


class Output(NamedTuple):
    """A file to write, and the form that its ending asks for."""

    path: Path
    format: Format


class Render(Protocol):
    """What renders something in one form, with colours where it goes `on_screen`."""

    def __call__(self, form: Format, *, on_screen: bool) -> str | bytes:
        """Return it."""


class Destinations(NamedTuple):
    """The files to write, and the form to print (None: nothing is printed)."""

    files: tuple[Output, ...]
    stdout: Format | None

    def send(self, render: Render) -> None:
        """Render each form, then write the files and print: where one fails, nothing is written.

        Raises:
            BoussoleError: when a form cannot be made, written or shown.

        """
        contents = [(file, render(file.format, on_screen=False)) for file in self.files]
        printed = None if self.stdout is None else render(self.stdout, on_screen=sys.stdout.isatty())
        for file, content in contents:
            write(file, content)
        if printed is not None:
            show(printed)


class Forms(NamedTuple):
    """The forms that a command can give: the first one where stdout is a terminal, `piped` elsewhere."""

    accepted: tuple[Format, ...]
    piped: Format

    @property
    def words(self) -> str:
        """Return the words of `--to`, as help has them."""
        return "|".join(self.accepted)

    def named(self, word: str) -> Format:
        """Return the form called `word`.

        Raises:
            BoussoleError: when there is none.

        """
        if word not in self.accepted:
            raise BoussoleError(
                gettext("There is no form “{word}”.", word=word), suggest(word, [form.value for form in self.accepted])
            )
        return Format(word)

    def to_file(self, path: Path) -> Output:
        """Return the output to `path`.

        Raises:
            BoussoleError: when the ending of its name says no form of these.

        """
        by_ending = {end: form for form, ends in _ENDINGS.items() if form in self.accepted for end in ends}
        form = by_ending.get(path.suffix.lower())
        if form is None:
            raise BoussoleError(
                gettext("“{path}”: the ending of the name says no known form.", path=path),
                gettext("Write a name that ends in {endings}.", endings=either(list(by_ending))),
            )
        return Output(path, form)

    def destinations(self, to: str | None, files: Sequence[Path]) -> Destinations:
        """Return where to send something: to the files, and to stdout where `to` says a form or there is no file.

        Raises:
            BoussoleError: when the word or an ending says no form of these.

        """
        outputs = tuple(self.to_file(path) for path in files)
        if to is not None:
            return Destinations(outputs, self.named(to))
        usual = self.accepted[0] if sys.stdout.isatty() else self.piped
        return Destinations(outputs, None if outputs else usual)


RESULT = Forms(
    (
        Format.TABLE,
        Format.MARKDOWN,
        Format.JSON,
        Format.CSV,
        Format.HTML,
        Format.PDF,
        Format.DOCX,
        Format.ANSWERS,
        Format.CODE,
        Format.QR,
    ),
    Format.MARKDOWN,
)
REPORT = Forms((Format.TABLE, Format.MARKDOWN, Format.JSON), Format.MARKDOWN)
REPORT_OF_GROUP = Forms(
    (Format.TABLE, Format.MARKDOWN, Format.HTML, Format.PDF, Format.XLSX, Format.JSON), piped=Format.MARKDOWN
)
SURVEY = Forms((Format.TEXT, Format.JSON, Format.CSV, Format.HTML, Format.SVG), Format.TEXT)
LISTING = Forms((Format.TEXT, Format.JSON), Format.TEXT)
SCHEMA = Forms((Format.JSON,), Format.JSON)
PROBLEMS = Forms((Format.TEXT, Format.JSON, Format.GITHUB), Format.TEXT)


def screen_width() -> int:
    """Return how many columns to lay out for: those of the terminal, within reason."""
    return min(shutil.get_terminal_size().columns, _WIDEST)


def write(output: Output, content: str | bytes) -> None:
    """Write a result to its file, all or nothing."""
    from boussole.atomic import write_atomically
    from boussole.cli.echo import echo_stderr

    write_atomically(output.path, content.encode() if isinstance(content, str) else content)
    echo_stderr(gettext("Written: {path}", path=output.path.absolute()))


def show(content: str | bytes) -> None:
    """Write a result on stdout.

    Raises:
        BoussoleError: when it is no text, and stdout is a terminal.

    """
    if isinstance(content, str):
        sys.stdout.write(content)
    elif sys.stdout.isatty():
        raise BoussoleError(gettext("This form cannot be shown on a terminal."), gettext("Write it with -o FILE."))
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
