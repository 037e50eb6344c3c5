"""What gathers a group, and its path, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from boussole.core.group.shared import Band
from boussole.i18n import Listing, gettext, ngettext
from boussole.render.group.report.model import Block, Item, Items, Said, Section
from boussole.render.group.report.words import rank_text
from boussole.render.wording import pathway_rule

if TYPE_CHECKING:
    from boussole.core.group.shared import Shared
    from boussole.core.group.synthesis import Parts
    from boussole.core.pathway import Step
    from boussole.i18n import Message
    from boussole.render.group.report.words import Words


def shared_section(words: Words, parts: Parts) -> Section:
    """Return what gathers: by half, by a third, then the most shared; how sure the list is."""
    blocks: list[Block] = []
    shared, people = parts.shared, words.synthesis.people
    if not shared:
        blocks.append(
            Said((words.say(gettext("No resource is among the first of two people: nothing is shared yet.")),))
        )
    elif shared[0].band is not Band.HALF:
        best = gettext(
            "None is shared by half of the people; the most shared is by {count}.",
            count=words.of(shared[0].ranked.people, people),
        )
        blocks.append(Said((words.say(best),)))
    titles: dict[Band, Message] = {
        Band.HALF: gettext("Half of you, or more"),
        Band.THIRD: gettext("A third of you, or more"),
        Band.MOST: gettext("The most shared, after that"),
    }
    for band, title in titles.items():
        lines = tuple(_line(words, one) for one in shared if one.band is band)
        if lines:
            blocks.append(Items(words.say(title), lines))
    if shared:
        sure = ngettext(
            "{count} of these {lines} would stay whoever left.",
            "{count} of these {lines} would stay whoever left.",
            parts.sure,
            lines=len(shared),
        )
        blocks.append(Said((words.say(sure),)))
    aloud = gettext("Who knows one of these resources, and what came of it?")
    return Section("shared", words.say(gettext("What gathers you")), words.say(aloud), tuple(blocks))


def _line(words: Words, one: Shared) -> Item:
    notes = (words.say(gettext("in every group")),) if one.everywhere else ()
    told = words.of(one.ranked.people, words.synthesis.people)
    return words.medoc(one.ranked.medoc, told, rank=rank_text(one.ranked), notes=notes)


def path_section(words: Words, parts: Parts) -> Section:
    """Return the collective path, stage by stage, and what it goes without."""
    path = parts.path.pathway
    blocks: list[Block] = [Said((words.say(pathway_rule(path)),))]
    for stage in path.stages:
        title = words.say(stage.term.title if stage.term else gettext("At any time"))
        blocks.append(Items(title, tuple(_step(words, step) for step in stage.steps)))
    wanted = {one.id for one in parts.path.left_out} & {one.ranked.medoc.id for one in parts.shared}
    kinds = {
        "require": gettext("it is not made for them"),
        "avoid": gettext("it is not advised to them"),
        "rule": gettext("a rule of the compass leaves it out"),
        "superseded": gettext("another has taken its place"),
    }
    gone = tuple(
        words.by_id(
            one.id,
            words.say(
                gettext(
                    "left out for {count}: {why}",
                    count=words.of(one.out, words.synthesis.people),
                    why=kinds[one.kind],
                )
            ),
        )
        for one in parts.path.left_out
        if one.id in wanted
    )
    if gone:
        blocks.append(
            Items(words.say(gettext("Shared, but not in the path: left out for more than half of you")), gone)
        )
    aloud = gettext("Which step could we take together, and who starts?")
    return Section("path", words.say(gettext("A path for the group")), words.say(aloud), tuple(blocks))


def _step(words: Words, step: Step) -> Item:
    found, people = step.recommendation, words.synthesis.people
    first = [medoc.title for medoc in step.first]
    notes = (words.say(gettext("to read first: {titles}", titles=Listing(first))),) if first else ()
    return words.medoc(found.medoc, words.of(found.score, people), notes=notes)
