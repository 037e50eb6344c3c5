"""Where a result goes, and in which form."""

from __future__ import annotations

import shutil
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple, assert_never

from boussole.cli.clock import now
from boussole.errors import BoussoleError
from boussole.fuzzy import suggest
from boussole.i18n import either, gettext

if TYPE_CHECKING:
    from collections.abc import Sequence

    from boussole.core.answers.answers import Answers
    from boussole.core.ranking import Ranking, Recommendation
    from boussole.core.why.sensitivity import Sensitivity
    from boussole.files.answers.saved import Saved
    from boussole.render.path.model import PathMetadata


_WIDEST = 1000


class Format(StrEnum):
    """The forms a result can take."""

    TABLE = "table"
    MARKDOWN = "md"
    JSON = "json"
    CSV = "csv"
    HTML = "html"
    PDF = "pdf"
    DOCX = "docx"
    ANSWERS = "toml"
    CODE = "code"
    QR = "qr"

    @classmethod
    def named(cls, word: str) -> Format:
        """Return the form called `word`.

        Raises:
            BoussoleError: when there is none.

        """
        try:
            return cls(word)
        except ValueError:
            raise BoussoleError(
                gettext("There is no form “{word}”.", word=word), suggest(word, [form.value for form in cls])
            ) from None

    @classmethod
    def for_stdout(cls) -> Format:
        """Return a table where stdout is a terminal, Markdown elsewhere."""
        return cls.TABLE if sys.stdout.isatty() else cls.MARKDOWN


_BY_SUFFIX = {
    ".md": Format.MARKDOWN,
    ".markdown": Format.MARKDOWN,
    ".json": Format.JSON,
    ".csv": Format.CSV,
    ".html": Format.HTML,
    ".htm": Format.HTML,
    ".pdf": Format.PDF,
    ".docx": Format.DOCX,
    ".txt": Format.TABLE,
    ".toml": Format.ANSWERS,
}


class Output(NamedTuple):
    """A file to write, and the form that its ending asks for."""

    path: Path
    format: Format

    @classmethod
    def of(cls, path: Path) -> Output:
        """Return the output to `path`.

        Raises:
            BoussoleError: when the ending of its name says no known form.

        """
        form = _BY_SUFFIX.get(path.suffix.lower())
        if form is None:
            raise BoussoleError(
                gettext("“{path}”: the ending of the name says no known form.", path=path),
                gettext("Write a name that ends in {endings}.", endings=either(list(_BY_SUFFIX))),
            )
        return cls(path, form)


def one_output(to: str | None, output: Path | None) -> tuple[Output | None, Format | None]:
    """Return the file to write and the form to print, one of them at least, for what is a table, Markdown or JSON.

    Raises:
        BoussoleError: when it would be of another form.

    """
    file = None if output is None else Output.of(output)
    if file is not None and file.format not in _REPORTS:
        raise BoussoleError(
            gettext("“{path}”: the ending of the name says no known form.", path=file.path),
            gettext("Write a name that ends in {endings}.", endings=either((".md", ".json", ".txt"))),
        )
    if to is None:
        return file, Format.for_stdout() if file is None else None
    if to not in _REPORTS:
        raise BoussoleError(
            gettext("There is no form “{word}”.", word=to), suggest(to, [form.value for form in _REPORTS])
        )
    return file, Format(to)


_REPORTS = (Format.TABLE, Format.MARKDOWN, Format.JSON)


def render(
    form: Format,
    ranking: Ranking,
    answers: Answers,
    language: str,
    *,
    shown: Sequence[Recommendation],
    left_out: bool = False,
    name: str | None = None,
    sure: Sensitivity | None = None,
    on_screen: bool = False,
) -> str | bytes:
    """Return the result in one form, text or bytes, with colours where it goes `on_screen`, with `sure` how sure it is.

    A form is imported when asked for.
    """
    match form:
        case Format.JSON:
            from boussole.render.recommend.json import to_json

            return to_json(ranking, language, shown=shown, left_out=left_out, sure=sure)
        case Format.CSV:
            from boussole.render.recommend.csv import to_csv

            return to_csv(ranking, language, shown=shown, left_out=left_out)
        case Format.MARKDOWN | Format.HTML | Format.PDF | Format.DOCX:
            kept = path_metadata(ranking, answers, name, sure)
            return _path(form, ranking, language, kept, shown=shown, left_out=left_out)
        case Format.ANSWERS:
            from boussole.escape import escaped_controls
            from boussole.files.answers.saved import to_toml

            return escaped_controls(to_toml(_saved(ranking, answers, name)))
        case Format.CODE:
            return f"{_code(ranking, answers)}\n"
        case Format.QR:
            from boussole.cli.console import qr_text

            return qr_text(_code(ranking, answers), on_screen=on_screen)
        case Format.TABLE:
            from boussole.cli.console import as_text
            from boussole.render.recommend.table import to_table

            width = min(shutil.get_terminal_size().columns, _WIDEST)
            table = to_table(
                ranking, language, width=width, shown=shown, left_out=left_out, today=now().date(), sure=sure
            )
            return as_text(table, width, on_screen=on_screen)
        case _:
            assert_never(form)


def _path(
    form: Literal[Format.MARKDOWN, Format.HTML, Format.PDF, Format.DOCX],
    ranking: Ranking,
    language: str,
    kept: PathMetadata,
    *,
    shown: Sequence[Recommendation],
    left_out: bool,
) -> str | bytes:
    """Return the personal path in one form, sealed where it can be reopened."""
    match form:
        case Format.MARKDOWN:
            from boussole.files.answers.checksums import fill_checksum
            from boussole.render.path.markdown import to_markdown

            return fill_checksum(to_markdown(ranking, language, kept, shown=shown, left_out=left_out))
        case Format.HTML:
            from boussole.files.answers.checksums import fill_checksum
            from boussole.render.path.html import to_html

            return fill_checksum(to_html(ranking, language, kept, shown=shown, left_out=left_out))
        case Format.PDF:
            from boussole.files.answers.in_pdf import sealed_over
            from boussole.render.path.pdf import to_pdf

            return to_pdf(ranking, language, kept, shown=shown, left_out=left_out, seal=sealed_over)
        case Format.DOCX:
            from boussole.render.path.docx.document import to_docx

            return to_docx(ranking, language, kept, shown=shown, left_out=left_out)
        case _:
            assert_never(form)


def _saved(ranking: Ranking, answers: Answers, name: str | None) -> Saved:
    from boussole.files.answers.saved import save

    return save(ranking.context.compass, ranking.context.catalogue, answers, saved=now(), name=name)


def _code(ranking: Ranking, answers: Answers) -> str:
    from boussole.files.answers.share_code import to_code

    return to_code(_saved(ranking, answers, None))


def path_metadata(
    ranking: Ranking, answers: Answers, name: str | None, sure: Sensitivity | None = None
) -> PathMetadata:
    """Return what a path says besides the result: day, name, answers to reopen, code to share, how sure it is."""
    from boussole.files.answers.saved import answers_block, checksummed_file
    from boussole.files.answers.share_code import to_code
    from boussole.render.path.model import PathMetadata

    saved = _saved(ranking, answers, name)
    block, file = answers_block(saved, sealed=True), checksummed_file(saved)
    return PathMetadata(now().date(), block, name, answers_file=file, code=to_code(saved), sure=sure)


def write(output: Output, content: str | bytes) -> None:
    """Write a result to its file, all or nothing."""
    from boussole.atomic import write_atomically
    from boussole.cli.echo import echo_stderr

    write_atomically(output.path, content.encode() if isinstance(content, str) else content)
    echo_stderr(gettext("Written: {path}", path=output.path))


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
