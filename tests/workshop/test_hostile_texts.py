"""What an author, or somebody on a phone, wrote is text on every page, whatever it holds."""

from __future__ import annotations

from boussole.core.answers.answers import Answers
from boussole.core.definitions.compass import QuestionType
from boussole.render.workshop.phone import Asked, Phone, question_page, review_page, welcome_page
from support.builders import make_compass, make_option, make_question, make_text

EVIL = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"


def test_texts_are_escaped() -> None:
    """In titles, questions, help, options, hints and answers."""
    option = make_option("a")._replace(text=make_text(EVIL), hint=make_text(EVIL))
    choice = make_question("q", QuestionType.ONE, options=[option])._replace(ask=make_text(EVIL), help=make_text(EVIL))
    line = make_question("t", QuestionType.TEXT)
    compass = make_compass(choice, line)._replace(title=make_text(EVIL), summary=make_text(EVIL))
    phone, answers = Phone("fr", "/"), Answers.of(q="a", t=EVIL)
    pages = [
        welcome_page(phone, compass, "BCDF"),
        review_page(phone, compass, answers, open_=True),
        *(question_page(phone, compass, Asked(one, answers, 1, 1)) for one in (choice, line)),
    ]
    for page in pages:
        assert "<script>alert" not in page
        assert "<img" not in page
