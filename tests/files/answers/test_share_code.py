"""Codes to share: short, the same for ever, found in a message, refused where a letter changed."""

from __future__ import annotations

import base64
import hashlib
import json
import zlib
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boussole.core.answers.accepting import accepted
from boussole.core.answers.answers import Answers
from boussole.errors import BoussoleError
from boussole.files.answers.saved import Saved, reopen, save
from boussole.files.answers.share_code import from_code, is_code, to_code
from support.samples import FULL_ANSWERS, MOMENT, NAUGHTY, TEXTS, catalogue, compass
from support.strategies import catalogues, compasses, values

if TYPE_CHECKING:
    from boussole.core.definitions.compass import Value

START = "boussole-1:"
DAMAGED = r"abîmé|damaged"


def _saved(answers: dict[str, object]) -> Saved:
    return save(compass(), catalogue(), accepted(compass(), Answers.given(answers)), saved=MOMENT, name="Ann")


CODE = to_code(_saved(FULL_ANSWERS))


def _made(content: bytes, *, spare: bytes = b"") -> str:
    """Return a code of form 1 with the right checksum, whatever it holds."""
    deflate = zlib.compressobj(level=9, wbits=-15)
    packed = deflate.compress(content) + deflate.flush() + spare
    checksum = hashlib.sha256(START.encode() + packed).digest()[:4]
    return START + base64.urlsafe_b64encode(checksum + packed).decode().rstrip("=")


def test_a_code_is_one_short_line() -> None:
    """It holds the compass, the catalogue, their versions and the answers, and nobody's name."""
    assert CODE.startswith(START)
    assert CODE.removeprefix(START).replace("-", "").replace("_", "").isalnum()
    assert len(CODE) < 250
    found = from_code(CODE)
    assert found == Saved(
        "essai", _saved(FULL_ANSWERS).answers, compass_version="3", catalogue="mini", catalogue_version="2026.11"
    )
    assert is_code(CODE)
    assert is_code(f" {CODE}\n")
    assert is_code(f"Voici mon code : {CODE}")
    assert from_code(f"Voici mon code : {CODE}") == found
    assert not is_code("boussole.toml")
    assert not is_code("dossier/boussole-1:2.toml")


def test_the_form_does_not_change() -> None:
    """A code written today is read by every boussole to come."""
    code = "boussole-1:iF_aS4tWSi0uTsxU0lEyBuLczDwQ08jAyEzP0FBJp1qpoCg_LTMnVclKKTk_N7c0L1WpNhYA"
    assert from_code(code) == Saved(
        "essai", {"profile": "commune"}, compass_version="3", catalogue="mini", catalogue_version="2026.11"
    )


def test_answers_off_the_path_are_kept() -> None:
    """What is off the path is found again, and never counts."""
    found = from_code(to_code(_saved({**FULL_ANSWERS, "nom": "Nous"})))
    assert dict(found.aside) == {"nom": "Nous"}
    assert "nom" not in found.answers


@given(st.data())
def test_any_answers_come_back(data: st.DataObject) -> None:
    """Whatever a compass accepts comes back the same."""
    shelf = data.draw(catalogues())
    guide = data.draw(compasses(shelf))
    answers = accepted(guide, Answers.given({id_: data.draw(values(one)) for id_, one in guide.questions.items()}))
    saved = save(guide, shelf, answers)
    reopened = reopen(guide, from_code(to_code(saved)), with_aside=True, catalogue=shelf)
    assert reopened.answers == answers
    assert not reopened.dropped


@given(TEXTS)
def test_any_text_comes_back(text: str) -> None:
    """Whatever somebody typed comes back; what is no character is replaced, as in a file."""
    written: dict[str, Value] = {"nom": text}
    found = from_code(to_code(Saved("essai", written)))
    assert found.answers == {"nom": text.encode(errors="replace").decode()}


def test_naughty_strings_come_back() -> None:
    """All naughty strings in one code."""
    written: dict[str, Value] = {f"n{number}": text for number, text in enumerate(NAUGHTY)}
    assert from_code(to_code(Saved("essai", written))).answers == written


def test_line_breaks_do_not_count() -> None:
    """Mail breaks long lines: a code copied with its breaks is the same code."""
    assert from_code(f"  {CODE[:40]}\r\n  {CODE[40:60]} {CODE[60:]}\n") == from_code(CODE)


@pytest.mark.parametrize("place", range(len(START), len(CODE)))
def test_one_wrong_letter(place: int) -> None:
    """Any letter changed is found."""
    other = "A" if CODE[place] != "A" else "B"
    with pytest.raises(BoussoleError, match=DAMAGED):
        from_code(CODE[:place] + other + CODE[place + 1 :])


@pytest.mark.parametrize("length", range(len(START), len(CODE)))
def test_a_code_that_was_cut(length: int) -> None:
    """A code cut anywhere is refused, in words that say what to do."""
    with pytest.raises(BoussoleError) as refusal:
        from_code(CODE[:length])
    said = refusal.value.in_("en")
    assert said == (
        "This code is damaged: a part is missing or changed.\n"
        "Copy it again whole, from “boussole-1:” to its last character."
    )


@pytest.mark.parametrize("code", ["boussole-2:abc", "boussole-99:", "boussole-0:x"])
def test_a_form_not_known(code: str) -> None:
    """A code of another form is said to be so."""
    with pytest.raises(BoussoleError) as refusal:
        from_code(code)
    assert refusal.value.in_("en").startswith(f"This code is of form {code[9:].partition(':')[0]}, which")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{}",
        b"[]",
        b"not json",
        b'["a","b","c","d"]',
        b'["a","b","c","d",[]]',
        b'["a","b","c","d",{},{},{}]',
        b'["a",1,"c","d",{}]',
        b'["a","b","c","d",{"x":1e300}]',
        b'["a","b","c","d",{"x":true}]',
        b'["a","b","c","d",{"x":null}]',
        b'["a","b","c","d",{"x":{}}]',
        b'["a","b","c","d",{"x":["a",1]}]',
        b'["a","b","c","d",{"x":9223372036854775808}]',
        b'["a","b","c","d",{"x":NaN}]',
        b'["a","b","c","d",{"x":' + b"9" * 5000 + b"}]",
        b"[" * 100_000,
        b'["\xff","b","c","d",{}]',
    ],
)
def test_a_code_that_holds_something_else(content: bytes) -> None:
    """A right checksum over something else than answers is refused all the same."""
    with pytest.raises(BoussoleError, match=DAMAGED):
        from_code(_made(content))


def test_a_code_that_would_fill_the_memory() -> None:
    """What a small code unpacks to is bounded, and so is a code."""
    bomb = _made(json.dumps(["a", "b", "c", "d", {"x": "0" * 50_000_000}]).encode())
    assert len(bomb) < 100_000
    for code in (bomb, START + "A" * 1_000_000, _made(b'["a","b","c","d",{}]', spare=b"more")):
        with pytest.raises(BoussoleError, match=DAMAGED):
            from_code(code)
