"""Paper sheets, typed in by the facilitator: a line a person."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boussole.core.answers.accepting import sift
from boussole.core.answers.answers import Answers
from boussole.workshop.export import read_session, sheets_of
from boussole.workshop.paper import read_line, to_line
from support.builders import make_compass, make_question
from support.phones import Page
from support.samples import compass
from support.strategies import catalogues, compasses, values

if TYPE_CHECKING:
    from workshop.conftest import Workshop

LINE = "1a 2ab 3b 4a 5b 6=3000"


class Desk:
    """The facilitator's browser, on the page where sheets are typed in."""

    def __init__(self, workshop: Workshop) -> None:
        """Open it, by the address of the terminal."""
        self.client = workshop.client()
        self.client.get("/animer/token")
        self.open("/saisie")

    def open(self, address: str) -> Page:
        """Open an address."""
        self.page = Page(self.client.get(address))
        return self.page

    def type(self, line: str) -> Page:
        """Type a line, and send it."""
        self.fields = self.page.fields() | {"line": line}
        return self.again()

    def again(self) -> Page:
        """Send the same once more, as an impatient finger does."""
        self.page = Page(self.client.post("/saisie", data=self.fields))
        return self.page

    @property
    def said(self) -> str:
        """Return all that is said."""
        return self.page.text(".//main")


def test_only_the_facilitator(workshop: Workshop) -> None:
    """Phones neither see the page nor type."""
    phone = workshop.joined()
    for address in ("/saisie", f"/saisie/{'0' * 32}"):
        assert phone.open(address).status == 403
    assert phone.client.post("/saisie", data={"sheet": "0" * 32, "line": LINE}).status_code == 403
    assert len(workshop.room.people.by_id) == 1


def test_a_sheet(workshop: Workshop) -> None:
    """It is kept, read back, counted, exported and there after a restart; its three words open it on a phone."""
    desk = Desk(workshop)
    desk.type(LINE)
    for words in ("1 sheet typed in", "Town", "3000", "Three words"):
        assert words in desk.said
    assert workshop.room.counts() == (1, 1, 1)
    workshop.restart()
    person = workshop.room.typed()[0]
    assert to_line(compass(), workshop.room.answers(person)) == LINE
    assert [one["answers"]["habitants"] for one in sheets_of(read_session(workshop.path, compass()), compass())] == [
        3000
    ]
    phone = workshop.phone("/retour")
    phone.send(written=person.words)
    assert "3000" in phone.open("/relire").text(".//main")


def test_sent_twice_is_one_sheet(workshop: Workshop) -> None:
    """Pressed twice, or loaded again; the next line is another person's."""
    desk = Desk(workshop)
    desk.type(LINE)
    desk.again()
    assert "1 sheet typed in" in desk.said
    desk.type("1b")
    assert "2 sheets typed in" in desk.said


def test_corrected(workshop: Workshop) -> None:
    """What is typed takes the place of what is there, what is left out stays, and nobody is added."""
    desk = Desk(workshop)
    desk.type(LINE)
    desk.open(desk.page.link("Change"))
    entry = desk.page.written
    assert entry is not None
    assert entry.get("value") == LINE
    desk.type("1b")
    assert "1 sheet typed in" in desk.said
    assert to_line(compass(), workshop.room.answers(workshop.room.typed()[0])) == LINE.replace("1a", "1b")
    assert desk.open(f"/saisie/{'0' * 32}").heading == "Type paper sheets in"


@pytest.mark.parametrize(
    ("line", "reasons"),
    [
        ("", ["Nothing is written."]),
        ("1z", ["Question 1 has no “z”"]),
        ("1ab", ["Question 1: the answer must be one option."]),
        ("99a", ["There is no question 99"]),
        ("1a 1b", ["Question 1 stands twice."]),
        ("1a nothing", ["“nothing” cannot be read."]),
        ("6a", ["Question 6 has no letters: write 6="]),
        ("6=many", ["Question 6: "]),
        ("1?", ["Question 1: this question is required"]),
        ("1z 99a ! 6=x", ["Question 1 has no “z”", "There is no question 99", "“!” cannot be read.", "Question 6: "]),
        ("é" * 500, ["“é"]),
    ],
)
def test_refused(workshop: Workshop, line: str, reasons: list[str]) -> None:
    """Each reason is told at once, nothing is kept, and the line stands there to be mended."""
    desk = Desk(workshop)
    desk.type(line)
    assert desk.page.status == 422
    for reason in reasons:
        assert reason in desk.page.text(".//div[@role='alert']")
    assert desk.page.written is not None
    assert desk.page.written.get("value") == line
    assert workshop.room.people.by_id == {}
    desk.type(LINE)
    assert "1 sheet typed in" in desk.said


def test_what_does_not_count(workshop: Workshop) -> None:
    """A sheet that lacks what is required is kept, and said not to count; so are answers that do not concern them."""
    desk = Desk(workshop)
    desk.type("2a")
    assert "It does not count yet: question 1 has no answer." in desk.said
    assert workshop.room.counts().finished == 0


def test_typed_while_closed(workshop: Workshop) -> None:
    """Paper is gathered when phones are done: it is taken at any moment."""
    desk = Desk(workshop)
    desk.client.post("/mur", data={"do": "close"})
    desk.type(LINE)
    assert workshop.room.counts().finished == 1


def test_a_key_that_is_none(workshop: Workshop) -> None:
    """It makes no sheet."""
    desk = Desk(workshop)
    desk.fields = {"sheet": "x", "line": LINE}
    assert desk.again().heading == "Type paper sheets in"
    assert workshop.room.typed() == []


def test_typed_beside_phones(workshop: Workshop) -> None:
    """Numbers and words are given once, whoever comes first."""

    async def both() -> None:
        await asyncio.gather(workshop.room.join(), workshop.room.type_in("0" * 32, {}), workshop.room.join())

    asyncio.run(both())
    assert sorted(workshop.room.people.by_id) == [1, 2, 3]
    assert len({one.words for one in workshop.room.people.by_id.values()}) == 3


@pytest.mark.parametrize(
    "line",
    ["1A 2BA, 3b; 4a 5b 6=3000", "1 a 2 b a 3 b 4 a 5 b 6 = 3000", "1a2b+a3b4a5b6=3000", '6="3 000" 5b4a3b2ab1a'],
)
def test_ways_to_write(line: str) -> None:
    """Capitals, spaces, commas and order do not matter."""
    read = read_line(compass(), line)
    assert read.refused == []
    assert to_line(compass(), Answers.given(read.answers)) == LINE


def test_many_choices() -> None:
    """Over twenty-six, each has two letters."""
    asked = make_question("q", "many", [f"o{number}" for number in range(40)])
    found = read_line(make_compass(asked), "1aaabbn").answers
    assert found == {"q": ("o0", "o1", "o39")}


@given(st.data())
def test_the_line_of_a_sheet(data: st.DataObject) -> None:
    """Is read as the sheet that it was written from, whatever the compass."""
    asked = data.draw(catalogues(bounded=True).flatmap(lambda one: compasses(one, bounded=True)))
    drawn = {id_: data.draw(values(one)) for id_, one in asked.questions.items()}
    answers = sift(asked, Answers.given({id_: value for id_, value in drawn.items() if value != ()})).answers
    read = read_line(asked, to_line(asked, answers))
    assert Answers.given(read.answers) == answers
    assert len(read.refused) == (not read.answers)


@given(st.text(max_size=80))
def test_any_line(line: str) -> None:
    """Is read or refused."""
    read = read_line(compass(), line)
    assert read.answers or read.refused
    assert all(one.in_(language) for one in read.refused for language in ("fr", "en"))
