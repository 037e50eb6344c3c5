"""A group's report as the sheets of a workbook: plain cells, for whoever goes on counting."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from boussole.i18n import gettext
from boussole.render.group.report.words import Words, rank_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from boussole.core.group.synthesis import Parts, Synthesis
    from boussole.i18n import Localised

Cell: TypeAlias = str | int | None


class ReportSheet(NamedTuple):
    """One sheet: its name, the names of its columns, and its rows; an empty cell is None."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def to_sheets(synthesis: Synthesis, language: str) -> tuple[ReportSheet, ...]:
    """Return the sheets, in the order of the report; of a group too small, the first one only."""
    words = Words(synthesis, language)
    parts = synthesis.parts
    sheets = [_summary(words)]
    if parts is not None:
        sheets += [_shared(words, parts), _divides(words, parts), _unheard(words, parts), _path(words, parts)]
        sheets += [_answers(words, parts), _places(words, parts)]
    return tuple(sheets)


def _sheet(words: Words, name: Localised, columns: list[Localised], rows: Iterator[tuple[Cell, ...]]) -> ReportSheet:
    return ReportSheet(words.say(name), tuple(words.say(column) for column in columns), tuple(rows))


def _summary(words: Words) -> ReportSheet:
    synthesis = words.synthesis
    rows: list[tuple[Localised, Cell]] = [
        (gettext("Compass"), f"{synthesis.compass.id} {synthesis.compass.version}"),
        (gettext("Catalogue"), f"{synthesis.catalogue.id} {synthesis.catalogue.version}"),
        (gettext("Sheets counted"), synthesis.people),
        (gettext("People they speak for"), synthesis.spoken_for),
        (gettext("Unfinished sheets, not counted"), synthesis.not_counted),
        (gettext("Smallest group shown"), synthesis.smallest),
    ]
    if synthesis.parts is not None:
        rows.append((gettext("Shared resources that would stay whoever left"), synthesis.parts.sure))
        rows.append((gettext("People whom nothing shared serves"), synthesis.parts.unheard.people))
    columns: list[Localised] = [gettext("What"), gettext("Value")]
    return _sheet(words, gettext("Summary"), columns, ((words.say(name), value) for name, value in rows))


def _shared(words: Words, parts: Parts) -> ReportSheet:
    columns: list[Localised] = [
        gettext("Rank"),
        gettext("Id"),
        gettext("Resource"),
        gettext("People"),
        gettext("Points"),
    ]
    columns += [gettext("In every group"), gettext("Address")]
    yes, no = words.say(gettext("yes")), words.say(gettext("no"))
    rows = (
        (
            rank_text(one.ranked),
            one.ranked.medoc.id,
            words.say(one.ranked.medoc.title),
            one.ranked.people,
            one.ranked.points,
            None if one.everywhere is None else yes if one.everywhere else no,
            one.ranked.medoc.url,
        )
        for one in parts.shared
    )
    return _sheet(words, gettext("What gathers you"), columns, rows)


def _divides(words: Words, parts: Parts) -> ReportSheet:
    columns: list[Localised] = [
        gettext("Group"),
        gettext("About"),
        gettext("Here"),
        gettext("Of"),
        gettext("Elsewhere"),
    ]
    columns.append(gettext("Of the others"))

    def rows() -> Iterator[tuple[Cell, ...]]:
        for one in parts.divides:
            yield None, words.ask(one.question), one.differing, one.pairs, None, None
        for group in parts.by.groups if parts.by else ():
            name = words.group(parts.by.id if parts.by else "", group)
            for line in group.options or ():
                about = f"{words.ask(line.question)} {words.option(line.question, line.option)}"
                yield name, about, line.here, group.people, line.elsewhere, group.others
            for axis in group.axes:
                title = words.say(words.synthesis.compass.axes[axis.axis].title)
                yield name, title, axis.here, None, axis.elsewhere, None
            for medoc in group.medoc or ():
                title = words.say(words.synthesis.catalogue.medoc[medoc.id].title)
                yield name, title, medoc.here, group.people, medoc.elsewhere, group.others

    return _sheet(words, gettext("What divides you"), columns, rows())


def _unheard(words: Words, parts: Parts) -> ReportSheet:
    columns: list[Localised] = [gettext("What"), gettext("About"), gettext("People"), gettext("Of")]
    titles = words.synthesis.catalogue

    def rows() -> Iterator[tuple[Cell, ...]]:
        serve = words.say(gettext("Serves some of those whom nothing shared serves"))
        for heard in parts.unheard.list:
            yield serve, words.say(titles.medoc[heard.id].title), heard.people, parts.unheard.people
        yield words.say(gettext("Left with needs of their own")), None, parts.unheard.left, parts.unheard.people
        for need in parts.unanswered:
            yield (
                words.say(gettext("Need without an answer")),
                words.term(need.facet, need.term),
                need.without,
                need.people,
            )
        for unknown in parts.to_find_out:
            yield words.say(gettext("To find out")), words.ask(unknown.question), unknown.people, None

    return _sheet(words, gettext("What goes unheard"), columns, rows())


def _path(words: Words, parts: Parts) -> ReportSheet:
    columns: list[Localised] = [
        gettext("Stage"),
        gettext("Id"),
        gettext("Resource"),
        gettext("People"),
        gettext("Address"),
    ]
    rows = (
        (
            words.say(stage.term.title) if stage.term else None,
            step.recommendation.medoc.id,
            words.say(step.recommendation.medoc.title),
            step.recommendation.score,
            step.recommendation.medoc.url,
        )
        for stage in parts.path.pathway.stages
        for step in stage.steps
    )
    return _sheet(words, gettext("Path"), columns, rows)


def _answers(words: Words, parts: Parts) -> ReportSheet:
    columns: list[Localised] = [gettext("Question"), gettext("Answer"), gettext("People"), gettext("Asked")]

    def rows() -> Iterator[tuple[Cell, ...]]:
        for one in parts.questions:
            for option, count in (one.counts or {}).items():
                yield words.ask(one.id), words.option(one.id, option), count, one.asked
            if one.counts is None:
                yield words.ask(one.id), words.say(gettext("answered")), one.asked - one.unknown, one.asked
            yield words.ask(one.id), words.option(one.id, "?"), one.unknown, one.asked

    return _sheet(words, gettext("Answers"), columns, rows())


def _places(words: Words, parts: Parts) -> ReportSheet:
    columns: list[Localised] = [gettext("Dimension"), gettext("Where"), gettext("Value"), gettext("People")]
    catalogue, compass = words.synthesis.catalogue, words.synthesis.compass

    def rows() -> Iterator[tuple[Cell, ...]]:
        for facet, terms in parts.facets.items():
            for term, one in terms.items():
                yield (
                    words.say(catalogue.facets[facet].title),
                    words.term(facet, term),
                    one.people,
                    words.synthesis.people,
                )
        for axis, counts in parts.axes.items():
            for name, value in (
                (gettext("first quarter"), counts.low),
                (gettext("middle"), counts.median),
                (gettext("third quarter"), counts.high),
            ):
                yield words.say(compass.axes[axis].title), words.say(name), value, counts.people

    return _sheet(words, gettext("Where people stand"), columns, rows())
