"""After the result: why this one, why not that one, and what if one answered otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from boussole.core.compare.moves import rank_changes
from boussole.core.definitions.search import search
from boussole.core.interview import next_question
from boussole.core.ranking import rank
from boussole.core.situation import situate
from boussole.errors import BoussoleError
from boussole.escape import plain_text
from boussole.i18n import gettext
from boussole.render.compare.moves import move_lines
from boussole.render.why.formats import why_lines
from boussole.render.wording import answer_text, rank_label
from boussole.terminal.prompter import Item, Navigation, Prompt

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Sequence

    from boussole.core.answers.answers import Answers
    from boussole.core.definitions.catalogue import Medoc
    from boussole.core.definitions.compass import Question, Value
    from boussole.core.ranking import Ranking
    from boussole.i18n import Localised
    from boussole.terminal.interview import Interview
    from boussole.terminal.prompter import Prompter

PAGE = 30
"""How many of the MEDOC found are offered at once."""
_NEXT = ""  # no MEDOC has this id
_KEEP, _OTHER, _BACK = "keep", "other", "back"


class WhatIf(NamedTuple):
    """The questions that a result raises, about the `ranking` of an interview; `show` prints lines."""

    ranking: Ranking
    interview: Interview
    asker: Prompter
    language: str
    show: Callable[[Sequence[str]], None]
    today: dt.date

    def why(self, shown: int) -> None:
        """Ask which MEDOC, among the first `shown` or by words, and tell why it stands where it stands."""
        found = self._found(shown)
        if not found:
            return
        chosen = self._picked(found)
        if chosen is not None:
            from boussole.vectorized.why.explanation import explain

            context = self.ranking.context
            medoc, top = context.catalogue.medoc[chosen], context.compass.weighting.top
            try:
                account = explain(self.ranking, self.interview.answers, medoc, top)
            except BoussoleError as error:  # numbers that only whole numbers without end can hold
                self.show(error.in_(self.language).split("\n"))
            else:
                self.show(why_lines(account, self.language, self.today))

    def _picked(self, found: Sequence[Medoc]) -> str | None:
        """Return the one that is chosen, by its id, of as many as there are; None where none is."""
        stands = {
            item.medoc.id: self._say(gettext("rank {rank}", rank=rank_label(item)))
            for item in self.ranking.recommendations
        }
        out = self._say(gettext("left out"))
        start = 0
        while start >= 0:
            page = found[start : start + PAGE]
            items = [Item(one.id, self._say(one.title), stands.get(one.id, out)) for one in page]
            last = start + len(page)
            if last < len(found):
                more = gettext("The next ones, {first} to {last}", first=last + 1, last=min(last + PAGE, len(found)))
                items.append(Item(_NEXT, self._say(more), uncounted=True))
            place = gettext("{first} to {last} of {count} found", first=start + 1, last=last, count=len(found))
            said = self._say(place) if len(found) > PAGE else ""
            chosen = self.asker.choose(Prompt(self._say(gettext("Which one?")), said, can_go_back=True), items)
            if not isinstance(chosen, Navigation) and chosen != _NEXT:
                return chosen
            start += PAGE if chosen == _NEXT else -PAGE
        return None

    def _found(self, shown: int) -> list[Medoc]:
        """Return the MEDOC that have the words asked for; those of the list, where none is typed."""
        catalogue = self.ranking.context.catalogue

        def refuse(written: str) -> str | None:
            if not written.strip() or search(catalogue, written).medoc:
                return None
            return self._say(gettext("No MEDOC has these words."))

        prompt = Prompt(self._say(gettext("Words of its title (Enter: those of the list)")), can_go_back=True)
        written = self.asker.write(prompt, "", refuse=refuse)
        if isinstance(written, Navigation):
            return []
        if written.strip():
            return list(search(catalogue, written).medoc)
        listed = [item.medoc for item in self.ranking.top(shown)]
        if not listed:
            self.show([self._say(gettext("No MEDOC fits these answers."))])
        return listed

    def what_if(self) -> bool:
        """Try other answers and show what moves; return whether one was kept."""
        questions = self.ranking.context.compass.questions
        while True:
            items = self.interview.answered()
            prompt = Prompt(self._say(gettext("Which answer would be another one?")), can_go_back=True)
            chosen = self.asker.choose(prompt, items) if items else Navigation.BACK
            if isinstance(chosen, Navigation):
                return False
            value = self.interview.wonder(questions[chosen])
            if isinstance(value, Navigation):
                continue
            answers = self.interview.answers.put(chosen, value)
            self.show(self._moved(questions[chosen], value, answers))
            what = self._what_now()
            if what == _KEEP:
                self.interview.take(answers)
                return True
            if what == _BACK:
                return False

    def _moved(self, question: Question, value: Value, answers: Answers) -> list[str]:
        """Return what another answer moves, as lines."""
        context = self.ranking.context
        compass, top = context.compass, context.compass.weighting.top
        after = rank(compass, context.catalogue, situate(compass, answers))
        said = gettext(
            "If “{question}” were answered: {answer}", question=question.ask, answer=answer_text(question, value)
        )
        lines = [plain_text(self._say(said)), *move_lines(rank_changes(self.ranking, after, top), self.language)]
        if next_question(compass, answers) is not None:
            lines += ["", self._say(gettext("This answer opens other questions: the list may move again."))]
        return lines

    def _what_now(self) -> str:
        items = [
            Item(_BACK, self._say(gettext("Leave my answers as they are"))),
            Item(_KEEP, self._say(gettext("Keep this answer"))),
            Item(_OTHER, self._say(gettext("Try another one"))),
        ]
        chosen = self.asker.choose(Prompt(self._say(gettext("What now?")), can_go_back=True), items)
        return _OTHER if isinstance(chosen, Navigation) else chosen

    def _say(self, text: Localised) -> str:
        return text.in_(self.language)
