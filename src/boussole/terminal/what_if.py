"""After the result: why this one, why not that one, and what if one answered otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from boussole.core.compare.moves import moves
from boussole.core.definitions.search import search
from boussole.core.interview import next_question
from boussole.core.ranking import rank
from boussole.core.situation import situate
from boussole.errors import BoussoleError
from boussole.escape import plain_text
from boussole.i18n import message
from boussole.render.compare.moves import move_lines
from boussole.render.why.formats import why_lines
from boussole.render.wording import answer_text, rank_label
from boussole.terminal.prompter import Item, Move, Prompt

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Sequence

    from boussole.core.answers.answers import Answers
    from boussole.core.definitions.catalogue import Medoc
    from boussole.core.definitions.compass import Question, Value
    from boussole.core.ranking import Ranking
    from boussole.i18n import Localised
    from boussole.terminal.interview import Interview
    from boussole.terminal.prompter import Asker

MOST_FOUND = 30
"""How many of the MEDOC found are offered."""
_KEEP, _OTHER, _BACK = "keep", "other", "back"


class Wondering(NamedTuple):
    """The questions that a result raises, about the `ranking` of an interview; `show` prints lines."""

    ranking: Ranking
    interview: Interview
    asker: Asker
    language: str
    show: Callable[[Sequence[str]], None]
    today: dt.date

    def why(self, shown: int) -> None:
        """Ask which MEDOC, among the first `shown` or by words, and tell why it stands where it stands."""
        found = self._found(shown)
        if not found:
            return
        stands = {item.medoc.id: rank_label(item) for item in self.ranking.recommendations}
        out = self._say(message("left out"))
        items = [Item(one.id, self._say(one.title), stands.get(one.id, out)) for one in found]
        chosen = self.asker.choose(Prompt(self._say(message("Which one?")), can_go_back=True), items)
        if not isinstance(chosen, Move):
            from boussole.vectorized.why.explanation import account_of

            context = self.ranking.context
            medoc, top = context.catalogue.medoc[chosen], context.compass.weighting.top
            try:
                account = account_of(self.ranking, self.interview.answers, medoc, top)
            except BoussoleError as error:  # numbers that only whole numbers without end can hold
                self.show(error.in_(self.language).split("\n"))
            else:
                self.show(why_lines(account, self.language, self.today))

    def _found(self, shown: int) -> list[Medoc]:
        """Return the MEDOC that have the words asked for; those of the list, where none is typed."""
        catalogue = self.ranking.context.catalogue

        def refuse(written: str) -> str | None:
            if not written.strip() or search(catalogue, written):
                return None
            return self._say(message("No MEDOC has these words."))

        prompt = Prompt(self._say(message("Words of its title (Enter: those of the list)")), can_go_back=True)
        written = self.asker.write(prompt, "", refuse=refuse)
        if isinstance(written, Move):
            return []
        if written.strip():
            return search(catalogue, written)[:MOST_FOUND]
        listed = [item.medoc for item in self.ranking.top(shown)]
        if not listed:
            self.show([self._say(message("No MEDOC fits these answers."))])
        return listed

    def what_if(self) -> bool:
        """Try other answers and show what moves; return whether one was kept."""
        questions = self.ranking.context.compass.questions
        while True:
            items = self.interview.answered()
            prompt = Prompt(self._say(message("Which answer would be another one?")), can_go_back=True)
            chosen = self.asker.choose(prompt, items) if items else Move.BACK
            if isinstance(chosen, Move):
                return False
            value = self.interview.wonder(questions[chosen])
            if isinstance(value, Move):
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
        said = message(
            "If “{question}” were answered: {answer}", question=question.ask, answer=answer_text(question, value)
        )
        lines = [plain_text(self._say(said)), *move_lines(moves(self.ranking, after, top), self.language)]
        if next_question(compass, answers) is not None:
            lines += ["", self._say(message("This answer opens other questions: the list may move again."))]
        return lines

    def _what_now(self) -> str:
        items = [
            Item(_BACK, self._say(message("Leave my answers as they are"))),
            Item(_KEEP, self._say(message("Keep this answer"))),
            Item(_OTHER, self._say(message("Try another one"))),
        ]
        chosen = self.asker.choose(Prompt(self._say(message("What now?")), can_go_back=True), items)
        return _OTHER if isinstance(chosen, Move) else chosen

    def _say(self, text: Localised) -> str:
        return text.in_(self.language)
