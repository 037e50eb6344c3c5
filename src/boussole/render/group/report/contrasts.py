"""What divides a group, and what sets its groups apart, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from boussole.core.definitions.compass import QuestionType
from boussole.i18n import gettext
from boussole.render.group.report.model import Bar, Bars, Block, Heading, Item, Items, Said, Section

if TYPE_CHECKING:
    from collections.abc import Iterator

    from boussole.core.group.contrasts import Contrast
    from boussole.core.group.division import Division
    from boussole.core.group.synthesis import Parts
    from boussole.render.group.report.words import Words

_PAIRS = {QuestionType.ONE, QuestionType.YES_NO}
_FULL = 100


def divides_section(words: Words, parts: Parts) -> Section:
    """Return the questions that divide, with their answers, then each group against the others."""
    blocks: list[Block] = []
    if not parts.divides:
        blocks.append(Said((words.say(gettext("No question divides you: on none do 30 pairs in 100 differ.")),)))
    for one in parts.divides:
        blocks += _division(words, parts, one)
    if parts.by is not None:
        blocks.append(Heading(words.say(gettext("What sets each group apart"))))
        if not parts.by.groups:
            told = gettext(
                "No group can be compared with the others: each has under {smallest} people, or would give one away.",
                smallest=words.synthesis.smallest,
            )
            blocks.append(Said((words.say(told),)))
        for group in parts.by.groups:
            blocks += _group(words, parts.by.id, group)
    aloud = gettext("Who can say what makes them answer as they did?")
    return Section("divides", words.say(gettext("What divides you")), words.say(aloud), tuple(blocks))


def _division(words: Words, parts: Parts, one: Division) -> Iterator[Block]:
    question = next(asked for asked in parts.questions if asked.id == one.question)
    if words.synthesis.compass.questions[one.question].type in _PAIRS:
        told = gettext(
            "Of {pairs} pairs of people, {differing} answer otherwise", pairs=one.pairs, differing=one.differing
        )
    else:
        told = gettext(
            "Of {pairs} possible gaps between two people, {differing} are there",
            pairs=one.pairs,
            differing=one.differing,
        )
    if one.percent is not None:
        told = gettext("{told} ({percent}%)", told=told, percent=one.percent)
    counts = dict(question.counts or {})
    if question.unknown:
        counts["?"] = question.unknown
    bars = tuple(
        Bar(words.option(one.question, option), words.of(count, question.asked), _FULL * count // question.asked)
        for option, count in counts.items()
    )
    yield Bars(words.ask(one.question), bars)
    yield Said((words.say(gettext("{told}.", told=told)),))


def _group(words: Words, by: str, group: Contrast) -> Iterator[Block]:
    lines = [
        Item(
            "",
            words.option(line.question, line.option),
            None,
            words.sides(line.here, line.elsewhere, group),
            (words.ask(line.question),),
        )
        for line in group.options or ()
    ]
    for axis in group.axes:
        told = gettext("{here} out of 100 here, {elsewhere} elsewhere", here=axis.here, elsewhere=axis.elsewhere)
        lines.append(Item("", words.say(words.synthesis.compass.axes[axis.axis].title), None, words.say(told)))
    lines += [words.by_id(line.id, words.sides(line.here, line.elsewhere, group)) for line in group.medoc or ()]
    name = words.group(by, group)
    title = words.say(
        gettext("{group} ({count} of {people})", group=name, count=group.people, people=group.people + group.others)
    )
    if lines:
        yield Items(title, tuple(lines))
    elif group.options is None:
        told = gettext(
            "{group}: what it answered cannot be shown, for it would give away those who are in no group.", group=title
        )
        yield Said((words.say(told),))
    else:
        yield Said((words.say(gettext("{group}: nothing sets it apart by a third.", group=title)),))
