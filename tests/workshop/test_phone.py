"""What somebody does on a phone, without JavaScript."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from support.phones import Phone

if TYPE_CHECKING:
    from workshop.conftest import Workshop

WHO = "Who are you?"


def test_whole_way(workshop: Workshop) -> None:
    """Join, answer one question a page, read the answers again, see the result."""
    phone = workshop.joined()
    asked = []
    while phone.page.asks:
        asked.append(phone.page.heading)
        phone.send(*phone.ticks({}), written="3")
    assert (phone.page.url, phone.page.heading) == ("/relire", "My answers")
    phone.send()
    assert (phone.page.status, phone.page.heading) == (200, "My compass")
    assert len(asked) == len(set(asked)) == 7


def test_a_question(workshop: Workshop) -> None:
    """Its words are the legend, the only heading; what can be chosen has its label, and where one stands is said."""
    page = workshop.joined().page
    assert page.text(".//legend") == page.heading == WHO
    assert [one.label for one in page.choices] == ["Town", "State", "Non-profit"]
    assert "Question 1 of 7" in page.text(".//main")
    assert len(page.root.findall(".//h1")) == 1


def test_an_answer_is_acknowledged_by_leading_on(workshop: Workshop) -> None:
    """303, once it is kept: reloading the next page sends nothing again."""
    phone = workshop.joined()
    client = workshop.client()
    client.cookies = phone.client.cookies
    fields = {**phone.page.fields(), "answer": "commune"}
    sent = client.post(phone.page.url, data=fields, follow_redirects=False)
    assert (sent.status_code, sent.headers["location"]) == (303, "/q/domain")
    workshop.restart()
    assert workshop.room.people.by_id[1].answers(1).get("profile") == "commune"


def test_nothing_chosen(workshop: Workshop) -> None:
    """The question is asked again, with why, in the title too."""
    page = workshop.joined().send()
    assert (page.status, page.heading) == (422, WHO)
    assert page.text(".//p[@role='alert']") == "Choose an answer."
    assert page.text(".//title").startswith("Error – Question 1 of 7 – ")


def test_what_does_not_fit_is_shown_again(workshop: Workshop) -> None:
    """A number that is none stands where it was typed."""
    phone = workshop.joined()
    phone.open("/q/habitants")
    page = phone.send(written="many")
    assert page.status == 422
    assert page.written is not None
    assert page.written.get("value") == "many"
    assert phone.send(written="12 000").heading == "What name?"


def test_too_many(workshop: Workshop) -> None:
    """What was ticked stays ticked, and the rule is said."""
    phone = workshop.joined()
    phone.open("/q/domain")
    page = phone.send("Water", "Energy", "Climate")
    assert page.status == 422
    assert "choose at most 2." in page.text(".//p[@role='alert']")
    ticked = [one.get("value") for one in page.root.iter("input") if one.get("checked") is not None]
    assert ticked == ["eau", "energie", "climat"]


def test_none_of_several(workshop: Workshop) -> None:
    """Where none is an answer, ticking none goes on."""
    phone = workshop.joined()
    phone.open("/q/domain")
    assert phone.send().heading == "Do you trust each other?"


def test_not_knowing(workshop: Workshop) -> None:
    """It is a button of its own, only where the question may be left open."""
    phone = workshop.joined()
    buttons = [one.text for one in phone.page.root.iter("button")]
    assert buttons == ["Continue"]
    phone.open("/q/confiance")
    phone.send(button="I do not know")
    assert workshop.room.people.by_id[1].answers(1).get("confiance") == "?"
    phone.open("/q/confiance")
    assert "Your answer is: I do not know" in phone.page.text(".//main")


def test_back_and_changing(workshop: Workshop) -> None:
    """Going back shows what was answered; another answer takes its place, and what followed is found again."""
    phone = workshop.joined()
    phone.send("Town")
    phone.send("Water")
    phone.open(phone.page.link("Back"))
    assert phone.page.heading == "Which fields?"
    phone.open(phone.page.link("Back"))
    checked = [one.get("value") for one in phone.page.root.iter("input") if one.get("checked") is not None]
    assert checked == ["commune"]
    assert phone.send("State").heading == "Which fields?"


def test_changing_from_the_answers(workshop: Workshop) -> None:
    """One question, then back to the answers, through the questions that it makes necessary."""
    phone = workshop.joined()
    phone.answer_all({"An agreement?": ["No"]})
    phone.open("/q/accord?relire=1")
    assert phone.send("Yes").heading == "What name?"
    phone.send(written="Us")
    phone.open("/q/accord?relire=1")
    assert phone.send("Yes").heading == "My answers"


def test_the_same_place_after_reloading(workshop: Workshop) -> None:
    """The address of the session, or none, leads a phone that joined to its next question; it joins once."""
    phone = workshop.joined()
    phone.send("Town")
    for address in ("/BCDF", "/", "/suite"):
        assert phone.open(address).heading == "Which fields?"
    phone.client.post("/rejoindre", data={"code": "BCDF"})
    assert workshop.room.counts().joined == 1


def test_another_phone(workshop: Workshop) -> None:
    """Three words, typed as people do, make it the same person at the same question."""
    first = workshop.joined()
    first.send("Town")
    words = workshop.room.people.by_id[1].words
    assert words in first.page.text(".//footer")
    other = workshop.phone("/retour")
    assert other.send(written=f" {words.upper().replace(' ', '-')} ").heading == "Which fields?"
    assert workshop.room.counts().joined == 1
    stranger = workshop.phone("/retour")
    assert stranger.send(written="no such words").status == 404


def test_after_a_restart(workshop: Workshop) -> None:
    """The same cookie is the same person: nothing that was acknowledged is lost."""
    phone = workshop.joined()
    phone.send("Town")
    workshop.restart()
    client = workshop.client()
    client.cookies = phone.client.cookies
    assert Phone(client, "/suite").page.heading == "Which fields?"


def test_an_older_answer_never_takes_the_place_of_a_newer(workshop: Workshop) -> None:
    """What a phone sends late is not kept, and it is said; the same sent twice is kept once."""
    phone = workshop.joined()
    old = {**phone.page.fields(), "answer": "commune"}
    phone.send("Town")
    phone.open("/q/profile")
    phone.send("State")
    late = phone.client.post("/q/profile", data=old)
    assert "A newer answer is kept" in late.text
    assert workshop.room.people.by_id[1].answers(1).get("profile") == "etat"
    workshop.restart()
    assert workshop.room.people.by_id[1].answers(1).get("profile") == "etat"


@pytest.mark.parametrize("field", [{"round": "9"}, {"round": "x"}, {"counter": "-1"}, {"counter": "9" * 30}, {}])
def test_fields_made_up(workshop: Workshop, field: dict[str, str]) -> None:
    """Numbers that no page has are taken for what they should be."""
    phone = workshop.joined()
    phone.client.post("/q/profile", data={"answer": "commune", **field})
    assert workshop.room.people.by_id[1].answers(1).get("profile") == "commune"


def test_a_question_that_is_not_asked(workshop: Workshop) -> None:
    """Its address leads to the next one, and so does one that never was."""
    phone = workshop.joined()
    assert phone.open("/q/nothing").heading == WHO
    phone.client.post("/q/accord", data={"answer": "no"})
    assert phone.open("/q/nom").heading == WHO
    assert phone.client.post("/q/nothing", data={"answer": "x"}).status_code == 200


def test_languages(workshop: Workshop) -> None:
    """A phone's own, unless its owner chooses; it stays chosen."""
    phone = Phone(workshop.client(**{"accept-language": "de, fr-CA;q=0.8, en;q=0.5"}), "/BCDF")
    assert phone.page.heading == "Boussole d’essai"
    phone.open(phone.page.link("English"))
    assert phone.page.heading == "Trial compass"
    assert phone.send().heading == WHO
    assert Phone(workshop.client(**{"accept-language": "de"}), "/BCDF").page.heading == "Trial compass"


def test_result(workshop: Workshop) -> None:
    """The list, the path, where one stands, what is left to find out; a code, a picture of it, a page to keep."""
    phone = workshop.joined()
    phone.answer_all({WHO: ["Town"]})
    phone.open("/q/moyens")
    phone.send(button="I do not know")
    phone.open("/resultat")
    said = phone.page.text(".//main")
    for words in (
        "My list",
        "Water atlas",
        "My path",
        "Profile: Town",
        "What means?",
        "has not shown the group’s list",
    ):
        assert words in said
    code = phone.page.text(".//code")
    assert code.startswith("boussole-1:")
    picture = phone.page.root.find(".//img")
    assert picture is not None
    drawn = phone.client.get(picture.get("src", ""))
    assert (drawn.headers["content-type"], drawn.text[:4]) == ("image/svg+xml", "<svg")
    assert workshop.phone("/mon-code.svg").page.heading == "Which session?"
    kept = phone.client.get("/ma-boussole.html")
    assert 'filename="ma-boussole.html"' in kept.headers["content-disposition"]
    assert code in kept.text


def test_no_result_before_the_answers(workshop: Workshop) -> None:
    """What is required is asked first; without joining there is nothing."""
    assert workshop.joined().open("/resultat").heading == WHO
    for address in ("/resultat", "/relire", "/suite", "/attente", "/q/profile", "/ma-boussole.html"):
        assert workshop.phone(address).page.heading == "Which session?"
    for address in ("/q/profile", "/finir"):
        assert workshop.client().post(address, data={"answer": "etat"}).status_code == 403


def test_pages_ask_for_nothing_from_elsewhere(workshop: Workshop) -> None:
    """Style and script come from here; there is no other."""
    phone = workshop.joined()
    for address in ("/BCDF", "/q/profile", "/relire", "/retour", "/nothing-here"):
        page = phone.open(address)
        sources = {one.get("src", one.get("href")) for tag in ("script", "link") for one in page.root.iter(tag)}
        assert sources == {"/boussole.js", "/style.css"}
        assert not [one for one in page.root.iter("script") if one.text]
    assert phone.client.get("/style.css").headers["content-type"].startswith("text/css")
    assert phone.client.get("/boussole.js").headers["content-type"].startswith("text/javascript")
    assert phone.client.get("/favicon.ico").status_code == 204


def test_what_is_kept(workshop: Workshop) -> None:
    """Neither a name, nor an hour, nor what opens somebody's sheet stands in the file."""
    phone = workshop.joined()
    phone.answer_all({})
    token = phone.client.cookies["boussole-BCDF"]
    workshop.restart()
    held = workshop.path.read_bytes()
    assert token.encode() not in held
    assert json.dumps("commune").encode() in held
