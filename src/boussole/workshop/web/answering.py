"""How somebody answers: a question a page, back, review, their result; what is acknowledged is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from boussole.core.answers.accepting import accept, parse
from boussole.core.answers.remedies import RefusedError
from boussole.core.definitions.compass import UNKNOWN, QuestionType
from boussole.core.interview import next_question, question_after
from boussole.core.situation import situate
from boussole.i18n import gettext
from boussole.render.workshop.phone import Asked, message_page, question_page, review_page
from boussole.render.workshop.result import Around, result_page
from boussole.workshop.facts import Stage
from boussole.workshop.people import Given
from boussole.workshop.web.guard import Limiter, Rate, form_of
from boussole.workshop.web.visit import Visit

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from starlette.requests import Request

    from boussole.core.answers.answers import Answers
    from boussole.core.definitions.compass import Question, Value
    from boussole.i18n import Localised
    from boussole.workshop.people import Participant
    from boussole.workshop.room import Room

ANSWERS = Rate(60, 10.0)
"""How many answers one person may send: no finger is faster."""
_LARGEST_COUNTER = 2**53
"""What JavaScript can count to."""


async def go_on(request: Request) -> Response:
    """Lead to what somebody is to do next."""
    visit = Visit.of(request)
    if visit.person is None:
        return visit.join_first()
    return visit.go(_next(visit.room, visit.person))


def _next(room: Room, person: Participant) -> str:
    if not room.open:
        return "/attente"
    question = room.next_question(person)
    if question is not None:
        return f"/q/{question.id}"
    return "/resultat" if room.state.round in person.sheets else "/relire"


async def wait(request: Request) -> Response:
    """Say that no answers are taken, and why."""
    visit = Visit.of(request)
    if visit.person is None:
        return visit.join_first()
    if visit.room.open:
        return visit.go("/suite")
    if visit.room.state.stage is Stage.CLOSED:
        what, line = gettext("Answers are closed"), gettext("What you answered is kept.")
        link = "/resultat", gettext("See my result")
    else:
        what = gettext("A pause")
        line = gettext("What you answered is kept. The facilitator will say when it goes on.")
        link = "/suite", gettext("Go on")
    return visit.page(message_page(visit.following, what, line, link=link))


async def question(request: Request) -> Response:
    """Ask one question of those on the path; any other leads to the next one."""
    visit = Visit.of(request)
    person, room = visit.person, visit.room
    if person is None:
        return visit.join_first()
    asked = _on_path(room, room.answers(person), request.path_params["id"])
    if asked is None or not room.open:
        return visit.go("/suite")
    notice = gettext("A newer answer is kept, the one you see. Choose again to change it.")
    shown = _asked(room, person, asked, from_review="relire" in request.query_params)
    return visit.page(
        question_page(
            visit.phone, room.compass, shown._replace(error=notice if "autre" in request.query_params else None)
        )
    )


def _on_path(room: Room, answers: Answers, id_: str) -> Question | None:
    return room.compass.questions[id_] if id_ in situate(room.compass, answers).path else None


def _asked(room: Room, person: Participant, question: Question, *, from_review: bool) -> Asked:
    """Return a question with the counter that the next answer to it has."""
    round_ = room.state.round
    counter = person.counter(round_, question.id) + 1
    return Asked(question, room.answers(person), round_, counter, from_review)


async def answer(request: Request) -> Response:
    """Keep an answer, then lead on; one that does not fit is asked again, saying why."""
    visit = Visit.of(request)
    person, room = visit.person, visit.room
    fields = await form_of(request)
    if person is None:
        return visit.join_first()
    last = dict(fields)
    asked = room.compass.questions.get(request.path_params["id"])
    if asked is None:
        return visit.go("/suite")
    if room.state.stage is Stage.CLOSED:
        return visit.go("/attente")
    rates: Limiter = request.app.state.rates
    if rates.over(str(person.id)):
        return visit.say(429, gettext("Too fast"), gettext("Wait a few seconds, then go on."))
    rates.note(str(person.id))
    from_review = "relire" in last
    try:
        value = _value(asked, last, [one for name, one in fields if name == "answer"])
    except RefusedError as refusal:
        shown = _asked(room, person, asked, from_review=from_review)
        shown = shown._replace(error=_why(asked, refusal), value=_typed(asked, fields))
        return visit.page(question_page(visit.phone, room.compass, shown), 422)
    given = Given(value, _number(last.get("counter"), person.counter(room.state.round, asked.id) + 1, _LARGEST_COUNTER))
    round_ = _number(last.get("round"), room.state.round, room.state.round)
    if not await room.answer(person, round_, asked.id, given):
        return visit.go(f"/q/{asked.id}?autre=1")
    return visit.go(_after(room, person, asked, from_review=from_review))


def _after(room: Room, person: Participant, asked: Question, *, from_review: bool) -> str:
    """Return what comes after an answer: the question that follows, or, from the review, what it made necessary."""
    answers = room.answers(person)
    if not room.open:
        return "/attente"
    path = situate(room.compass, answers).path
    following = None
    if not from_review and asked.id in path:
        following = question_after(room.compass, answers, asked)
    following = following or next_question(room.compass, answers)
    return "/relire" if following is None else f"/q/{following.id}"


def _number(written: str | None, usual: int, most: int) -> int:
    """Return a whole number from 1 to `most`; `usual` where none is written."""
    if written is None or not (written.isascii() and written.isdigit()) or len(written) > len(str(_LARGEST_COUNTER)):
        return usual
    return min(max(int(written), 1), most)


def _value(question: Question, fields: Mapping[str, str], chosen: Sequence[str]) -> Value:
    """Return the answer in a form.

    Raises:
        RefusedError: when it does not fit the question.

    """
    if fields.get("do") == "unknown":
        return parse(question, UNKNOWN)
    if question.type is QuestionType.MANY:
        return accept(question, list(chosen))
    return parse(question, chosen[0] if chosen else "")


def _typed(question: Question, fields: Sequence[tuple[str, str]]) -> Value | None:
    """Return what was chosen or typed, to show it again."""
    chosen = tuple(one for name, one in fields if name == "answer")
    if question.type is QuestionType.MANY:
        return chosen
    return chosen[0] if chosen else None


def _why(question: Question, refusal: RefusedError) -> Localised:
    """Return why an answer is refused, in words of the page."""
    if question.type in {QuestionType.ONE, QuestionType.YES_NO, QuestionType.SCALE}:
        return gettext("Choose an answer.")
    return refusal.problem.what


async def review(request: Request) -> Response:
    """Show one's own answers."""
    visit = Visit.of(request)
    if visit.person is None:
        return visit.join_first()
    answers = visit.room.answers(visit.person)
    return visit.page(review_page(visit.phone, visit.room.compass, answers, open_=visit.room.open))


async def finish(request: Request) -> Response:
    """Lead to the result, or to what is left to answer; somebody who changes nothing says the same again."""
    visit = Visit.of(request)
    if visit.person is None:
        return visit.join_first()
    following = visit.room.next_question(visit.person)
    if following is not None and visit.room.open:
        return visit.go(f"/q/{following.id}")
    if visit.room.open:
        await visit.room.touch(visit.person)
    return visit.go("/resultat")


async def result(request: Request) -> Response:
    """Show one's own result."""
    visit = Visit.of(request)
    if visit.person is None:
        return visit.join_first()
    if visit.room.people.situation(visit.person, visit.room.state.round).missing:
        return visit.go("/suite" if visit.room.open else "/relire")
    async with request.app.state.turn:  # one at a time: a result takes twenty times what an answer does
        page = await run_in_threadpool(_result, visit, visit.person)
    return visit.page(page)


def _result(visit: Visit, person: Participant) -> str:
    from boussole.workshop.results import own_of

    room = visit.room
    around = Around(room.shared_shown(), room.state.round not in person.sheets, room.open)
    return result_page(visit.following, own_of(room, person, visit.language), around)


async def own_file(request: Request) -> Response:
    """Give one's own path as a page to keep, which boussole reopens."""
    visit = Visit.of(request)
    if visit.person is None:
        return visit.join_first()
    from boussole.workshop.results import path_page

    async with request.app.state.turn:
        page = await run_in_threadpool(path_page, visit.room, visit.person, visit.language)
    headers = {"Content-Disposition": 'attachment; filename="ma-boussole.html"'}
    return Response(page, media_type="text/html", headers=headers)


async def own_code(request: Request) -> Response:
    """Give one's own code as a picture: apart, for it takes longer than the page, which most never read to its end."""
    visit = Visit.of(request)
    if visit.person is None:
        return visit.join_first()
    async with request.app.state.turn:
        qr = await run_in_threadpool(_code_picture, visit.room, visit.person)
    return Response(status_code=404) if qr is None else Response(qr, media_type="image/svg+xml")


def _code_picture(room: Room, person: Participant) -> str | None:
    from boussole.render.qr import qr_code, svg
    from boussole.workshop.results import code_of

    qr = qr_code(code_of(room, person))
    return None if qr is None else svg(qr)
