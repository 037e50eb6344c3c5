"""A text in several languages, and which is shown."""

from __future__ import annotations

from boussole.core.definitions.text import Text


def test_text_is_given_in_the_language_asked_for() -> None:
    """Each language of a text is found by its code."""
    text = Text({"fr": "Qui ?", "en": "Who?"}, "fr")
    assert text.in_("en") == "Who?"
    assert text.in_("fr") == "Qui ?"


def test_a_missing_language_falls_back_to_that_of_the_file() -> None:
    """German is asked for, the file is in English: the English text is given, and `str` gives it too."""
    text = Text({"fr": "Qui ?", "en": "Who?"}, "en")
    assert text.in_("de") == "Who?"
    assert str(text) == "Who?"


def test_a_text_without_the_language_of_its_file_gives_what_it_has() -> None:
    """Rather than nothing, the first of its languages in alphabetical order."""
    assert Text({"it": "Chi?", "en": "Who?"}, "fr").in_("de") == "Who?"


def test_an_empty_string_is_a_text() -> None:
    """An author may leave a language empty on purpose: no fallback then."""
    assert Text({"fr": "Qui ?", "en": ""}, "fr").in_("en") == ""
