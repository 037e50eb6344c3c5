"""Before and after, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from boussole.core.group.synthesis import FEWEST
from boussole.i18n import gettext, ngettext
from boussole.render.group.report.model import Block, Heading, Item, Items, Said, Section

if TYPE_CHECKING:
    from collections.abc import Iterator

    from boussole.core.group.before import AxisChange, Change, QuestionChange
    from boussole.render.group.report.words import Words


def before_section(words: Words, change: Change | None) -> Section:
    """Return what moved among the people who answered in both rounds."""
    title, aloud = words.say(gettext("Before and after")), words.say(gettext("What made you change your mind?"))
    if change is None:
        told = gettext("Under {fewest} people have a sheet in both rounds: nothing is shown.", fewest=FEWEST)
        return Section("before", title, "", (Said((words.say(told),)),))
    return Section("before", title, aloud, tuple(_blocks(words, change)))


def _blocks(words: Words, change: Change) -> Iterator[Block]:
    told = [words.say(ngettext("{count} person answered twice.", "{count} people answered twice.", change.people))]
    for count, text in (
        (change.only_before, gettext("Only before: {count}.", count=change.only_before)),
        (change.only_after, gettext("Only after: {count}.", count=change.only_after)),
    ):
        told += [words.say(text)] if count else []
    yield Said(tuple(told))
    axes = [_axis(words, id_, one) for id_, one in change.axes.items() if one is not None]
    if axes:
        yield Items("", tuple(axes))
    for title, ids in (
        (gettext("Came into what gathers you"), change.came),
        (gettext("Left what gathers you"), change.left),
    ):
        if ids:
            yield Items(words.say(title), tuple(words.by_id(id_, "") for id_ in ids))
    if change.questions is None:
        few = gettext("Answers are not compared: those who answered only once are too few not to be recognised.")
        yield Said((words.say(few),))
        return
    moved = [one for one in change.questions if one.before != one.after]
    if moved:
        yield Heading(words.say(gettext("Answers that changed")))
    for one in moved:
        yield Items(words.ask(one.id), tuple(_options(words, one)))


def _axis(words: Words, id_: str, one: AxisChange) -> Item:
    told = gettext(
        "{before} → {after} in the middle; {up} went up, {same} stayed, {down} went down",
        before=one.before,
        after=one.after,
        up=one.up,
        same=one.same,
        down=one.down,
    )
    return Item("", words.say(words.synthesis.compass.axes[id_].title), None, words.say(told))


def _options(words: Words, one: QuestionChange) -> Iterator[Item]:
    for option, before in one.before.items():
        after = one.after[option]
        if before == after == 0:
            continue
        notes = [
            words.say(gettext("{count} to “{option}”", count=count, option=words.option(one.id, other)))
            for other, count in ((one.moves or {}).get(option) or {}).items()
            if other != option
        ]
        told = words.say(gettext("{before} → {after}", before=before, after=after))
        yield Item("", words.option(one.id, option), None, told, tuple(notes))
