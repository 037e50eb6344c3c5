"""Every message is translated into French, every translation is used, and French looks like French."""

from __future__ import annotations

import ast
import re
import string
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

import boussole
from boussole.i18n import DOMAIN, LOCALES, ngettext

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog, Message

Id = str | tuple[str, ...]

SOURCES = Path(boussole.__file__).parent
FRENCH = LOCALES / "fr" / "LC_MESSAGES"
KEYWORDS = {"gettext": (1,), "ngettext": (1, 2), "N_": (1,)}
NO_BREAK, NARROW = "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}"

CODE = re.compile(
    r"\{[^}]*\}"  # a placeholder, its format included
    r"|--[a-z]+(?: [A-Z]+(?:=[A-Z]+)?)?"  # an option
    r"|\d\d\d\d-\d\d-\d\dT[\d:+]+"  # a moment as TOML writes it
    rf"|«{NO_BREAK}\?{NO_BREAK}»"  # the sign itself
)
"""What is typed or computed, and follows no typography."""


@cache
def written() -> dict[Id, list[str]]:
    """Return the messages of the sources, each with the places that say it."""
    found: dict[Id, list[str]] = {}
    for file, line, text, _, _ in extract_from_dir(SOURCES, [("**.py", "python")], keywords=KEYWORDS):
        found.setdefault(tuple(text) if isinstance(text, list | tuple) else text, []).append(f"{file}:{line}")
    return found


@cache
def french() -> Catalog:
    """Return the translations as their authors write them."""
    with (FRENCH / f"{DOMAIN}.po").open("rb") as file:
        return read_po(file, locale="fr")


def translated() -> list[Message]:
    """Return the translations, without the heading of the file."""
    return [one for one in french() if one.id]


def ids(one: Message) -> tuple[str, ...]:
    """Return the English of a message: one text, or a singular and a plural."""
    return (one.id,) if isinstance(one.id, str) else tuple(one.id)


def texts(one: Message) -> tuple[str, ...]:
    """Return the French of a message: one text, or a form for each plural."""
    return (one.string,) if isinstance(one.string, str) else tuple(one.string or ())


def fields(text: str) -> list[tuple[str, str]]:
    """Return what `text` leaves to be filled, with the formats."""
    return sorted((name, format_ or "") for _, name, format_, _ in string.Formatter().parse(text) if name is not None)


def test_the_sources_speak() -> None:
    """The messages are found where they are written: one of each keyword."""
    found = written()
    assert "Which compass?" in found
    assert ("{count} answer", "{count} answers") in found
    assert "Numbered lines, nothing redrawn" in found


def test_no_message_is_out_of_reach() -> None:
    """Nothing is said where Babel does not look: inside an f-string, or as anything but a literal."""
    unreached = []
    for file in sorted(SOURCES.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in KEYWORDS:
                said = [getattr(one, "value", None) for one in node.args[: len(KEYWORDS[node.func.id])]]
                if (tuple(said) if len(said) > 1 else said[0]) not in written():
                    unreached.append(f"{file.name}:{node.lineno}")
    assert unreached == []


def test_every_message_is_translated() -> None:
    """No message of the sources is missing in French."""
    known = {one.id for one in translated()}
    assert {id_: places for id_, places in written().items() if id_ not in known} == {}


def test_every_translation_is_used() -> None:
    """No translation is left of a message that nothing says any more."""
    assert [one.id for one in translated() if one.id not in written()] == []
    assert list(french().obsolete) == []


def test_every_translation_is_finished() -> None:
    """None is fuzzy, none is empty, every plural has all its forms."""
    unfinished = [one.id for one in translated() if one.fuzzy or not all(texts(one))]
    assert unfinished == []
    plurals = [one for one in translated() if not isinstance(one.id, str)]
    assert plurals
    assert [one.id for one in plurals if len(texts(one)) != french().num_plurals] == []


def test_french_counts_as_the_french_do() -> None:
    """Nothing and one are singular; two are plural."""
    said = [ngettext("{count} answer", "{count} answers", count).in_("fr") for count in (0, 1, 2)]
    assert said == ["0 réponse", "1 réponse", "2 réponses"]


def test_placeholders_are_the_same() -> None:
    """What the sources fill in is in the French, no more and no less; a single thing need not be counted."""
    wrong = []
    for one in translated():
        expected = {name for text in ids(one) for name, _ in fields(text)}
        for text in texts(one):
            got = {name for name, _ in fields(text)}
            if got != expected and not (len(texts(one)) > 1 and got | {"count"} == expected):
                wrong.append((one.id, text))
    assert wrong == []


def test_the_compiled_translations_are_current() -> None:
    """What is read at run time says the same as the file that translators edit."""
    with (FRENCH / f"{DOMAIN}.mo").open("rb") as file:
        compiled = {ids(one): texts(one) for one in read_mo(file) if one.id}
    assert compiled == {ids(one): texts(one) for one in translated()}


@pytest.mark.parametrize(
    ("rule", "wrong"),
    [
        ("apostrophes and quotes are ’ and « »", r"['\"“”‘]"),
        ("a no-break space stands before a colon", rf"(?<!{NO_BREAK}):"),
        ("a narrow one stands before ; ! ?", rf"(?<!{NARROW})[;!?]"),
        ("a narrow one stands nowhere else", rf"{NARROW}(?![;!?])"),
        ("a no-break space stands inside « »", rf"«(?!{NO_BREAK})|(?<!{NO_BREAK})»"),
        ("no two spaces follow each other", rf"[ {NO_BREAK}{NARROW}]{{2}}"),
        ("dots that trail are one sign", r"\.\.\."),
        ("accents are one character with their letter", "[\N{COMBINING GRAVE ACCENT}-\N{COMBINING CEDILLA}]"),
    ],
)
def test_french_typography(rule: str, wrong: str) -> None:
    """The French is typeset as the Imprimerie nationale does; what is typed as a command is left as it is."""
    found = [text for one in translated() for text in texts(one) if re.search(wrong, CODE.sub("x", text))]
    assert found == [], rule


def test_english_typography() -> None:
    """The English has curly quotes and apostrophes only, and none of the spaces of French."""
    found = [text for one in written() for text in ([one] if isinstance(one, str) else one)]
    assert [text for text in found if re.search(rf"['\"«»{NO_BREAK}{NARROW}]|\.\.\.", text)] == []


def test_sentences_end_alike() -> None:
    """A translation ends with the sign that the English ends with, so that nothing is cut or glued."""
    ends = {".": ".", "?": "?", ":": ":", " ": " "}
    pairs = [(ids(one)[0], text) for one in translated() for text in texts(one)]
    assert [(id_, text) for id_, text in pairs if ends.get(id_[-1]) != ends.get(text[-1])] == []
