"""Words are compared as people type them: without accents, case or a typo."""

import pytest

from boussole.fuzzy import fold, matches


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
