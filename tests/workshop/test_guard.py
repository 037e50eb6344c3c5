"""What a stranger on the network may not do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from starlette.testclient import TestClient

from boussole.workshop.web import joining
from boussole.workshop.web.app import make_app
from boussole.workshop.web.guard import Limiter, Rate
from workshop.conftest import ADDRESS

if TYPE_CHECKING:
    from workshop.conftest import Workshop


def test_other_hosts(workshop: Workshop) -> None:
    """A name that leads here from elsewhere sees nothing."""
    client = workshop.client()
    assert client.get("/BCDF", headers={"host": "evil.example:8765"}).status_code == 421
    assert client.get("/BCDF", headers={"host": "127.0.0.1"}).status_code == 421


def test_other_origins(workshop: Workshop) -> None:
    """A form of a page of elsewhere is refused; one of ours, or of no page, is not."""
    client = workshop.client()
    for origin, status in (("http://evil.example", 403), ("null", 403), ("http://127.0.0.1:8765", 200)):
        assert client.post("/rejoindre", data={"code": "BCDF"}, headers={"origin": origin}).status_code == status
    assert client.request("PUT", "/BCDF").status_code == 405


def test_what_every_page_says(workshop: Workshop) -> None:
    """No script but ours, no frame, nothing kept by the browser."""
    for address in ("/", "/BCDF", "/nothing-here", "/style.css"):
        headers = workshop.client().get(address).headers
        assert headers["content-security-policy"].startswith("default-src 'none'; style-src 'self'; script-src 'self'")
        assert (headers["cache-control"], headers["x-content-type-options"]) == ("no-store", "nosniff")
        assert "server" not in headers


def test_cookie(workshop: Workshop) -> None:
    """128 bits that scripts cannot read and other sites cannot send."""
    client = workshop.client()
    cookie = client.post("/rejoindre", data={"code": "BCDF"}, follow_redirects=False).headers["set-cookie"]
    name, _, rest = cookie.partition("=")
    assert name == "boussole-BCDF"
    assert len(rest.partition(";")[0]) >= 22
    assert "httponly" in rest.lower()
    assert "samesite=strict" in rest.lower()


@pytest.mark.parametrize("body", [{"answer": "x" * 5000}, {f"a{number}": "" for number in range(300)}])
def test_long_bodies(workshop: Workshop, body: dict[str, str]) -> None:
    """Over 4 KiB, or of too many fields, they are refused."""
    phone = workshop.joined()
    assert phone.client.post("/q/profile", data=body).status_code == 413


def test_bytes_that_are_no_form(workshop: Workshop) -> None:
    """They are refused as well."""
    phone = workshop.joined()
    assert phone.client.post("/q/profile", content=b"\xff\xfe").status_code == 413
    assert phone.client.post("/q/profile", content=b"answer=%ff").status_code == 413


def test_wrong_codes_are_slowed_and_the_right_one_never(workshop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    """After ten in a minute from one address, each takes two seconds; joining takes none."""
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    monkeypatch.setattr(joining, "sleep", sleep)
    client = workshop.client()
    for _ in range(10):
        assert client.get("/ZZZZ").status_code == 404
    assert not slept
    assert client.post("/code", data={"code": "XXXX"}).status_code == 404
    assert client.post("/rejoindre", data={"code": "XXXX"}).status_code == 404
    assert slept == [2.0, 2.0]
    assert client.get("/bcdf").status_code == 200
    assert client.post("/code", data={"code": " bc df"}).url.path == "/BCDF"
    assert client.post("/rejoindre", data={"code": "BCDF"}).url.path == "/q/profile"
    assert slept == [2.0, 2.0]


def test_three_words_cannot_be_guessed(workshop: Workshop) -> None:
    """After ten wrong ones from an address, none is looked up for a minute."""
    workshop.joined()
    client = workshop.client()
    for _ in range(10):
        assert client.post("/retour", data={"words": "a b c"}).status_code == 404
    assert client.post("/retour", data={"words": workshop.room.people.by_id[1].words}).status_code == 429


def test_answers_cannot_flood(workshop: Workshop) -> None:
    """Nobody sends sixty answers in ten seconds."""
    phone = workshop.joined()
    codes = [phone.client.post("/q/profile", data={"answer": "etat"}).status_code for _ in range(61)]
    assert codes == [200] * 60 + [429]


def test_limiter_forgets() -> None:
    """What was done long ago does not count, and is not kept."""
    now = [0.0]
    limiter = Limiter(Rate(2, 10.0), lambda: now[0])
    for _ in range(2):
        limiter.note("a")
    assert limiter.over("a")
    assert not limiter.over("b")
    now[0] = 10.0
    limiter.note("b")
    assert not limiter.over("a")
    assert len(limiter) == 1


def test_the_first_phone_from_elsewhere_is_told_once(workshop: Workshop) -> None:
    """Not this machine, by whatever of its addresses; not by a name that leads here from elsewhere."""
    told: list[str] = []
    app = make_app(workshop.room, {ADDRESS, "192.168.1.2:8765"}, ADDRESS, reached=lambda: told.append("reached"))
    for address, times in (("127.0.0.1", 0), ("192.168.1.2", 0), ("192.168.1.50", 1), ("192.168.1.51", 1)):
        TestClient(app, f"http://{ADDRESS}", client=(address, 50000)).get("/BCDF")
        assert len(told) == times
