"""Where results go: the forms by word and by ending, and nothing written when one cannot be."""

from __future__ import annotations

from pathlib import Path

import pytest

from boussole.cli.output import LISTING, PROBLEMS, REPORT, RESULT, SURVEY, Destinations, Format, Forms, screen_width
from boussole.errors import BoussoleError
from boussole.i18n import gettext

ALL = [RESULT, REPORT, SURVEY, LISTING, PROBLEMS]


@pytest.mark.parametrize("forms", ALL)
def test_an_ending_asks_for_one_form(forms: Forms) -> None:
    """Each form by its word; each ending that a command names in a refusal is one that it takes, in any case."""
    assert [forms.named(form.value) for form in forms.accepted] == list(forms.accepted)
    with pytest.raises(BoussoleError, match=r"a\.xyz") as refusal:
        forms.to_file(Path("a.xyz"))
    hint = refusal.value.hint
    assert hint is not None
    endings = [word.rstrip(",.") for word in hint.in_("en").split() if word.startswith(".")]
    assert {forms.to_file(Path(f"a{ending.upper()}")).format for ending in endings} <= set(forms.accepted)
    assert endings


def test_forms_of_others_are_refused() -> None:
    """A form that another command gives is none of this one, by its word or its ending."""
    for forms, word, name in ((REPORT, "html", "a.html"), (SURVEY, "pdf", "a.pdf"), (RESULT, "svg", "a.svg")):
        with pytest.raises(BoussoleError, match=word):
            forms.named(word)
        with pytest.raises(BoussoleError, match=name):
            forms.to_file(Path(name))
    assert (RESULT.to_file(Path("a.txt")).format, SURVEY.to_file(Path("a.txt")).format) == (Format.TABLE, Format.TEXT)


def test_nothing_is_written_where_a_form_fails(tmp_path: Path) -> None:
    """All forms are made before the first file is written."""

    def render(form: Format, *, on_screen: bool) -> str:
        assert not on_screen
        if form is Format.CSV:
            raise BoussoleError(gettext("This line is too long for a QR code."))
        return "text"

    files = tuple(RESULT.to_file(tmp_path / name) for name in ("a.md", "b.csv"))
    with pytest.raises(BoussoleError):
        Destinations(files, None).send(render)
    assert not list(tmp_path.glob("*.*"))


def test_a_screen_is_never_too_wide_to_lay_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal that says it is a million columns wide is taken for one of a thousand."""
    monkeypatch.setenv("COLUMNS", "1000000")
    assert screen_width() == 1000
