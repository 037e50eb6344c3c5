"""The workshop on paper: the facilitator's page, the sheet of each table, the questionnaire of the compass."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Any, NamedTuple

from boussole.core.definitions.compass import QuestionType
from boussole.core.definitions.conditions import ALWAYS
from boussole.core.definitions.dependencies import presence
from boussole.errors import need
from boussole.escape import plain_text
from boussole.i18n import gettext
from boussole.render.path.typesetting import FAMILIES, SANS, pdf, plain
from boussole.render.qr import qr_code, svg
from boussole.render.wording import how_many
from boussole.render.workshop.codes import letters
from boussole.render.workshop.wifi import wifi_code

if TYPE_CHECKING:
    from boussole.core.definitions.compass import Compass, Question
    from boussole.i18n import Localised, Message
    from boussole.render.path.typesetting import Tables

_NO_DAY = dt.date(2000, 1, 1)
"""Sheets have no date: the same compass gives the same bytes."""


class Place(NamedTuple):
    """Where the phones go: "" where it is not known yet, to be written by hand."""

    address: str = ""
    code: str = ""
    wifi: str = ""
    password: str = ""


_RUNNING: tuple[tuple[str, Message], ...] = (
    (
        "0:00",
        gettext("Welcome. Everybody joins the Wi-Fi, then opens the address. Mobile data off where it does not open."),
    ),
    ("0:10", gettext("Each answers alone, in silence. The big screen shows how many have finished, nothing else.")),
    ("0:20", gettext("Each reads their own list, alone: three minutes.")),
    ("0:25", gettext("At tables of mixed profiles: what surprised you? One sheet a table.")),
    ("0:50", gettext("Show the result, a screen at a time; ask aloud the question of each.")),
    ("1:10", gettext("Second round: each changes what they wish; look at what moved.")),
    ("1:20", gettext("Each says one step they will take. Save the report before the chairs are stacked.")),
)
_FAILING: tuple[Message, ...] = (
    gettext("A phone does not open the page: same Wi-Fi? mobile data off? Try the other addresses of the terminal."),
    gettext(
        "No phone opens it: the firewall of this computer, or a guest network that keeps devices apart. Use a hotspot."
    ),
    gettext("The program stopped: the line that it printed last goes on, same address, same code, nothing lost."),
    gettext("No network at all: one laptop a table with “boussole ask”, or this questionnaire on paper."),
)


def to_pdf(compass: Compass, language: str, place: Place) -> bytes:
    """Return the whole document.

    Raises:
        BoussoleError: when what it takes is not installed.

    """
    need("workshop", "PDF", "typst", SANS)
    told = _Writer(compass, language).told(place)
    return pdf("sheets.typ", lambda tables: _data(told, tables), _NO_DAY)


def _data(told: dict[str, Any], tables: Tables) -> str:
    def put(value: Any) -> Any:  # noqa: ANN401 - any JSON
        if isinstance(value, dict):
            return {name: one if name in {"qr", "wifi-qr"} else put(one) for name, one in value.items()}
        return [put(one) for one in value] if isinstance(value, list) else plain(value, tables)

    return json.dumps({**put(told), "fonts": FAMILIES})


class _Writer(NamedTuple):
    compass: Compass
    language: str

    def say(self, text: Localised) -> str:
        return plain_text(text.in_(self.language))

    def told(self, place: Place) -> dict[str, Any]:
        say = self.say
        wifi = wifi_code(place.wifi, place.password) if place.wifi else ""
        return {
            "language": self.language,
            "title": say(self.compass.title),
            "colon": gettext(": ").in_(self.language),
            "place": place._asdict(),
            "qr": _picture(place.address),
            "wifi-qr": _picture(wifi),
            "heads": {
                "leading": say(gettext("For whoever leads")),
                "running": say(gettext("An hour and a half")),
                "failing": say(gettext("When it fails")),
                "table": say(gettext("Answer on your phone")),
                "wifi": say(gettext("1. Join the Wi-Fi")),
                "page": say(gettext("2. Open the page")),
                "code": say(gettext("Code")),
                "password": say(gettext("Password")),
                "address": say(gettext("Address")),
                "paper": say(gettext("On paper")),
                "paper-how": say(gettext("Tick, or write. Leave what does not concern you.")),
                "qr": say(gettext("The address as a picture")),
            },
            "running": [[time, say(text)] for time, text in _RUNNING],
            "failing": [say(text) for text in _FAILING],
            "questions": [self._question(one) for one in self.compass.questions.values()],
        }

    def _question(self, question: Question) -> dict[str, Any]:
        notes = []
        if question.type is QuestionType.MANY:
            notes.append(how_many(1 if question.least is None else question.least, question.most))
        if presence(self.compass, question) is not ALWAYS:
            notes.append(gettext("for some only: it follows from what was answered before"))
        unknown = [] if question.required else [self.say(gettext("I do not know"))]
        codes = list(letters(question))
        choices = [self.say(one.text) for one in question.options.values()] or [
            self.say(one) for one in question.labels
        ]
        return {
            "ask": self.say(question.ask),
            "notes": [self.say(one) for one in notes],
            "choices": [list(one) for one in zip(codes, choices + unknown, strict=True)] if choices else [],
            "line": not choices,
            "unit": "" if question.unit is None else self.say(question.unit),
        }


def _picture(text: str) -> str:
    qr = qr_code(text)
    return "" if qr is None else svg(qr)
