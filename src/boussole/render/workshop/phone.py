"""The pages of a phone that ask: one question a screen, back, review; whole without JavaScript."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, assert_never

from boussole.core.definitions.compass import UNKNOWN, QuestionType
from boussole.core.interview import progress, question_before
from boussole.core.situation import situate
from boussole.escape import plain_paragraphs, plain_text
from boussole.i18n import LANGUAGES, gettext
from boussole.render.templating import environment
from boussole.render.wording import answer_text, compass_size, how_many

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from boussole.core.answers.answers import Answers
    from boussole.core.definitions.compass import Compass, Question, Value
    from boussole.i18n import Localised, Message

LONGEST_TEXT = 300
"""How much somebody may write in an answer: what a body of 4 KiB holds whatever the letters."""
OVER = gettext("The session is stopped. All that was answered is kept.")
_NAMES = {"fr": "Français", "en": "English"}


class Phone(NamedTuple):
    """Who looks: the language, the address of the page, the three words to come back by ("": none yet).

    A page that waits follows the `state` of the session.
    """

    language: str
    path: str
    words: str = ""
    rehearsal: bool = False
    state: str = ""

    def say(self, text: Localised) -> str:
        """Return a text on one line."""
        return plain_text(text.in_(self.language))


class Asked(NamedTuple):
    """A question as it is shown: the answers so far, the round, the counter to send back, and what went wrong."""

    question: Question
    answers: Answers
    round: int
    counter: int
    from_review: bool = False
    value: Value | None = None
    error: Localised | None = None


def fill(phone: Phone, template: str, title: Localised | str, **parts: Any) -> str:  # noqa: ANN401 - what a template takes
    """Return a page of a phone."""
    return (
        environment()
        .get_template(f"workshop/{template}")
        .render(
            language=phone.language,
            title=title if isinstance(title, str) else phone.say(title),
            languages=[
                (code, _NAMES[code], f"{phone.path}?lang={code}") for code in LANGUAGES if code != phone.language
            ],
            state=phone.state,
            foot=phone.say(gettext("To come back on another phone, your three words: {words}", words=phone.words))
            if phone.words
            else "",
            rehearsal=phone.say(gettext("Rehearsal: some people here are drawn by chance.")) if phone.rehearsal else "",
            lost=phone.say(
                gettext("The network does not answer. What you answered is kept in this phone, and will be sent again.")
            ),
            over=phone.say(OVER),
            waiting=phone.say(gettext("Answers that wait to be sent:")),
            **parts,
        )
    )


def welcome_page(phone: Phone, compass: Compass, code: str) -> str:
    """Return the first page: what it is, how long it takes, what is kept, and the button that begins."""
    kept = gettext(
        "Your answers are kept on the facilitator’s computer, without your name; the room sees counts only. "
        "Nothing goes on the internet."
    )
    return fill(
        phone,
        "welcome.html",
        compass.title,
        summary=[] if compass.summary is None else plain_paragraphs(compass.summary.in_(phone.language)),
        size=phone.say(compass_size(len(compass.questions))),
        kept=phone.say(kept),
        code=code,
        start=phone.say(gettext("Start")),
        back=phone.say(gettext("I was here already")),
    )


def entry_page(phone: Phone, what: Message, *, label: Message, name: str, action: str, error: Message | None) -> str:
    """Return a page that asks for one line: the code of the session, or three words."""
    return fill(
        phone,
        "entry.html",
        what,
        label=phone.say(label),
        name=name,
        action=action,
        go=phone.say(gettext("Continue")),
        error=None if error is None else phone.say(error),
    )


def message_page(phone: Phone, what: Message, *lines: Message, link: tuple[str, Message] | None = None) -> str:
    """Return a page that says something."""
    return fill(
        phone,
        "message.html",
        what,
        lines=[phone.say(line) for line in lines],
        link=None if link is None else (link[0], phone.say(link[1])),
    )


def question_page(phone: Phone, compass: Compass, asked: Asked) -> str:
    """Return the page that asks one question."""
    question, say = asked.question, phone.say
    step = progress(compass, asked.answers, question)
    before = question_before(compass, asked.answers, question)
    given = asked.answers.get(question.id) if asked.value is None else asked.value
    current = question.default if given is None else given
    ask, place = say(question.ask), say(gettext("Question {number} of {total}", number=step.number, total=step.total))
    wrong = say(gettext("Error"))
    heading = place if asked.error is None else f"{wrong} – {place}"
    back = None if before is None else (f"/q/{before.id}", say(gettext("Back")))
    if asked.from_review:
        back = "/relire", say(gettext("Back"))
    return fill(
        phone,
        "question.html",
        f"{heading} – {ask}",
        place=place,
        ask=ask,
        asked=asked,
        kind=_kind(question),
        choices=_choices(phone, question, current),
        rule=say(how_many(1 if question.least is None else question.least, question.most))
        if question.type is QuestionType.MANY
        else "",
        unit="" if question.unit is None else say(question.unit),
        value="" if current is None or current == UNKNOWN or isinstance(current, tuple) else str(current),
        longest=LONGEST_TEXT,
        help=[] if question.help is None else plain_paragraphs(question.help.in_(phone.language)),
        help_title=say(gettext("Help")),
        go=say(gettext("Continue")),
        unknown="" if question.required else say(gettext("I do not know")),
        unknown_now=say(gettext("Your answer is: I do not know")) if given == UNKNOWN else "",
        back=back,
        review=("/relire", say(gettext("See my answers"))) if len(asked.answers) else None,
        error=None if asked.error is None else say(asked.error),
    )


def _kind(question: Question) -> str:
    """Return how it is answered: by one choice, by several, by a number, a day or a text."""
    match question.type:
        case QuestionType.MANY:
            return "checkbox"
        case QuestionType.NUMBER:
            return "decimal" if question.decimals else "numeric"
        case QuestionType.DATE:
            return "date"
        case QuestionType.TEXT:
            return "text"
        case QuestionType.ONE | QuestionType.YES_NO | QuestionType.SCALE:
            return "radio"
        case _:
            assert_never(question.type)


class _Choice(NamedTuple):
    value: str
    text: str
    hint: str
    chosen: bool
    alone: bool


def _choices(phone: Phone, question: Question, current: Value | None) -> list[_Choice]:
    """Return what can be chosen; the positions of a scale by their numbers."""
    chosen = current if isinstance(current, tuple) else (str(current),)
    if question.type is QuestionType.SCALE:
        return [
            _Choice(str(place), phone.say(label), "", str(place) in chosen, alone=False)
            for place, label in enumerate(question.labels)
        ]
    return [
        _Choice(
            option.id,
            phone.say(option.text),
            "" if option.hint is None else phone.say(option.hint),
            option.id in chosen,
            option.alone,
        )
        for option in question.options.values()
    ]


def review_page(phone: Phone, compass: Compass, answers: Answers, *, open_: bool) -> str:
    """Return the answers, each of which can be changed, and the button that ends."""
    say, path = phone.say, situate(compass, answers).path
    lines: Sequence[Mapping[str, str]] = [
        {
            "ask": say(compass.questions[id_].ask),
            "answer": say(answer_text(compass.questions[id_], value))
            if (value := answers.get(id_)) is not None
            else "",
            "link": f"/q/{id_}?relire=1",
        }
        for id_ in path
    ]
    left = any(not line["answer"] for line in lines)
    return fill(
        phone,
        "review.html",
        gettext("My answers"),
        answered=lines,
        change=say(gettext("Change")),
        nothing=say(gettext("no answer yet")),
        open=open_,
        left=left,
        go=say(gettext("Go on with the questions")) if left else say(gettext("See my result")),
        closed=say(gettext("Answers are closed: nothing can be changed now.")),
    )
