"""The words of a group's report: names of options, terms and groups, and sentences about counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from boussole.core.definitions.compass import UNKNOWN, QuestionType
from boussole.core.group.counts import FEWEST_FOR_PERCENT
from boussole.escape import plain_text, web_address
from boussole.i18n import Listing, gettext, ngettext
from boussole.render.group.report.model import Item
from boussole.render.wording import kind_title

if TYPE_CHECKING:
    from boussole.core.definitions.catalogue import Medoc
    from boussole.core.group.contrasts import Contrast
    from boussole.core.group.order import GroupRanked
    from boussole.core.group.synthesis import Synthesis
    from boussole.i18n import Localised


class Words:
    """Says things of one synthesis in one language."""

    def __init__(self, synthesis: Synthesis, language: str) -> None:
        """Take what is told, and the language."""
        self.synthesis = synthesis
        self.language = language
        self.separator = gettext("; ").in_(language)

    def say(self, text: Localised) -> str:
        """Return a text on one line."""
        return plain_text(text.in_(self.language))

    def option(self, question: str, option: str) -> str:
        """Return an option, or a position of a scale, in words."""
        if option == UNKNOWN:
            return self.say(gettext("I do not know"))
        asked = self.synthesis.compass.questions[question]
        if asked.type is QuestionType.SCALE:
            return self.say(asked.labels[int(option)])
        return self.say(asked.options[option].text)

    def ask(self, question: str) -> str:
        """Return a question as it is asked."""
        return self.say(self.synthesis.compass.questions[question].ask)

    def term(self, facet: str, term: str) -> str:
        """Return a term of a facet."""
        return self.say(self.synthesis.catalogue.facets[facet].terms[term].title)

    def group(self, by: str, contrast: Contrast) -> str:
        """Return the name of a group, all of them where several are shown together."""
        question = by in self.synthesis.compass.questions
        names = [self.option(by, id_) if question else self.term(by, id_) for id_ in contrast.part.ids]
        if len(names) == 1:
            return names[0]
        return self.say(gettext("Several small groups together: {names}", names=Listing(names)))

    def of(self, count: int, people: int) -> str:
        """Return « 8 of 20 », with its percentage where there are enough people."""
        if self.synthesis.people >= FEWEST_FOR_PERCENT and people == self.synthesis.people:
            return self.say(
                gettext("{count} of {people} ({percent}%)", count=count, people=people, percent=100 * count // people)
            )
        return self.say(gettext("{count} of {people}", count=count, people=people))

    def medoc(self, medoc: Medoc, told: str, *, rank: str = "", notes: tuple[str, ...] = ()) -> Item:
        """Return a line about a MEDOC."""
        kind = self.say(kind_title(medoc, self.synthesis.catalogue))
        return Item(rank, self.say(medoc.title), web_address(medoc.url), told, (kind, *notes))

    def by_id(self, id_: str, told: str) -> Item:
        """Return a line about the MEDOC that has this id."""
        return self.medoc(self.synthesis.catalogue.medoc[id_], told)

    def sides(self, here: int, there: int, contrast: Contrast) -> str:
        """Return how many of the group, and how many of the others."""
        return self.say(
            gettext(
                "{here} of {people} here, {elsewhere} of {others} elsewhere",
                here=here,
                people=contrast.people,
                elsewhere=there,
                others=contrast.others,
            )
        )


def rank_text(ranked: GroupRanked) -> str:
    """Return the rank as shown: `4`, or `2=` where it is shared."""
    return f"{ranked.rank}=" if ranked.tied else str(ranked.rank)


def size(synthesis: Synthesis) -> Localised:
    """Return how many people, or sheets and people, this is about."""
    people = ngettext("{count} person", "{count} people", synthesis.spoken_for)
    if synthesis.spoken_for == synthesis.people:
        return people
    sheets = ngettext("{count} sheet", "{count} sheets", synthesis.people)
    return gettext("{sheets}, {people}", sheets=sheets, people=people)
