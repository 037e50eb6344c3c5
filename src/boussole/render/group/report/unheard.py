"""What the majority does not see, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from boussole.i18n import gettext, ngettext
from boussole.render.group.report.model import Block, Item, Items, Said, Section

if TYPE_CHECKING:
    from collections.abc import Iterator

    from boussole.core.group.synthesis import Parts
    from boussole.render.group.report.words import Words


def unheard_section(words: Words, parts: Parts) -> Section:
    """Return whom the common list leaves with nothing, the needs without an answer, and what is to find out."""
    blocks: list[Block] = [*_unheard(words, parts)]
    if parts.unanswered:
        facets = words.synthesis.catalogue.facets
        lines = tuple(
            Item(
                "",
                words.term(one.facet, one.term),
                None,
                words.say(
                    gettext(
                        "{without} of the {people} who need it find nothing made for it",
                        without=one.without,
                        people=one.people,
                    )
                ),
                (words.say(facets[one.facet].title),),
            )
            for one in parts.unanswered
        )
        blocks.append(Items(words.say(gettext("Needs without an answer")), lines))
    if parts.to_find_out:
        lines = tuple(
            Item(
                "",
                words.ask(one.question),
                None,
                words.say(ngettext("{count} does not know", "{count} do not know", one.people)),
            )
            for one in parts.to_find_out
        )
        blocks.append(Items(words.say(gettext("To find out together")), lines))
    title, aloud = gettext("What the majority does not see"), gettext("Whose need is missing from this list?")
    return Section("unheard", words.say(title), words.say(aloud), tuple(blocks))


def _unheard(words: Words, parts: Parts) -> Iterator[Block]:
    found = parts.unheard
    if not found.people:
        yield Said((words.say(gettext("Everybody finds something of their own in what gathers you.")),))
        return
    told = ngettext(
        "The common list brings nothing of their own to {count} person.",
        "The common list brings nothing of their own to {count} people.",
        found.people,
    )
    yield Said((words.say(told),))
    lines = tuple(
        words.by_id(one.id, words.say(ngettext("serves {count} of them", "serves {count} of them", one.people)))
        for one in found.list
    )
    if lines:
        yield Items(words.say(gettext("What would serve them, one after the other")), lines)
    if found.left:
        left = ngettext(
            "{count} person is left, with needs of their own that this report does not show.",
            "{count} people are left, with needs of their own that this report does not show.",
            found.left,
        )
        yield Said((words.say(left),))
