"""What a group's report says: its sections, in the order in which a facilitator shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from boussole.core.group.synthesis import FEWEST
from boussole.i18n import Joined, gettext, ngettext
from boussole.render.group.report.contrasts import divides_section
from boussole.render.group.report.model import Bar, Bars, Blank, Block, Report, Said, Section, Strip
from boussole.render.group.report.movement import before_section
from boussole.render.group.report.shared import path_section, shared_section
from boussole.render.group.report.unheard import unheard_section
from boussole.render.group.report.words import Words, size
from boussole.render.path.model import Direction, RoseContent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from boussole.core.group.counts import AxisCounts, QuestionCounts
    from boussole.core.group.synthesis import Parts, Synthesis

_LINES = 6
_FULL = 100


def group_report(synthesis: Synthesis, language: str) -> Report:
    """Return the whole report."""
    words = Words(synthesis, language)
    say = words.say
    compass, catalogue = synthesis.compass, synthesis.catalogue
    versions = gettext(
        "{compass} {version}, {catalogue} {other}",
        compass=compass.title,
        version=compass.version,
        catalogue=catalogue.title,
        other=catalogue.version,
    )
    bylines = [say(size(synthesis))]
    if synthesis.not_counted:
        bylines.append(
            say(
                ngettext(
                    "{count} unfinished sheet, which is not counted",
                    "{count} unfinished sheets, which are not counted",
                    synthesis.not_counted,
                )
            )
        )
    sections = tuple(_sections(words)) if synthesis.parts else (_too_few(words),)
    return Report(
        language,
        say(gettext("What the group says: {compass}", compass=compass.title)),
        (" · ".join(bylines), say(versions)),
        say(gettext("Contents")),
        say(gettext("To ask aloud")),
        say(gettext("Go to the report")),
        gettext(": ").in_(language),
        sections,
    )


def _too_few(words: Words) -> Section:
    people = words.synthesis.spoken_for
    told = (
        gettext(
            "Under {fewest} people, what a group says would be what each of them said: nothing is shown.", fewest=FEWEST
        ),
        gettext("A table that answered together says how many it is: “people = 7” in its answers file."),
    )
    title = ngettext("{count} person is not yet a group", "{count} people are not yet a group", people)
    return Section("few", words.say(title), "", (Said(tuple(words.say(one) for one in told)),))


def _sections(words: Words) -> Iterator[Section]:
    parts = words.synthesis.parts
    if parts is None:
        return
    yield _here(words, parts)
    yield shared_section(words, parts)
    yield divides_section(words, parts)
    yield unheard_section(words, parts)
    yield path_section(words, parts)
    if words.synthesis.compared:
        yield before_section(words, parts.before)
    title = gettext("Answers, question by question")
    yield Section("answers", words.say(title), "", tuple(_question(words, one) for one in parts.questions))
    yield Section("next", words.say(gettext("What we will do with it")), "", (Blank(_LINES),))
    yield _method(words)


def _here(words: Words, parts: Parts) -> Section:
    compass, catalogue = words.synthesis.compass, words.synthesis.catalogue
    people = words.synthesis.people
    blocks: list[Block] = []
    if compass.rose in parts.facets:
        blocks.append(_rose(words, parts, compass.rose or ""))
    for axis, counts in parts.axes.items():
        blocks.append(_strip(words, words.say(compass.axes[axis].title), counts))
    for facet, terms in parts.facets.items():
        bars = tuple(
            Bar(words.term(facet, term), words.of(one.people, people), _FULL * one.people // people)
            for term, one in terms.items()
        )
        blocks.append(Bars(words.say(catalogue.facets[facet].title), bars))
    aloud = gettext("Who is missing from this room?")
    return Section("here", words.say(gettext("Who is here")), words.say(aloud), tuple(blocks))


def _rose(words: Words, parts: Parts, facet: str) -> RoseContent:
    people = words.synthesis.people
    directions = tuple(
        Direction(words.term(facet, term), _FULL * one.people // people, words.of(one.people, people))
        for term, one in parts.facets[facet].items()
    )
    told = Joined(
        [gettext("{facet}: {terms}", facet=one.title, terms=one.words) for one in directions], words.separator
    )
    title = gettext("{facet}: where the group stands", facet=words.synthesis.catalogue.facets[facet].title)
    return RoseContent(words.say(title), directions, whole_or_none=False, words=words.say(told))


def _strip(words: Words, title: str, counts: AxisCounts) -> Strip:
    without = words.synthesis.people - counts.people
    told = []
    if counts.median is None:
        told.append(gettext("too few people have a value"))
    else:
        told.append(gettext("the middle one is at {median} out of 100", median=counts.median))
    if counts.low is not None:
        told.append(
            gettext("half of the people, or more, lie between {low} and {high}", low=counts.low, high=counts.high)
        )
    if without:
        told.append(ngettext("{count} person has no value", "{count} people have no value", without))
    return Strip(
        title, words.say(Joined(told, words.separator)), counts.median, counts.low, counts.high, counts.values or ()
    )


def _question(words: Words, one: QuestionCounts) -> Bars:
    counts = one.counts or {}
    bars = [
        Bar(words.option(one.id, option), words.of(count, one.asked), _FULL * count // max(one.asked, 1))
        for option, count in counts.items()
    ]
    if one.unknown:
        unknown = words.of(one.unknown, one.asked)
        bars.append(Bar(words.option(one.id, "?"), unknown, _FULL * one.unknown // one.asked))
    if one.counts is None:
        told = words.of(one.asked - one.unknown, words.synthesis.people)
        bars.insert(
            0, Bar(words.say(gettext("answered")), told, _FULL * (one.asked - one.unknown) // words.synthesis.people)
        )
    return Bars(words.ask(one.id), tuple(bars))


def _method(words: Words) -> Section:
    synthesis = words.synthesis
    told = (
        gettext(
            "A person has a resource when it is among the first {top} of their own list, those tied with the last of "
            "them included. Resources are ordered by how many people have them, then by how high they stand, then as "
            "in a list.",
            top=synthesis.compass.weighting.top,
        ),
        gettext("Everything is counted in whole numbers; percentages are rounded down, and shown from 20 people on."),
        gettext("“The middle one”, of values put in order, is the one in the middle, and the lower of two."),
        gettext(
            "Pairs that differ: all the pairs of people are taken, and those who answered otherwise are counted. Three "
            "questions at most are shown, on which 30 pairs in 100 differ or more."
        ),
        gettext(
            "A group sets itself apart by a gap of a third at least between its share and that of the others, or of 20 "
            "out of 100 on an axis."
        ),
        gettext(
            "What goes unheard: of the people whom no shared resource serves, the one that serves most of them is "
            "taken, then the next among those left, as long as it serves {smallest} of them.",
            smallest=synthesis.smallest,
        ),
        gettext(
            "So that nobody is recognised, a group of under {smallest} people is never compared with others, nor "
            "can it be found by subtraction; what everybody answered to one question is shown whole, like a show of "
            "hands.",
            smallest=synthesis.smallest,
        ),
        gettext("The order of people and of files changes nothing; the same answers give the same report."),
    )
    title = words.say(gettext("How this was counted"))
    return Section("method", title, "", (Said(tuple(words.say(one) for one in told)),))
