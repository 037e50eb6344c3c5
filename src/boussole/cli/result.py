"""The result of a person, and the report of a group, in each form; a form is imported when asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, assert_never

from boussole.cli.clock import now
from boussole.cli.output import Format, screen_width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from boussole.core.answers.answers import Answers
    from boussole.core.group.synthesis import Synthesis
    from boussole.core.ranking import Ranking, Recommendation
    from boussole.core.why.sensitivity import Sensitivity
    from boussole.files.answers.saved import Saved
    from boussole.render.path.model import PathMetadata


def render(
    form: Format,
    ranking: Ranking,
    answers: Answers,
    language: str,
    *,
    shown: Sequence[Recommendation],
    left_out: bool = False,
    name: str | None = None,
    people: int = 1,
    sure: Sensitivity | None = None,
    on_screen: bool = False,
) -> str | bytes:
    """Return the result in one form, text or bytes, with colours where it goes `on_screen`, with `sure` how sure it is.

    Raises:
        BoussoleError: when the form needs a library that is not installed.
        ValueError: when it is a form that a result cannot take.

    """
    match form:
        case Format.JSON:
            from boussole.render.recommend.json import to_json

            return to_json(ranking, language, shown=shown, left_out=left_out, sure=sure)
        case Format.CSV:
            from boussole.render.recommend.csv import to_csv

            return to_csv(ranking, language, shown=shown, left_out=left_out)
        case Format.MARKDOWN | Format.HTML | Format.PDF | Format.DOCX:
            metadata = path_metadata(ranking, answers, name, sure, people=people)
            return _path(form, ranking, language, metadata, shown=shown, left_out=left_out)
        case Format.ANSWERS:
            return _answers(ranking, answers, name, people)
        case Format.CODE:
            return f"{_code(ranking, answers)}\n"
        case Format.QR:
            return _qr(_code(ranking, answers), on_screen=on_screen)
        case Format.TABLE:
            from boussole.cli.console import as_text
            from boussole.render.recommend.table import to_table

            width, today = screen_width(), now().date()
            table = to_table(ranking, language, width=width, shown=shown, left_out=left_out, today=today, sure=sure)
            end = "" if on_screen else _to_reopen(ranking, answers, language)
            return as_text(table, width, on_screen=on_screen) + end
        case Format.TEXT | Format.SVG | Format.XLSX | Format.GITHUB | Format.LINES:
            raise ValueError(form)
        case _:
            assert_never(form)


def _path(
    form: Literal[Format.MARKDOWN, Format.HTML, Format.PDF, Format.DOCX],
    ranking: Ranking,
    language: str,
    metadata: PathMetadata,
    *,
    shown: Sequence[Recommendation],
    left_out: bool,
) -> str | bytes:
    """Return the personal path in one form, sealed where it can be reopened."""
    match form:
        case Format.MARKDOWN:
            from boussole.files.answers.checksums import fill_checksum
            from boussole.render.path.markdown import to_markdown

            return fill_checksum(to_markdown(ranking, language, metadata, shown=shown, left_out=left_out))
        case Format.HTML:
            from boussole.files.answers.checksums import fill_checksum
            from boussole.render.path.html import to_html

            return fill_checksum(to_html(ranking, language, metadata, shown=shown, left_out=left_out))
        case Format.PDF:
            from boussole.files.answers.in_pdf import sealed_over
            from boussole.render.path.pdf import to_pdf

            return to_pdf(ranking, language, metadata, shown=shown, left_out=left_out, seal=sealed_over)
        case Format.DOCX:
            from boussole.render.path.docx.document import to_docx

            return to_docx(ranking, language, metadata, shown=shown, left_out=left_out)
        case _:
            assert_never(form)


def _answers(ranking: Ranking, answers: Answers, name: str | None, people: int) -> str:
    from boussole.escape import escaped_controls
    from boussole.files.answers.saved import to_toml

    return escaped_controls(to_toml(_saved(ranking, answers, name, people)))


def _saved(ranking: Ranking, answers: Answers, name: str | None = None, people: int = 1) -> Saved:
    from boussole.files.answers.saved import save

    return save(ranking.context.compass, ranking.context.catalogue, answers, saved=now(), name=name, people=people)


def _qr(code: str, *, on_screen: bool) -> str:
    from boussole.cli.console import qr_text

    return qr_text(code, on_screen=on_screen)


def _code(ranking: Ranking, answers: Answers) -> str:
    from boussole.files.answers.share_code import to_code

    return to_code(_saved(ranking, answers))


def _to_reopen(ranking: Ranking, answers: Answers, language: str) -> str:
    """Return the lines by which a text can be opened again: what a table saves is not lost for its group."""
    from boussole.render.wording import line_to_share
    from boussole.render.wrapping import wrapped

    said = wrapped([line_to_share(ranking.context.compass.id).in_(language)], screen_width())
    return "".join(f"{line}\n" for line in ["", *said, _code(ranking, answers)])


def path_metadata(
    ranking: Ranking, answers: Answers, name: str | None, sure: Sensitivity | None = None, *, people: int = 1
) -> PathMetadata:
    """Return what a path says besides the result: day, name, answers to reopen, code to share, how sure it is."""
    from boussole.files.answers.saved import answers_block, checksummed_file
    from boussole.files.answers.share_code import to_code
    from boussole.render.path.model import PathMetadata

    saved = _saved(ranking, answers, name, people)
    block, file = answers_block(saved, sealed=True), checksummed_file(saved)
    return PathMetadata(now().date(), block, name, answers_file=file, code=to_code(saved), sure=sure)


def render_group(form: Format, *, found: Synthesis, language: str, on_screen: bool) -> str | bytes:
    """Return the report of a group in one form, imported when asked for."""
    match form:
        case Format.JSON:
            from boussole.render.group.json import to_json

            return to_json(found, language)
        case Format.MARKDOWN:
            from boussole.render.group.markdown import to_markdown

            return to_markdown(found, language)
        case Format.HTML:
            from boussole.render.group.html import to_html

            return to_html(found, language)
        case Format.PDF:
            from boussole.render.group.pdf import to_pdf

            return to_pdf(found, language)
        case Format.XLSX:
            from boussole.render.group.sheets import to_sheets
            from boussole.tables.excel.report import to_workbook

            return to_workbook(to_sheets(found, language))
        case Format.TABLE:
            from boussole.cli.console import as_text
            from boussole.render.group.table import to_table

            width = screen_width()
            return as_text(to_table(found, language, width), width, on_screen=on_screen)
        case (
            Format.TEXT | Format.CSV | Format.SVG | Format.DOCX | Format.ANSWERS
            | Format.CODE | Format.QR | Format.GITHUB | Format.LINES
        ):  # fmt: skip
            raise ValueError(form)
        case _:
            assert_never(form)
