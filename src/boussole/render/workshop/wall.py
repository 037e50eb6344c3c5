"""The big screen, and the facilitator's page: how to join, how many are there, the synthesis screen by screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from boussole.escape import plain_text
from boussole.i18n import gettext, ngettext
from boussole.render.group.html import drawing
from boussole.render.group.report.content import group_report
from boussole.render.qr import path_data, qr_code, width
from boussole.render.templating import environment
from boussole.render.workshop.phone import OVER
from boussole.render.workshop.wifi import wifi_code

if TYPE_CHECKING:
    from collections.abc import Sequence

    from boussole.core.group.synthesis import Synthesis
    from boussole.i18n import Localised, Message
    from boussole.render.group.report.model import Report

_NOT_SHOWN = {"next", "method"}
"""Parts of the report that are for paper."""
SHARED = "shared"
_TIMER = (
    ("timer", gettext("Start the timer")),
    ("more", gettext("One minute more")),
    ("less", gettext("One minute less")),
    ("stop", gettext("Stop the timer")),
)


class Wall(NamedTuple):
    """What stands on the wall: where to join, who is there, and the screen, from 1, of what was photographed (0: none).

    `actions` are words for the buttons that may be pressed now, by what they do; `notices` what only the facilitator
    needs to know.
    """

    language: str
    title: str
    address: str
    code: str
    joined: int
    finished: int
    state: str
    screen: int
    synthesis: Synthesis | None
    actions: Sequence[tuple[str, Message]]
    round: str = ""
    notices: Sequence[Localised] = ()
    timer: Localised | None = None
    rehearsal: bool = False
    wifi: str = ""
    password: str = ""


def screens(synthesis: Synthesis) -> list[str]:
    """Return the ids of the screens of a synthesis, in their order."""
    return [one.id for one in group_report(synthesis, "en").sections if one.id not in _NOT_SHOWN]


def timer_words(minutes: int | None) -> Localised | None:
    """Return how many minutes are left, in words, the one begun counted; None where there is no timer."""
    if minutes is None:
        return None
    if not minutes:
        return gettext("Time is up.")
    if minutes == 1:
        return gettext("Less than a minute left")
    return ngettext("{count} minute left", "{count} minutes left", minutes)


def wall_page(wall: Wall, *, remote: bool) -> str:
    """Return the big screen; `remote`: the page of the facilitator's phone, with the buttons first."""

    def say(text: Localised) -> str:
        return plain_text(text.in_(wall.language))

    report: Report | None = None
    section = None
    if wall.screen and wall.synthesis is not None:
        report = group_report(wall.synthesis, wall.language)
        shown = [one for one in report.sections if one.id not in _NOT_SHOWN]
        section = shown[min(wall.screen, len(shown)) - 1]
    qr = qr_code(wall.address)
    wifi = qr_code(wifi_code(wall.wifi, wall.password)) if wall.wifi else None
    parts: dict[str, Any] = {
        "qr": "" if qr is None else path_data(qr),
        "qr_size": 0 if qr is None else width(qr),
        "wifi": say(gettext("First the Wi-Fi: {name}", name=wall.wifi)) if wall.wifi else "",
        "password": say(gettext("Password: {password}", password=wall.password)) if wall.password else "",
        "wifi_qr": "" if wifi is None else path_data(wifi),
        "wifi_size": 0 if wifi is None else width(wifi),
        "wifi_title": say(gettext("The Wi-Fi as a picture")),
        "qr_title": say(gettext("The address as a picture")),
        "lead": say(gettext("Open this address on your phone, or photograph the picture")),
        "joined": say(ngettext("{count} person joined", "{count} people joined", wall.joined)),
        "finished": say(ngettext("{count} has finished", "{count} have finished", wall.finished)),
        "rehearsal": say(gettext("Rehearsal: some people here are drawn by chance.")) if wall.rehearsal else "",
        "buttons": [(name, say(text)) for name, text in wall.actions],
        "notices": [say(one) for one in wall.notices],
        "over": say(OVER),
        "lost": say(gettext("The computer of the session does not answer.")),
        "timer": "" if wall.timer is None else say(wall.timer),
        "timer_buttons": [(name, say(text)) for name, text in _TIMER[: None if wall.timer else 1]],
        "minutes": say(gettext("Minutes")),
        "paper": say(gettext("Type paper sheets in")),
        "leading": say(gettext("Lead")),
    }
    return (
        environment()
        .get_template("workshop/wall.html")
        .render(wall=wall, remote=remote, report=report, section=section, **parts, **drawing(level=2))
    )
