"""Words are compared as people type them: without accents, case or a typo."""

import time
from difflib import get_close_matches

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boussole.fuzzy import closeness, fold, matches, nearest, suggest
from boussole.limits.table import WORD_LETTERS, WORDS_COMPARED


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Énergie", "energie"),
        ("ÉNERGIE", "energie"),
        ("L’œuvre", "l'oeuvre"),
        ("Où ça ?", "ou ca ?"),
        ("Straße", "strasse"),
        ("  R&D \N{NO-BREAK SPACE} :  ", "r&d :"),
        ("porte‑à‑porte", "porte-a-porte"),
        ("", ""),
    ],
)
def test_fold_forgets_accents_case_and_typography(text: str, folded: str) -> None:
    """What a keyboard cannot type easily makes no difference between two texts."""
    assert fold(text) == folded


def test_folding_twice_changes_nothing() -> None:
    """A folded text is its own folding."""
    assert fold(fold("Çà et Là — İstanbul")) == fold("Çà et Là — İstanbul")


def test_every_word_must_be_found_in_any_order() -> None:
    """The words typed are looked for one by one, anywhere, even inside words."""
    assert matches("climat ener", "Énergie et climat")
    assert not matches("climat eau", "Énergie et climat")


def test_an_empty_search_matches_everything() -> None:
    """Nothing typed hides nothing."""
    assert matches("  ", "Énergie")


@given(st.text("abcdé ", max_size=8), st.lists(st.text("abcdé ", min_size=1, max_size=8), max_size=12))
def test_the_nearest_word_is_what_difflib_finds(word: str, valid: list[str]) -> None:
    """Work is saved, and the word found is the same; a longer word is nearer to what it is meant for."""
    by_fold = {fold(one): one for one in sorted(valid, reverse=True)}
    length = len(fold(word))
    close = get_close_matches(fold(word), list(by_fold), n=1, cutoff=1 if length < 2 else 0.6 if length < 5 else 0.7)
    found = nearest(word, valid)
    assert found == (by_fold[close[0]] if close and close[0] else None)


@pytest.mark.parametrize(("word", "other"), [("cordes", "courte"), ("proven", "profile"), ("auteurs", "after")])
def test_what_is_not_near_is_no_nearest_word(word: str, other: str) -> None:
    """Half of its letters are others."""
    assert nearest(word, [other]) is None


def test_the_nearest_word_takes_no_time() -> None:
    """Whoever wrote the words: the very long and the very many, all alike, are not compared."""
    letters = "".join(map(chr, range(0x4E00, 0x4E00 + 4000)))
    start = time.process_time()
    assert nearest(letters, [letters[1:], letters[2:]]) is None
    assert nearest("profil", [letters]) is None
    assert nearest("profil", (f"profil{number}" for number in range(WORDS_COMPARED + 1))) is None
    assert nearest("p" * WORD_LETTERS, [f"{number:04}{'p' * 76}" for number in range(9999)]) is not None
    assert time.process_time() - start < 2


def test_a_word_in_a_thousand_places_is_sought_once() -> None:
    """The nearest of the same words is found again without comparing them."""
    words = [f"{number:02}{'p' * 76}" for number in range(90)]
    assert nearest("p" * WORD_LETTERS, words) == nearest("p" * WORD_LETTERS, words[::-1])
    start = time.process_time()
    for _ in range(2000):
        nearest("p" * WORD_LETTERS, words)
    assert time.process_time() - start < 1


@pytest.mark.parametrize(
    ("wanted", "text", "close"),
    [
        ("mer ", "Innovation, numérique", 0),
        ("mer", "Mer et littoral", 2),
        ("Édu", "L’éducation", 1),
        ("edu mer", "Éducation à la mer", 3),
        ("", "Mer", 0),
    ],
)
def test_whole_words_are_closer_than_beginnings(wanted: str, text: str, close: int) -> None:
    """And beginnings closer than what stands inside a word, whatever the accents and the case."""
    assert closeness(wanted, text) == close


@pytest.mark.parametrize("letter", ["o", "O", "n", "y"])
def test_a_single_letter_is_near_no_word(letter: str) -> None:
    """“O” stands for oui, and shares more of its letters with “no”."""
    assert nearest(letter, ["yes", "no"]) is None
    said = suggest(letter, ["yes", "no"])
    assert said is not None
    assert said.in_("en") == "Write no or yes."
