"""`boussole medoc`: searching the catalogue, and one entry whole."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from support.samples import CATALOGUE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from cli.conftest import Done

    Boussole = Callable[..., Done]


def _ids(done: Done) -> list[str]:
    return [line.split("  ")[0] for line in done.out.splitlines()]


@pytest.mark.usefixtures("trial")
def test_all_by_default(boussole: Boussole) -> None:
    """Without anything asked, a line for each MEDOC: id, title, kind; how many on stderr."""
    done = boussole("medoc")
    assert done.code == 0
    assert done.out.splitlines()[0] == "offre-beta  Offer [beta] R&D · Tool"
    assert len(done.out.splitlines()) == 7
    assert done.err == "7 MEDOC.\n"


@pytest.mark.usefixtures("trial")
@pytest.mark.parametrize("words", ["état", "ETAT", "etat", "guide de l'état"])
def test_accents_and_case_do_not_matter(boussole: Boussole, words: str) -> None:
    """Words are found whatever their accents, case and apostrophes."""
    assert _ids(boussole("medoc", "--search", words))[0] == "guide-etat"


def test_a_typo_is_forgiven(boussole: Boussole) -> None:
    """In the catalogue shipped, `energei` finds what `energie` does."""
    assert _ids(boussole("medoc", "--search", "energei"))
    assert set(_ids(boussole("medoc", "--search", "energei"))) <= set(_ids(boussole("medoc", "--search", "energ")))


@pytest.mark.usefixtures("trial")
def test_nothing_found_is_no_error(boussole: Boussole) -> None:
    """Words that stand nowhere give nothing, and say how many: none."""
    done = boussole("medoc", "--search", "xyzzyx")
    assert (done.code, done.out) == (0, "")
    assert done.err == "0 MEDOC.\n"


@pytest.mark.usefixtures("trial")
@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["--kind", "outil"], {"offre-beta", "secret"}),
        (["--stage", "s-informer"], {"atlas", "atlas-bis", "fiche", "guide-etat", "secret"}),
        (["--for", "profile=etat", "--kind", "methode"], {"charte", "fiche", "guide-etat"}),
        (["--for", "profile=etat", "--for", "profile=commune", "--kind", "outil"], {"offre-beta", "secret"}),
        (["--for", "domain = energie", "--kind", "donnee"], set()),
        (["--search", "atlas", "--stage", "s-informer"], {"atlas", "atlas-bis"}),
    ],
)
def test_filters(boussole: Boussole, options: list[str], expected: set[str]) -> None:
    """`--for` keeps what is made for a term or suits all; `--kind` and `--stage` are the same for those facets."""
    assert set(_ids(boussole("medoc", *options))) == expected


@pytest.mark.usefixtures("trial")
@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--kind", "outils"], ["there is no “outils”", "Did you mean “outil”?"]),
        (["--stage", "x"], ["there is no “x”", "agir or s-informer"]),
        (["--for", "profil=etat"], ["no facet “profil”", "Did you mean “profile”?"]),
        (["--for", "profile"], ["there is no “”"]),
        (["--for", "profile=comune"], ["Did you mean “commune”?"]),
        (["--to", "jsn"], ["no form “jsn”", "Did you mean “json”?"]),
    ],
)
def test_filters_that_mean_nothing(boussole: Boussole, options: list[str], told: list[str]) -> None:
    """An unknown facet, term or form exits 2 and names the nearest one."""
    done = boussole("medoc", *options)
    assert (done.code, done.out) == (2, "")
    assert [one for one in told if one not in done.err] == []


@pytest.mark.usefixtures("trial")
def test_a_sheet(boussole: Boussole) -> None:
    """An id shows the MEDOC whole."""
    done = boussole("medoc", "charte")
    assert done.code == 0
    assert done.out.splitlines()[0] == "Writing a charter"
    assert "To be avoided when\n  - Nothing to write there" in done.out
    assert boussole("medoc", "charte", lang="fr").out.splitlines()[0] == "Écrire une charte"


@pytest.mark.usefixtures("trial")
def test_an_unknown_medoc(boussole: Boussole) -> None:
    """An id that does not exist exits 2 and names the nearest one."""
    done = boussole("medoc", "chartre")
    assert (done.code, done.out) == (2, "")
    assert "There is no MEDOC “chartre”." in done.err
    assert "Did you mean “charte”?" in done.err


_GONE = """
[[gone]]
id = "kit"
title = { fr = "Ancien kit", en = "Old kit" }
on = 2026-10-01
why = "Le site est fermé."
instead = ["atlas", "secret"]
[[gone]]
id = "bare"
on = 2026-10-02
"""


def test_what_left_the_catalogue_is_told(boussole: Boussole, here: Path) -> None:
    """An id that the catalogue says is gone: when, why, and what serves now; `medoc` and `why` say the same."""
    (here / "medoc.toml").write_text(CATALOGUE + _GONE, encoding="utf-8")
    done = boussole("medoc", "kit")
    assert (done.code, done.out) == (2, "")
    assert "“Old kit” left the catalogue on 2026-10-01: Le site est fermé.\n" in done.err
    assert "In its place: Water atlas (atlas) and " in done.err
    assert boussole("medoc", "bare").err == "“bare” left the catalogue on 2026-10-02.\n"


@pytest.mark.usefixtures("trial")
def test_as_json(boussole: Boussole) -> None:
    """`--to json` gives the same list for programs."""
    rows = json.loads(boussole("medoc", "--kind", "outil", "--to", "json").out)
    assert [row["id"] for row in rows] == ["offre-beta", "secret"]
    assert rows == [json.loads(boussole("medoc", row["id"], "--to", "json").out) for row in rows]  # with every key
    assert {"title", "url", "code", "for", "avoid", "words", "added", "changed"} <= rows[0].keys()


@pytest.mark.parametrize("options", [[], ["--to", "json"], ["atlas"]])
def test_no_text_drives_the_terminal(boussole: Boussole, here: Path, options: list[str]) -> None:
    """Control characters in a catalogue never reach the terminal, in any form."""
    hostile = "Water\\u001b[31m\\u009b32m\\u202e atlas"
    (here / "medoc.toml").write_text(CATALOGUE.replace("Water atlas", hostile), encoding="utf-8")
    done = boussole("medoc", *options)
    assert done.code == 0
    assert not set(done.out) & set("\x1b\x9b\u202e")


def test_the_catalogue_to_use(boussole: Boussole, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`--catalogue`, then its variable, then the current folder, then the user's, then the one shipped."""

    def size() -> int:
        return len(boussole("medoc").out.splitlines())

    shipped = size()
    assert shipped > 300
    user = here.parent / "boussole-home" / "data" / "boussole"
    user.mkdir(parents=True)
    _shorter(user / "medoc.toml", 6)
    assert size() == 6
    _shorter(here / "medoc.toml", 5)
    assert size() == 5
    _shorter(here / "variable.toml", 4)
    monkeypatch.setenv("BOUSSOLE_CATALOGUE", "variable.toml")
    assert size() == 4
    _shorter(here / "option.toml", 3)
    assert len(boussole("medoc", "--catalogue", "option.toml").out.splitlines()) == 3
    assert len(boussole("--catalogue", "option.toml", "medoc").out.splitlines()) == 3


def _shorter(path: Path, count: int) -> None:
    parts = CATALOGUE.replace('after = ["atlas", "atlas-bis", "guide-etat"]\n', "").split("[[medoc]]")
    path.write_text("[[medoc]]".join(parts[: count + 1]), encoding="utf-8")


def test_a_catalogue_that_does_not_exist(boussole: Boussole) -> None:
    """A missing file is named."""
    done = boussole("medoc", "--catalogue", "absent.toml")
    assert (done.code, done.out) == (2, "")
    assert "There is no file “absent.toml”." in done.err


@pytest.mark.usefixtures("trial")
def test_words_that_never_stand_together_find_what_has_the_most_of_them(boussole: Boussole) -> None:
    """It is said, on stderr; words that stand nowhere at all find nothing."""
    done = boussole("medoc", "--search", "charte thermique")
    assert done.err.splitlines()[0] == "No MEDOC has all these words. Here are those that have the most of them."
    assert _ids(done) == _ids(boussole("medoc", "--search", "charte"))
    assert boussole("medoc", "--search", "xyzxyz thermique").err == "0 MEDOC.\n"


@pytest.mark.usefixtures("trial")
def test_a_typo_is_said(boussole: Boussole) -> None:
    """On stderr, with what was read instead; the list is the same in JSON."""
    done = boussole("medoc", "--search", "chrate")
    assert done.err.splitlines()[0] == "No MEDOC has the word “chrate”; it was read as charte."
    assert _ids(done)[0] == "charte"
    rows = json.loads(boussole("medoc", "--search", "chrate", "--to", "json").out)
    assert [row["id"] for row in rows] == _ids(done)


@pytest.mark.usefixtures("trial", "on_a_terminal")
def test_the_words_found_are_marked_on_a_terminal(boussole: Boussole, monkeypatch: pytest.MonkeyPatch) -> None:
    """In bold; not where the terminal can do little, nor in JSON."""
    assert "\x1b[1mguide\x1b[22m-etat" in boussole("medoc", "--search", "GUIDE").out
    assert "\x1b" not in boussole("medoc", "--search", "guide", "--to", "json").out
    assert "\x1b" not in boussole("medoc").out
    monkeypatch.setenv("TERM", "dumb")
    assert "\x1b" not in boussole("medoc", "--search", "guide").out


@pytest.mark.usefixtures("trial")
def test_nothing_is_marked_in_a_pipe(boussole: Boussole) -> None:
    """The words that were found stand as they are."""
    assert "\x1b" not in boussole("medoc", "--search", "guide").out
