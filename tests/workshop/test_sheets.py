"""The workshop on paper, its Wi-Fi, and its rehearsal."""

from __future__ import annotations

import asyncio
import io
from typing import TYPE_CHECKING

import pypdf
import pytest

from boussole.render.workshop.sheets import Place, to_pdf
from boussole.render.workshop.wifi import wifi_code
from boussole.workshop.export import read_session, sheets_of
from boussole.workshop.rehearsal import rehearse
from support.samples import compass

if TYPE_CHECKING:
    from workshop.conftest import Workshop

PLACE = Place("http://192.168.1.2:8765/BCDF", "BCDF", "Room", "se;cret")


def texts(place: Place, language: str = "en") -> list[str]:
    read = pypdf.PdfReader(io.BytesIO(to_pdf(compass(), language, place)))
    return [" ".join(page.extract_text().split()) for page in read.pages]


def test_sheets() -> None:
    """The facilitator's page, the sheet of a table, every question with what can be ticked."""
    leading, table, *paper = texts(PLACE)
    assert "An hour and a half" in leading
    for words in ("Answer on your phone", "Room", "se;cret", PLACE.address, "BCDF"):
        assert words in table
    for words in ("1. Who are you?", "Town", "1a", "2 answers at most", "I do not know", "for some only"):
        assert words in " ".join(paper)


def test_before_the_session_is_there() -> None:
    """The address and the code are left to be written; the same compass gives the same bytes."""
    assert "http" not in " ".join(texts(Place(), "fr"))
    assert to_pdf(compass(), "fr", Place()) == to_pdf(compass(), "fr", Place())


@pytest.mark.parametrize(
    ("name", "password", "code"),
    [
        ("Room", "secret", "WIFI:T:WPA;S:Room;P:secret;;"),
        ("Room", "", "WIFI:T:nopass;S:Room;;"),
        ('a;b:"c\\', "d,e", 'WIFI:T:WPA;S:a\\;b\\:\\"c\\\\;P:d\\,e;;'),
    ],
)
def test_wifi(name: str, password: str, code: str) -> None:
    """Signs that mean something in the line are escaped."""
    assert wifi_code(name, password) == code


def test_rehearsal(workshop: Workshop) -> None:
    """Drawn people answer everything, and are marked on every page and in every export."""
    asyncio.run(rehearse(workshop.room, 7))
    assert workshop.room.counts() == (7, 7, 7)
    assert "drawn by chance" in workshop.phone().page.text(".//main")
    sheets = sheets_of(read_session(workshop.path, compass()), compass())
    assert [one["drawn"] for one in sheets] == [True] * 7
