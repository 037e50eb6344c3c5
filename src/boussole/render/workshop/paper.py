"""The page where paper sheets are typed in: a line, what is wrong with it, what was kept, the codes."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from boussole.core.definitions.compass import UNKNOWN
from boussole.i18n import gettext, ngettext
from boussole.render.wording import answer_text
from boussole.render.workshop.codes import letters
from boussole.render.workshop.phone import fill

if TYPE_CHECKING:
    from collections.abc import Sequence

    from boussole.core.answers.answers import Answers
    from boussole.core.definitions.compass import Compass, Question
    from boussole.i18n import Localised
    from boussole.render.workshop.phone import Phone

LONGEST_LINE = 600


class Typed(NamedTuple):
    """A sheet that is kept: its id, the three words to come back by, its line, its answers, what to know of them."""

    id: str
    words: str
    line: str
    answers: Answers
    notes: Sequence[Localised] = ()


class Entry(NamedTuple):
    """What is being typed: the id of the sheet, the line so far, whether it is there already, what is wrong.

    `kept` is the sheet typed just before.
    """

    id: str
    line: str = ""
    again: bool = False
    refused: Sequence[Localised] = ()
    kept: Typed | None = None


def typing_page(phone: Phone, compass: Compass, entry: Entry, typed: Sequence[Typed]) -> str:
    """Return the page."""
    say = phone.say
    count = ngettext("{count} sheet typed in", "{count} sheets typed in", len(typed))
    return fill(
        phone,
        "paper.html",
        gettext("Type a sheet again") if entry.again else gettext("Type paper sheets in"),
        entry=entry,
        how=say(
            gettext(
                "One line a person: the number of each question, then the letters that are ticked; = before what is "
                "written; ? for “I do not know”. For example: {example}",
                example=_example(compass),
            )
        ),
        again=say(gettext("What you type takes the place of what is there; what you leave out stays."))
        if entry.again
        else "",
        label=say(gettext("The line of this sheet")),
        longest=LONGEST_LINE,
        go=say(gettext("Keep this sheet")),
        refused=[say(one) for one in entry.refused],
        refused_head=say(
            ngettext(
                "Nothing was kept: {count} thing to mend.",
                "Nothing was kept: {count} things to mend.",
                len(entry.refused),
            )
        ),
        kept=None if entry.kept is None else _kept(phone, compass, entry.kept),
        count=say(count),
        typed=[(one.id, one.line, [say(note) for note in one.notes]) for one in typed],
        change=say(gettext("Change")),
        colon=gettext(": ").in_(phone.language),
        codes_head=say(gettext("The codes")),
        codes=[
            (number, say(question.ask), _codes(phone, question))
            for number, question in enumerate(compass.questions.values(), start=1)
        ],
        back=say(gettext("Lead")),
    )


def _kept(phone: Phone, compass: Compass, kept: Typed) -> dict[str, object]:
    """Return what a sheet holds, to be read again beside the paper."""
    say = phone.say
    return {
        "head": say(gettext("Kept. Read it again:")),
        "words": say(
            gettext("Three words for whoever it is, to see their result on a phone: {words}", words=kept.words)
        ),
        "answers": [
            (number, say(question.ask), say(answer_text(question, value)))
            for number, (id_, question) in enumerate(compass.questions.items(), start=1)
            if (value := kept.answers.get(id_)) is not None
        ],
        "notes": [say(one) for one in kept.notes],
    }


def _codes(phone: Phone, question: Question) -> list[tuple[str, str]]:
    """Return the letters of a question with what they stand for."""

    def said(value: str) -> str:
        if value == UNKNOWN:
            return phone.say(gettext("I do not know"))
        option = question.options.get(value)
        return phone.say(question.labels[int(value)] if option is None else option.text)

    return [(letter, said(value)) for letter, value in letters(question).items()]


def _example(compass: Compass) -> str:
    """Return the beginning of a line: the first questions, each with its first letter."""
    pieces = []
    for number, question in enumerate(compass.questions.values(), start=1):
        codes = list(letters(question))
        pieces.append(f"{number}{codes[0]}" if codes else f"{number}=12")
    return " ".join(pieces[:3])
