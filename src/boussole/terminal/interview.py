"""The interview: asking what is left, going back, reviewing; each answer is kept before the next question.

The next question is always derived from the answers (`core.interview`), so nothing here can disagree with them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from boussole.core.answers.accepting import accept, parse
from boussole.core.answers.remedies import RefusedError
from boussole.core.answers.written import words_of_truth
from boussole.core.definitions.compass import UNKNOWN, WRITTEN, QuestionType
from boussole.core.interview import next_question, progress, question_after, question_before
from boussole.core.situation import situate
from boussole.i18n import Listing, gettext, ngettext, quoted
from boussole.render.wording import answer_text
from boussole.terminal.prompter import Item, Navigation, Prompt

if TYPE_CHECKING:
    from collections.abc import Callable

    from boussole.core.answers.answers import Answers
    from boussole.core.definitions.compass import Compass, Question, Value
    from boussole.i18n import Localised
    from boussole.terminal.prompter import Prompter

_NONE = ""  # no option has this id: the line « aucune de ces réponses » of a `many` that may be empty
_RESULT = ""


class Interview:
    """One person's interview about `compass`; `keep` puts the answers on disk, and returns what is to be said of it."""

    def __init__(
        self,
        compass: Compass,
        asker: Prompter,
        language: str,
        answers: Answers,
        keep: Callable[[Answers], Localised | None],
    ) -> None:
        """Start from `answers`, possibly none."""
        self._compass = compass
        self._asker = asker
        self._language = language
        self._keep = keep
        self._told = ""
        self.answers = answers

    def run(self) -> None:
        """Ask all that is left, then let every answer be reviewed, until the result is asked for.

        Raises:
            KeyboardInterrupt: when the person stops. EOFError: when piped answers end too early.

        """
        self._ask_what_is_left()
        self.review()

    def review(self) -> None:
        """Show the answers, each of which can be changed, until the person wants the result."""
        while True:
            path = situate(self._compass, self.answers).path
            ask = self._say(gettext("Here are your answers. Is everything right?"))
            try:
                chosen = self._asker.choose(
                    Prompt(ask, can_go_back=bool(path), proposed=True, told=self._what_changed()),
                    [Item(_RESULT, self._say(gettext("Yes, see the result")), uncounted=True), *self.answered()],
                    current=_RESULT,
                )
            except EOFError:  # piped answers need not say yes
                return
            if chosen == _RESULT:
                return
            id_ = path[-1] if isinstance(chosen, Navigation) else chosen
            self._ask_from(self._compass.questions[id_])
            self._ask_what_is_left()

    def wonder(self, question: Question) -> Value | Navigation:
        """Ask `question` again without keeping the answer."""
        return self._ask(question, can_go_back=True)

    def take(self, answers: Answers) -> None:
        """Go on from other answers: keep them, and ask what they leave unanswered."""
        self._put(answers)
        self._ask_what_is_left()

    def _put(self, answers: Answers) -> None:
        """Go on with `answers`, kept; note which questions came and went where an answer was changed."""
        before, after = situate(self._compass, self.answers), situate(self._compass, answers)
        self.answers = answers
        told = [self._keep(answers)]
        if any(after.answers.get(id_, value) != value for id_, value in before.answers.items()):
            come = [id_ for id_ in after.path if id_ not in before.path]
            gone = [id_ for id_ in before.path if id_ not in after.path]
            told += [say(ids) for say, ids in ((self._asked_too, come), (self._asked_no_more, gone)) if ids]
        if any(told):
            self._told = " ".join(self._say(one).replace("\n", " ") for one in told if one is not None)

    def _asked_too(self, ids: list[str]) -> Localised:
        return ngettext(
            "{count} question is asked now: {questions}.",
            "{count} questions are asked now: {questions}.",
            len(ids),
            questions=self._named(ids),
        )

    def _asked_no_more(self, ids: list[str]) -> Localised:
        return ngettext(
            "{count} question is asked no more: {questions}.",
            "{count} questions are asked no more: {questions}.",
            len(ids),
            questions=self._named(ids),
        )

    def _named(self, ids: list[str]) -> Listing:
        return Listing([quoted(self._compass.questions[id_].ask) for id_ in ids])

    def _what_changed(self) -> str:
        """Return, once, what the answer before changed."""
        told, self._told = self._told, ""
        return told

    def _ask_what_is_left(self) -> None:
        while (question := next_question(self._compass, self.answers)) is not None:
            self._ask_from(question)

    def _ask_from(self, start: Question) -> None:
        """Ask `start`; once the person went back, also what follows on the path, answered or not."""
        question: Question | None = start
        went_back = False
        while question is not None:
            reply = self._ask(question)
            if reply is Navigation.BACK:
                question = question_before(self._compass, self.answers, question) or question
                went_back = True
            elif reply is Navigation.REVIEW:
                question, went_back = self._any_earlier(question), True
            else:
                self._put(self.answers.put(question.id, reply))
                question = question_after(self._compass, self.answers, question) if went_back else None

    def _any_earlier(self, question: Question) -> Question:
        """Return the answered question the person wants to go back to, or `question` itself."""
        chosen = self._asker.choose(
            Prompt(self._say(gettext("Which question do you want to go back to?")), can_go_back=True), self.answered()
        )
        return question if isinstance(chosen, Navigation) else self._compass.questions[chosen]

    def answered(self) -> list[Item]:
        """Return a line for each answer on the path."""
        answers = situate(self._compass, self.answers).answers
        questions = self._compass.questions
        return [
            Item(id_, self._say(questions[id_].ask), answer=self._say(answer_text(questions[id_], value)))
            for id_, value in answers.items()
        ]

    def _ask(self, question: Question, *, can_go_back: bool = False) -> Value | Navigation:
        prompt = self._prompt(question)
        prompt = prompt._replace(can_go_back=can_go_back or prompt.can_go_back)
        if question.type in WRITTEN:
            return self._write(question, prompt)
        items = self._items(question)
        current = self._preselected(question)
        if question.type is QuestionType.MANY:
            return self._choose_many(question, prompt, items, current)
        chosen = self._asker.choose(prompt, items, None if current is None else str(current))
        if isinstance(chosen, Navigation):
            return chosen
        return parse(question, chosen)

    def _choose_many(
        self, question: Question, prompt: Prompt, items: list[Item], current: Value | None
    ) -> Value | Navigation:
        least = question.at_least
        checked = (_NONE,) if current == () else current if isinstance(current, tuple) else ()
        if current == UNKNOWN:
            checked = (UNKNOWN,)
        chosen = self._asker.choose_many(prompt, items, checked, least=least, most=question.most)
        if isinstance(chosen, Navigation):
            return chosen
        return UNKNOWN if chosen == (UNKNOWN,) else accept(question, tuple(one for one in chosen if one != _NONE))

    def _write(self, question: Question, prompt: Prompt) -> Value | Navigation:
        def refuse(written: str) -> str | None:
            try:
                parse(question, written)
            except RefusedError as refusal:
                texts = (refusal.problem.what, refusal.problem.remedy)
                said = " ".join(self._say(text) for text in texts if text is not None)
                return said[:1].upper() + said[1:]  # in a file it stands after the name of its question
            return None

        current = self._preselected(question)
        written = self._asker.write(
            prompt, "" if current is None else str(current), refuse=refuse, unknown=not question.required
        )
        return written if isinstance(written, Navigation) else parse(question, written)

    def _preselected(self, question: Question) -> Value | None:
        """Return the answer there is, else the one that the author proposes: it counts once it is confirmed."""
        answer = self.answers.get(question.id)
        return question.default if answer is None else answer

    def _prompt(self, question: Question) -> Prompt:
        far = progress(self._compass, self.answers, question)
        parts: list[Localised] = [gettext("Question {number} of {total}", number=far.number, total=far.total)]
        if question.section is not None:
            parts.append(self._compass.sections[question.section].title)
        ask = self._say(question.ask)
        return Prompt(
            ask=f"{ask} ({self._say(question.unit)})" if question.unit else ask,
            progress=" · ".join(self._say(part) for part in parts),
            help=self._say(question.help) if question.help else "",
            can_go_back=far.number > 1,
            can_review=bool(situate(self._compass, self.answers).answers),
            proposed=question.default is not None and self.answers.get(question.id) is None,
            told=self._what_changed(),
        )

    def _items(self, question: Question) -> list[Item]:
        if question.type is QuestionType.SCALE:
            items = [Item(str(place), self._say(label)) for place, label in enumerate(question.labels)]
        else:
            items = [
                Item(
                    option.id,
                    self._say(option.text),
                    self._say(option.hint) if option.hint else "",
                    option.alone,
                    words=words_of_truth(option.id) if question.type is QuestionType.YES_NO else (),
                )
                for option in question.options.values()
            ]
        if question.least == 0 and question.type is QuestionType.MANY:
            items.append(Item(_NONE, self._say(gettext("None of these")), alone=True))
        if not question.required:
            items.append(Item(UNKNOWN, self._say(gettext("I do not know")), alone=True))
        return items

    def _say(self, text: Localised) -> str:
        return text.in_(self._language)
