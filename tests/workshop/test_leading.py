"""What the facilitator does, and what the big screen shows, never before it is asked for."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from boussole.core.group.synthesis import synthesise
from boussole.vectorized.group.people import rank_people
from boussole.workshop.facts import read_state
from boussole.workshop.store import read_kept
from support.phones import Page, Phone

if TYPE_CHECKING:
    from collections.abc import Callable

    from boussole.core.group.gathering import Person
    from workshop.conftest import Workshop

    People = Callable[[int], list[Phone]]


class Leader:
    """The facilitator's browser."""

    def __init__(self, workshop: Workshop, agent: str = "Mozilla/5.0") -> None:
        """Open the address of the terminal."""
        self.client = workshop.client()
        self.page = Page(self.client.get("/animer/token", headers={"user-agent": agent}))

    def press(self, action: str) -> Page:
        """Press a button."""
        self.page = Page(self.client.post("/mur", data={"do": action}))
        return self.page

    @property
    def buttons(self) -> list[str]:
        """Return what can be pressed."""
        return [one.get("value", "") for one in self.page.root.iter("button")]

    @property
    def said(self) -> str:
        """Return all that is said."""
        return self.page.text(".//body")


def test_only_who_has_the_address_of_the_terminal(workshop: Workshop, people: People) -> None:
    """Phones, and who guesses, see and change nothing."""
    phone = people(1)[0]
    for address in ("/mur", "/animer", "/animer/other"):
        assert phone.open(address).status == 403
    assert phone.client.get("/mur/etat").status_code == 403
    assert phone.client.post("/mur", data={"do": "close"}).status_code == 403
    assert workshop.room.open


def test_before_anything_is_shown(workshop: Workshop, people: People) -> None:
    """The address, the code, how many joined and finished, and nothing else."""
    people(6)
    workshop.joined()
    leader = Leader(workshop)
    assert leader.page.url == "/mur"
    for words in ("http://127.0.0.1:8765/BCDF", "7 people joined", "6 have finished", "Round 1 of 2"):
        assert words in leader.said
    assert "Town" not in leader.said
    assert "Water" not in leader.said
    assert leader.client.get("/mur/etat").json()["finished"] == "6 have finished"
    assert Leader(workshop, "Mobile Safari Mobi").page.url == "/animer"


def test_under_five_nothing_can_be_shown(workshop: Workshop, people: People) -> None:
    """It is said why."""
    people(4)
    leader = Leader(workshop)
    leader.press("reveal")
    assert "Under 5 finished sheets, nothing can be shown." in leader.said
    assert workshop.room.state.screen == 0


def test_screen_by_screen(workshop: Workshop, people: People) -> None:
    """Shown although somebody is not ready; forward, back, and back to the address; kept over a restart."""
    people(6)
    workshop.joined()
    leader = Leader(workshop)
    headings = [leader.press("reveal").heading]
    while "next" in leader.buttons:
        headings.append(leader.press("next").heading)
    assert headings == [
        "Who is here",
        "What gathers you",
        "What divides you",
        "What the majority does not see",
        "A path for the group",
        "Answers, question by question",
    ]
    assert leader.press("next").heading == headings[-1]
    assert leader.press("previous").heading == headings[-2]
    workshop.restart()
    again = Leader(workshop)
    assert again.page.heading == headings[-2]
    assert again.press("hide").heading == "Trial compass"


def test_what_is_shown_is_what_group_says(workshop: Workshop, people: People) -> None:
    """The same synthesis of the same sheets."""
    people(6)
    Leader(workshop).press("reveal")
    shown = workshop.room.synthesis
    assert shown is not None
    assert shown.people == 6
    assert shown.parts == synthesise(workshop.room.compass, workshop.room.catalogue, _shown_people(workshop)).parts


def _shown_people(workshop: Workshop) -> list[Person]:
    room = workshop.room
    return rank_people(room.compass, room.catalogue, [one.situation for one in room.people.whole(1)])


def test_a_photograph(workshop: Workshop, people: People) -> None:
    """Late answers do not move it; it is taken again once there are three of them, not before."""
    people(6)
    leader = Leader(workshop)
    leader.press("reveal")
    people(2)
    leader.press("again")
    assert "2 sheets changed since the photograph: shown now, they could be recognised." in leader.said
    assert workshop.room.synthesis is not None
    assert workshop.room.synthesis.people == 6
    people(1)
    leader.press("again")
    assert workshop.room.synthesis.people == 9


def test_pause_and_close(workshop: Workshop, people: People) -> None:
    """Phones are told, go nowhere, and lose nothing; closed, no answer is taken."""
    done, phone = people(1)[0], workshop.joined()
    leader = Leader(workshop)
    leader.press("pause")
    assert phone.open("/suite").heading == "A pause"
    leader.press("close")
    phone.client.post("/q/profile", data={"answer": "etat"})
    assert phone.open("/q/profile").heading == "Answers are closed"
    assert workshop.room.people.by_id[2].answers(1).get("profile") is None
    assert done.open("/relire").form is not None
    assert "Answers are closed" in done.page.text(".//main")
    assert done.open("/resultat").heading == "My compass"
    workshop.restart()
    assert not workshop.room.open
    Leader(workshop).press("open")
    assert workshop.room.open


def test_an_answer_on_its_way_at_a_pause_is_kept(workshop: Workshop) -> None:
    """Nobody loses what they had just pressed."""
    phone = workshop.joined()
    Leader(workshop).press("pause")
    assert phone.send("Town").heading == "A pause"
    assert workshop.room.people.by_id[1].answers(1).get("profile") == "commune"


def test_rounds(workshop: Workshop, people: People) -> None:
    """In the second, people start from what they said; who says it again, or changes it, is compared with before."""
    phones = people(7)
    leader = Leader(workshop)
    leader.press("round")
    assert "0 have finished" in leader.said
    assert "round" not in leader.buttons
    for phone in phones[:6]:
        assert phone.open("/suite").heading == "My answers"
        phone.send()
    phones[0].open("/q/profile?relire=1")
    phones[0].send("State")
    leader.press("reveal")
    shown = workshop.room.synthesis
    assert shown is not None
    assert shown.people == 6
    assert shown.compared
    assert phones[6].open("/resultat").link("Another round began: read my answers again") == "/relire"
    person = workshop.room.people.by_id[1]
    assert (person.answers(1).get("profile"), person.answers(2).get("profile")) == ("commune", "etat")


def test_the_group_on_a_phone(workshop: Workshop, people: People) -> None:
    """Once the room saw the list, each phone says how much of it is on its own."""
    phone = people(6)[0]
    leader = Leader(workshop)
    leader.press("reveal")
    assert "has not shown" in phone.open("/resultat").text(".//main")
    state = phone.client.get("/etat").json()
    leader.press("next")
    assert "on the group’s list too" in phone.open("/resultat").text(".//main")
    assert phone.client.get("/etat").json() != state


@pytest.mark.parametrize("action", ["", "next", "previous", "nothing"])
def test_nothing_to_do(workshop: Workshop, action: str) -> None:
    """A button that is not there does nothing."""
    state = workshop.room.state
    Leader(workshop).press(action)
    assert workshop.room.state == state == read_state(read_kept(workshop.path).facts)


def test_photographs_hold_no_more_than_is_shown(workshop: Workshop, people: People) -> None:
    """Answers under random ids: no words, no token."""
    people(5)
    Leader(workshop).press("reveal")
    kept = json.loads(workshop.room.photographs[1])
    assert {key for one in kept["now"] for key in one} == {"person", "answers"}
