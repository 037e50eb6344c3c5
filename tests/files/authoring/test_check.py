"""What `check` finds beyond what a reader refuses: one dubious file for each code, at its place, with what to do."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from boussole.errors import Severity
from boussole.files.authoring import check as checking
from boussole.files.authoring import mended_source
from boussole.files.authoring.check import check_all, check_files
from boussole.files.library import Library

if TYPE_CHECKING:
    from boussole.errors import Problem
    from boussole.files.authoring.checked import Checked

TODAY = dt.date(2026, 11, 22)
HERE = "¤"

CATALOGUE = """format = 1
id = "le-rameau"
version = "1"
language = "fr"
title = "Catalogue"

[[facet]]
id = "kind"
title = "Sorte"
terms = [ { id = "outil", title = "Outil" }, { id = "donnee", title = "Donnée" } ]

[[facet]]
id = "profile"
title = "Profil"
terms = [ { id = "etat", title = "État" }, { id = "medias", title = "Média" } ]

[[facet]]
id = "level"
title = "Échelon"
ordered = true
terms = [ { id = "local", title = "Local" }, { id = "national", title = "National" } ]

[[medoc]]
id = "kit"
kind = "outil"
title = "Trousse de dialogue"
url = "https://kit.example/"
source = "https://kit.example/"
checked = 2026-11-01
for = { profile = "etat" }

[[medoc]]
id = "atlas"
kind = "donnee"
title = "Cartes du pays"
source = "https://atlas.example/"
checked = 2026-11-01
avoid = [ { when = { profile = "medias" }, why = "Pas pour vous" } ]
"""

COMPASS = """format = 1
id = "essai"
version = "1"
language = "fr"
catalogue = "le-rameau"
title = "Essai"

[ranking]
top = 2
weights = { profile = 2, level = 1 }
require = ["profile"]

[[section]]
id = "suite"
title = "Suite"
when = { profile = "etat" }

[[question]]
id = "profile"
type = "one"
ask = "Qui êtes-vous\u202f?"
facet = "profile"

[[question]]
id = "moyens"
type = "many"
ask = "De quoi disposez-vous\u202f?"
min = 2
options = [
  { id = "argent", text = "Argent" },
  { id = "temps", text = "Temps" },
  { id = "rien", text = "Rien", alone = true },
]

[[question]]
id = "confiance"
section = "suite"
type = "scale"
ask = "Où en est la confiance\u202f?"
labels = ["nulle", "faible", "forte"]
when = { moyens = "temps" }

[[axis]]
id = "force"
title = "Force"
questions = { confiance = 1 }
facet = "level"
steps = [ { from = 0, term = "local" }, { from = 51, term = "national" } ]

[[place]]
when = { moyens = "rien" }
at = { level = "local" }

[[rule]]
when = { moyens = "argent" }
medoc = ["kit"]
points = 10

[[rule]]
when = { moyens = "rien" }
medoc = ["kit"]
exclude = true

[[example]]
title = "Un cas"
answers = { profile = "etat", moyens = ["argent", "temps"], confiance = 2 }
expect = { first = "kit" }
"""


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in a folder with the catalogue and its compass, and nothing of the user's own."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "compasses").mkdir()
    write(CATALOGUE, COMPASS)
    return tmp_path


def write(catalogue: str, compass: str) -> None:
    """Write both files, without the marks."""
    Path("medoc.toml").write_text(catalogue.replace(HERE, ""), encoding="utf-8")
    Path("compasses/essai.toml").write_text(compass.replace(HERE, ""), encoding="utf-8")


def both(*files: str) -> list[Checked]:
    """Check the two files."""
    return check_files(Library(), [Path(file) for file in files or ("medoc.toml", "compasses/essai.toml")], TODAY)


def told() -> list[Problem]:
    """Return all that is found in the two files."""
    return [problem for one in both() for problem in one.problems]


class Dubious(NamedTuple):
    """A slip: `old` replaced by `new`, in which ¤ stands just before where it is told (or before `at`, elsewhere).

    `also` are the codes of what follows of it.
    """

    code: str
    old: str
    new: str
    subject: str
    remedy: str | None = None
    severity: Severity = Severity.WARNING
    also: tuple[str, ...] = ()
    at: str = "format = 1"


NOTE, ERROR = Severity.NOTE, Severity.ERROR
CHANGE = "Change the condition, or take it out."
EMPTY = "If that is meant, write when = {}; if not, change it."
NEEDLESS = "Its condition always holds: take “when” out, or change it."
APART = "Say what makes them different."
ONE_OF_TWO = "Is it the same MEDOC? Keep one, or tell them apart."
NOT_KNOWING = "Say what must be answered rather than what must not (“not” and “answered = false” hold for nothing)."
LANGUAGE = "Write two or three lower-case letters: fr, en, de, oc…"
NEVER = '{ all = [ { moyens = "rien" }, { moyens = "temps" } ] }'
ALWAYS = '{ any = [ { moyens = "rien" }, { moyens = { min = 2 } } ] }'
TEMPS, RULE = 'when = { moyens = "temps" }', 'when = { moyens = "argent" }'
PLACE, EXCLUSION = 'when = { moyens = "rien" }\nat', 'when = { moyens = "rien" }\nmedoc'
EXAMPLE = COMPASS[COMPASS.index("[[example]]") :]
AXIS = '[[axis]]\nid = "force"'
AVOID = 'when = { profile = "medias" }'


def questions(letters: str, marked: str = "") -> str:
    """Return a question for each letter, as text; the one of the letter `marked` is where the slip is told."""
    return "".join(
        f'[[{HERE if letter == marked else ""}question]]\nid = "q{letter}"\ntype = "number"\nmin = 0\nmax = 200\n'
        f'ask = "{letter * 9}"\n\n'
        for letter in letters
    )


THIRTEEN = ", ".join(f'{{ id = "o{letter}", text = "{letter * 8}" }}' for letter in "abcdefghijklm")
LONG_LIST = f'[[¤question]]\nid = "long"\ntype = "one"\nask = "Laquelle"\noptions = [ {THIRTEEN} ]\n\n'
TOO_FEW = (
    '[[question]]\nid = "few"\ntype = "many"\nask = "Lesquelles"\nmin = 2\n'
    'options = [ ¤{ id = "x", text = "Celle-ci" }, { id = "y", text = "Aucune", alone = true } ]\n\n'
)
COMPARISONS = ", ".join(f"{{ q{letter} = {value} }}" for letter in "xyz" for value in range(1, 200))
TOO_MANY = f"[[rule]]\nwhen = ¤{{ qx = {{ min = 200 }}, qy = 200, qz = 200, any = [ {COMPARISONS} ] }}\n"
TOO_MANY += 'medoc = ["atlas"]\npoints = 1\n\n'

IN_COMPASS = [
    Dubious("B401", 'expect = { first = "kit" }', 'expect = ¤{ first = "atlas" }', 'example "Un cas"', None, ERROR),
    Dubious("B501", TEMPS, f"when = ¤{NEVER}", 'question "confiance"', CHANGE, also=("B509",)),
    Dubious("B501", 'when = { profile = "etat" }', f"when = ¤{NEVER}", 'section "suite"', CHANGE, also=("B509",)),
    Dubious(
        "B502", 'when = { profile = "etat" }', 'when = ¤{ profile = ["etat", "medias"] }', 'section "suite"', NEEDLESS
    ),
    Dubious("B502", TEMPS, f"when = ¤{ALWAYS}", 'question "confiance"', NEEDLESS),
    Dubious("B503", RULE, f"when = ¤{NEVER}", "rule 1", CHANGE),
    Dubious("B503", PLACE, f"when = ¤{NEVER}\nat", "place 1", CHANGE),
    Dubious("B504", RULE, f"when = ¤{ALWAYS}", "rule 1", EMPTY),
    Dubious("B504", PLACE, f"when = ¤{ALWAYS}\nat", "place 1", EMPTY),
    Dubious(
        "B505",
        "{ from = 51,",
        '¤{ from = 51, term = "national" }, { from = 60,',
        'axis "force" › step 2',
        "Change “from”, or the points of the questions on this axis.",
    ),
    Dubious(
        "B508",
        AXIS,
        TOO_FEW + AXIS,
        'question "few" › option "x"',
        "Lower “min”, or add options that can be chosen together.",
    ),
    Dubious("B509", TEMPS, f"when = {NEVER}", 'axis "force"', None, also=("B501",), at="{ confiance = 1 }"),
    Dubious(
        "B511",
        EXCLUSION,
        'when = ¤{ moyens = "temps" }\nmedoc',
        "rule 2",
        "Narrow the exclusion, or take one of the rules out.",
        also=("B401",),
    ),
    Dubious("B512", EXCLUSION, 'when = ¤{ not = { moyens = "argent" } }\nmedoc', "rule 2", NOT_KNOWING),
    Dubious("B514", "level = 1 }", "level = 1, ¤kind = 1 }", "", "Ask a question about it, or take it out of here."),
    Dubious(
        "B514",
        'require = ["profile"]',
        'require = ¤["profile", "kind"]',
        "",
        "Ask a question about it, or take it out of here.",
    ),
    Dubious(
        "B519",
        AXIS,
        questions("xyz") + TOO_MANY + AXIS,
        "rule 1",
        "In all of them it came out the same way. Look at it yourself.",
        NOTE,
    ),
    Dubious(
        "B521", 'ask = "De quoi disposez-vous\u202f?"', 'ask = ¤"Qui êtes-vous\u202f!"', 'question "moyens"', APART
    ),
    Dubious("B521", 'text = "Temps" }', 'text = ¤"ARGENT" }', 'question "moyens" › option "temps"', APART),
    Dubious(
        "B526",
        'title = "Force"',
        'title = ¤"L\'eau"',
        'axis "force"',
        "Here: …L’eau… (⍽ stands for the no-break space).",
    ),
    Dubious("B527", AXIS, LONG_LIST + AXIS, 'question "long"', "Give each option a hint, or ask in two steps."),
    Dubious(
        "B528",
        AXIS,
        questions("abcdefghijklmnopqrstu", marked="r") + AXIS,
        'question "qr"',
        "People tire after 20: take some out, or ask them of fewer.",
    ),
    Dubious("B512", EXCLUSION, "when = ¤{ }\nmedoc", "rule 2", NOT_KNOWING, also=("B401", "B511", "B513")),
    Dubious("B531", 'text = "Temps"', 'text = ¤" "', 'question "moyens" › option "temps"', "Write it, or take it out."),
    Dubious("B533", 'title = "Force"', 'title = { ¤Fr = "Force" }', 'axis "force"', LANGUAGE, also=("B523",)),
    Dubious("B538", 'title = "Force"', 'title = ¤"<b>Force</b>"', 'axis "force"', "Take the marks out."),
    Dubious("B538", 'title = "Force"', 'title = ¤"[Force](x)"', 'axis "force"', "Take the marks out."),
    Dubious(
        "B538", 'title = "Force"', 'title = ¤"Force &amp; co"', 'axis "force"', "Take the marks out.", also=("B526",)
    ),
    Dubious("B539", 'title = "Force"', 'title = ¤"Force "', 'axis "force"', "Take them out."),
    Dubious("B529", EXAMPLE, "", "", "boussole ask --example writes one from an interview.", NOTE),
]

NEVER_GOT = 'for = { profile = "etat" }\navoid = [ { when = { profile = "etat" } } ]\n'
NO_ONE = f"""[[¤medoc]]
id = "vain"
kind = "outil"
title = "Rien pour personne"
source = "https://vain.example/"
checked = 2026-11-01
{NEVER_GOT}
"""
ATLAS = '[[medoc]]\nid = "atlas"'

IN_CATALOGUE = [
    Dubious(
        "B506",
        AVOID,
        'when = ¤{ all = [ { profile = "medias" }, { profile = "etat" } ] }',
        'medoc "atlas" › avoid 1',
        CHANGE,
    ),
    Dubious(
        "B507", AVOID, 'when = ¤{ profile = ["medias", "etat"] }', 'medoc "atlas" › avoid 1', CHANGE, also=("B513",)
    ),
    Dubious("B512", AVOID, 'when = ¤{ not = { profile = "etat" } }', 'medoc "atlas" › avoid 1', NOT_KNOWING),
    Dubious(
        "B513",
        ATLAS,
        NO_ONE + ATLAS,
        'medoc "vain"',
        "Say more precisely whom it is for, or look at boussole coverage COMPASS.",
        NOTE,
    ),
    Dubious("B522", 'title = "Cartes du pays"', 'title = ¤"Trousse de dialogues"', 'medoc "atlas"', ONE_OF_TWO),
    Dubious(
        "B522",
        'title = "Cartes du pays"',
        'title = "Cartes du pays"\nurl = ¤"https://kit.example/"',
        'medoc "atlas"',
        ONE_OF_TWO,
        NOTE,
    ),
    Dubious(
        "B524",
        'source = "https://atlas.example/"\nchecked = 2026-11-01',
        'source = "https://atlas.example/"\nchecked = ¤2025-05-22',
        'medoc "atlas"',
        "Look at it again, and write the day in “checked”.",
    ),
    Dubious(
        "B525",
        'source = "https://atlas.example/"',
        'source = "https://atlas.example/"\nexpires = ¤2026-11-21',
        'medoc "atlas"',
        "Bring it up to date, give a later day, or take it out.",
    ),
    Dubious(
        "B526",
        '"Pas pour vous"',
        '¤"Pas pour vous: jamais"',
        'medoc "atlas" › avoid 1',
        "Here: …Pas pour vous⍽: jamais… (⍽ stands for the no-break space).",
    ),
]


def test_the_two_files_have_no_problem() -> None:
    """Not even a note: what follows changes one thing in them."""
    assert told() == []


@pytest.mark.parametrize("slip", IN_COMPASS, ids=lambda slip: f"{slip.code} {slip.new[:30]}")
def test_one_slip_in_a_compass(slip: Dubious) -> None:
    """Is told with its code, how much it matters, where it stands, what it is about and what to do."""
    assert slip.old in COMPASS
    check_slip(slip, "compasses/essai.toml", COMPASS.replace(slip.old, slip.new, 1))


@pytest.mark.parametrize("slip", IN_CATALOGUE, ids=lambda slip: f"{slip.code} {slip.new[:30]}")
def test_one_slip_in_a_catalogue(slip: Dubious) -> None:
    """Likewise; those about whom a MEDOC is for are seen with the compasses that are checked along."""
    assert slip.old in CATALOGUE
    check_slip(slip, "medoc.toml", CATALOGUE.replace(slip.old, slip.new, 1))


def check_slip(slip: Dubious, file: str, text: str) -> None:
    """Check both files, one of which is `text`: the slip is told where ¤ stands, and nothing that does not follow."""
    write(*((text, COMPASS) if file == "medoc.toml" else (CATALOGUE, text)))
    problems = told()
    assert {problem.code for problem in problems} - {slip.code} <= set(slip.also)
    (problem,) = [one for one in problems if one.code == slip.code]
    assert problem.severity is slip.severity
    assert problem.place is not None
    assert problem.place.file == file
    before = text.partition(HERE if HERE in text else slip.at)[0]
    assert (problem.place.line, problem.place.column) == (before.count("\n") + 1, len(before) - before.rfind("\n"))
    assert problem.subject == slip.subject
    assert (problem.remedy.in_("en") if problem.remedy else None) == slip.remedy
    assert problem.what.in_("fr")


# --- Several files ---------------------------------------------------------------------------------------------------


def test_two_compasses_of_one_folder_with_one_id(here: Path) -> None:
    """Both are named, and which of them counts: the one that has the name of its id."""
    for name in ("autre.toml", "essai.toml", "zebre.toml"):
        (here / "compasses" / name).write_text(COMPASS, encoding="utf-8")
    found = [one for checked in check_all(Library(), TODAY) for one in checked.problems if one.code == "B536"]
    assert [(str(one.place), one.what.in_("en")) for one in found] == [
        ("compasses/essai.toml:2:6", WHICH.format(other="autre", counts="essai")),
        ("compasses/zebre.toml:2:6", WHICH.format(other="autre", counts="essai")),
    ]


WHICH = "the id “essai” is that of compasses/{other}.toml too: compasses/{counts}.toml counts."


def test_a_file_that_only_looks_like_a_compass(here: Path) -> None:
    """Some systems hide an ending that they add; it is seen, and what is in it is checked."""
    (here / "compasses" / "neuf.toml.txt").write_text("x = 1\n", encoding="utf-8")
    found = [one for checked in check_all(Library(), TODAY) for one in checked.problems if one.code == "B537"]
    assert [(str(one.place), one.remedy and one.remedy.in_("en")) for one in found] == [
        ("compasses/neuf.toml.txt:1:1", "Call it neuf.toml.")
    ]


def test_a_folder_is_no_file_of_another_name(here: Path) -> None:
    """It is said that it is a folder, and nothing about its name."""
    (found,) = check_files(Library(), [here / "compasses"], TODAY)
    assert found.problems == ()
    assert found.unusable is not None


def test_what_ships_is_not_in_the_list_of_an_author() -> None:
    """It is read with their catalogue all the same; what cannot be used with it is counted apart."""
    write(CATALOGUE, COMPASS)
    checked = check_all(Library(), TODAY)
    shipped = [one for one in checked if one.file.is_absolute()]
    assert len(shipped) == 4
    assert all(one.unfit and not one.problems for one in shipped)
    assert [one.problems for one in checked if one not in shipped] == [(), ()]


def test_what_ships_is_not_said_to_be_unfit_for_a_catalogue_that_cannot_be_read() -> None:
    """The catalogue is what is wrong: it says nothing of them."""
    Path("compasses/essai.toml").unlink()
    layer = 'id = "mien"\nversion = "1"\nlanguage = "fr"\ntitle = "Mien"\nextends = "le-rameau"\nformat = 1\n'
    Path("medoc.toml").write_text(layer + '[[medoc]]\nid = "x"\n', "utf-8")
    catalogue, *shipped = check_all(Library(), TODAY)
    assert "B103" in [problem.code for problem in catalogue.problems]
    assert shipped
    assert not any(one.unfit for one in shipped)


def test_a_catalogue_by_itself() -> None:
    """Says nothing of whom its MEDOC reach: that takes a compass."""
    write(CATALOGUE.replace(ATLAS, NO_ONE + ATLAS), COMPASS)
    assert [one.problems for one in both("medoc.toml")] == [()]
    assert [problem.code for one in both("medoc.toml", "compasses/essai.toml") for problem in one.problems] == ["B513"]


def test_a_catalogue_beside_a_broken_compass(here: Path) -> None:
    """Nothing is said of whom its MEDOC never reach: that compass might."""
    write(CATALOGUE.replace(ATLAS, NO_ONE + ATLAS), COMPASS)
    (here / "compasses/broken.toml").write_text(
        COMPASS.replace('id = "essai"', 'id = "broken"').replace("[[rule]]", "[[rules]]"), encoding="utf-8"
    )
    catalogue, compass, broken = both("medoc.toml", "compasses/essai.toml", "compasses/broken.toml")
    assert (catalogue.problems, compass.problems) == ((), ())
    assert broken.problems


def test_a_compass_whose_catalogue_is_broken() -> None:
    """Is told so at the name of the catalogue, beside what is wrong there; the other files are checked all the same."""
    write(CATALOGUE.replace('kind = "outil"', 'kind = "outils"'), COMPASS)
    catalogue, compass = both()
    assert [problem.code for problem in catalogue.problems] == ["B202"]
    (problem,) = compass.problems
    assert (problem.code, problem.severity, str(problem.place)) == ("B209", ERROR, "compasses/essai.toml:5:13")
    assert problem.remedy is not None
    assert problem.remedy.in_("en") == "Mend the catalogue first: boussole check medoc.toml"


BROKEN = CATALOGUE.replace('kind = "outil"', 'kind = "outils"')


@pytest.mark.parametrize("catalogue", [BROKEN, CATALOGUE.replace('title = "Catalogue"', "title = “Catalogue”")])
def test_a_broken_catalogue_does_not_hide_what_is_wrong_with_a_compass(catalogue: str) -> None:
    """What needs the catalogue is not judged; the rest is, and that the catalogue is broken is told once."""
    write(catalogue, COMPASS.replace('catalogue = "le-rameau"', 'catalogue = "le-rameau"\nwrong = 1', 1))
    Path("compasses/autre.toml").write_text(COMPASS.replace('id = "essai"', 'id = "autre"').replace(HERE, ""), "utf-8")
    _, compass, other = both("medoc.toml", "compasses/essai.toml", "compasses/autre.toml")
    assert [problem.code for problem in compass.problems] == ["B209", "B101"]
    assert other.problems == ()


def test_a_slip_does_not_hide_what_else_is_wrong() -> None:
    """Slips and mistakes of the same file are told together, each at its line."""
    slip = COMPASS.replace('title = "Essai"', "title = “Essai”\nwrong = 1", 1)
    write(CATALOGUE, slip)
    _, compass = both()
    assert [(problem.code, problem.place and problem.place.line) for problem in compass.problems] == [
        ("B004", 6),
        ("B101", 7),
    ]


def test_what_follows_from_something_lost_is_not_told() -> None:
    """A title that cannot be kept is not missing."""
    write(CATALOGUE, COMPASS.replace('title = "Essai"', "title =", 1))
    _, compass = both()
    assert [problem.code for problem in compass.problems] == ["B004"]


def test_a_compass_of_another_catalogue_is_not_judged_by_the_one_named() -> None:
    """It is not in the list, unless its folder or its file is named."""
    write(CATALOGUE, COMPASS.replace('catalogue = "le-rameau"', 'catalogue = "another"'))
    mine = Path("mine")
    mine.mkdir()
    (mine / "essai.toml").write_text(COMPASS.replace(HERE, ""), "utf-8")
    files = [one.file for one in check_all(Library(Path("medoc.toml"), mine), TODAY)]
    assert Path("mine/essai.toml") in files
    assert Path("compasses/essai.toml") not in files
    (named,) = check_files(Library(Path("medoc.toml"), mine), [Path("compasses/essai.toml")], TODAY)
    assert "B207" in [problem.code for problem in named.problems]


def test_an_unknown_type_hides_neither_the_section_nor_the_condition_nor_the_facet() -> None:
    """Each is told."""
    keys = 'facet = "y"\nsection = "x"\nwhen = { nothing = "a" }'
    question = f'[[question]]\nid = "neuf"\ntype = "choice"\nask = "Et ?"\n{keys}\n\n'
    write(CATALOGUE, COMPASS.replace("[[rule]]", f"{question}[[rule]]", 1))
    _, compass = both()
    assert {"B102", "B208", "B203", "B201"} <= {problem.code for problem in compass.problems}


@pytest.mark.parametrize(
    ("old", "new", "code", "remedy"),
    [
        ("[[question]]", "[[questions]]", "B101", "Write: [[question]]"),
        ("[[section]]", "[section]", "B102", "Write: [[section]]"),
    ],
)
def test_a_header_that_is_not_as_the_format_has_it_is_one_problem(old: str, new: str, code: str, remedy: str) -> None:
    """However many stand there: no cascade follows, and what they hold is checked."""
    write(CATALOGUE, COMPASS.replace(old, new))
    _, compass = both()
    (problem,) = [one for one in compass.problems if one.severity is ERROR]
    assert (problem.code, problem.remedy and problem.remedy.in_("en")) == (code, remedy)
    assert problem.place is not None
    assert problem.place.line == COMPASS[: COMPASS.index(old)].count("\n") + 1


@pytest.mark.parametrize(
    ("new", "column"),
    [
        ('title = { fr = "Essai", }', 25),
        ('title = {\nfr = "Essai" }', 9),
        ('title = "Es\\x41i"', 9),
    ],
)
def test_what_only_toml_1_1_reads_is_a_warning(new: str, column: int) -> None:
    """It loads; the editors of authors may not read it."""
    write(CATALOGUE, COMPASS.replace('title = "Essai"', new, 1))
    _, compass = both()
    (problem,) = [one for one in compass.problems if one.code == "B530"]
    assert problem.place is not None
    assert (problem.severity, problem.place.line, problem.place.column) == (Severity.WARNING, 6, column)


UNREADABLE = [b"format = ", b"\xff", b"", b"format = 9\n", b'catalogue = "nowhere"\n', b"x = " + b"[" * 900]


@pytest.mark.parametrize("option", [None, Path("other.toml")])
@pytest.mark.parametrize("compass", UNREADABLE)
@pytest.mark.parametrize("catalogue", [b"format = ", b"", b"format = 9\n", b'format = 1\nid = "le-rameau"\n'])
def test_files_that_are_both_beyond_reading(option: Path | None, compass: bytes, catalogue: bytes) -> None:
    """Each is told what is wrong with it, or why it could not be looked at; nothing else is ever raised."""
    for path in ("medoc.toml", "other.toml"):
        Path(path).write_bytes(catalogue)
    Path("compasses/essai.toml").write_bytes(compass)
    checked = check_files(Library(option), [Path("medoc.toml"), Path("compasses/essai.toml")], TODAY)
    assert all(one.problems or one.unusable for one in checked)
    for one in checked:
        for problem in one.problems:
            assert problem.place is not None
            assert problem.place.file == str(one.file)


def test_a_file_named_twice_is_checked_once() -> None:
    """And what is no file is told with its name, beside the others."""
    found = both("medoc.toml", "medoc.toml", "nowhere.toml", "compasses")
    assert [(str(one.file), one.unusable is None) for one in found] == [
        ("medoc.toml", True),
        ("nowhere.toml", False),
        ("compasses", False),
    ]


# --- Texts -----------------------------------------------------------------------------------------------------------


def texts(compass: str) -> list[tuple[str, str]]:
    """Return the codes and remedies of what is wrong with the texts of a compass."""
    write(CATALOGUE, compass)
    found = [problem for problem in told() if problem.code in {"B523", "B526"}]
    return [(problem.code, problem.remedy.in_("en") if problem.remedy else "") for problem in found]


def typography(text: str, language: str = "fr") -> list[str]:
    """Return how each slip of typography in a text should be written."""
    written = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    other = "" if language == "fr" else ', fr = "Force"'
    found = texts(COMPASS.replace('title = "Force"', f'title = {{ {language} = "{written}"{other} }}'))
    assert all(code == "B526" for code, _ in found)
    return [here.removeprefix("Here: …").removesuffix("… (⍽ stands for the no-break space).") for _, here in found]


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("Où est l'eau", "Où est l’eau"),
        ("Aujourd'hui, l'air", "Aujourd’hui, l'air"),
        ('Le "tiers lieu"', 'Le «tiers lieu"'),
        ("«Ici\u00a0»", "«⍽Ici⍽»"),
        ("« Ici\u00a0»", "«⍽Ici⍽»"),
        ("« (ici)\u00a0»", "«⍽(ici)⍽»"),
        ("«\u00a0Ici »", "«⍽Ici⍽»"),
        ("«\u202fIci»", "«⍽Ici⍽»"),
        ("«\u00a0Ici…»", "«⍽Ici…⍽»"),
        ("Qui ?", "Qui⍽?"),
        ("Qui?", "Qui⍽?"),
        ("Vite ! Oui", "Vite⍽! Oui"),
        ("Un (deux) ; trois", "Un (deux)⍽; trois"),
        ("À 100 % !", "À 100 %⍽!"),
        ("Voici : un", "Voici⍽: un"),
        ("Voici:", "Voici⍽:"),
        ("Voici:\nun", "Voici⍽: un"),
        ("(Vraiment ?)", "(Vraiment⍽?)"),
    ],
)
def test_typography_that_french_writes_otherwise(text: str, mended: str) -> None:
    """The remedy shows it written right, on one line."""
    assert typography(text) == [mended]


@pytest.mark.parametrize(
    "text",
    [
        "L’eau, l’air",
        "Voir https://a.example/?q=1;b=2 et http://b.example:8080/",
        "À 14:03, ou à 9:30",
        "Un ratio de 3:1, soit 3,5",
        "«\u00a0Ici\u00a0»",
        "«\u202fIci\u202f»",
        "«\u00a0Ici\u202f?\u00a0»",
        "«\u00a0(ici)\u00a0»",
        "?",
        "(?)",
        "« ? »".replace(" ", "\u00a0"),
        "Vraiment…",
        "Vraiment…\u202f?",
        "Qui\u202f? Moi\u202f! Toi\u202f; lui\u00a0: nous",
        "Qui\u00a0?",
        "les parents' et '90",
        "profile=etat ; c'".replace(" ;", "\u202f;"),
        "Un paragraphe.\n\n  Un autre, en retrait.",
        "B101!x a;b",
        "",
    ],
)
def test_typography_that_is_right(text: str) -> None:
    """Addresses, times, numbers and code are left alone, as are both no-break spaces."""
    assert typography(text) == []


def test_each_sort_of_slip_is_told_once_a_text() -> None:
    """The first of it; other sorts beside it."""
    assert len(typography("L'eau, l'air ? Qui ? Non : « oui »")) == 5


def test_only_french_has_french_typography() -> None:
    """Another language of the same file, or a file in another language, has its own."""
    assert typography('It\'s "here": why?  Yes!', "en") == []
    english = COMPASS.replace('language = "fr"', 'language = "en"').replace('title = "Force"', 'title = "It\'s: why?"')
    assert texts(english) == []


WORDS = ("Essai", "Suite", "Argent", "Temps", "Rien", "nulle", "faible", "forte", "Force")


def translated(words: tuple[str, ...]) -> str:
    """Return the compass with these texts in both languages."""
    compass = COMPASS
    for word in words:
        compass = compass.replace(f'"{word}"', f'{{ fr = "{word}", en = "{word}" }}', 1)
    return compass


def test_a_file_in_one_language_lacks_no_translation() -> None:
    """Nor one in which some texts only are in another: that is where most lack it, not one."""
    assert texts(COMPASS) == []
    assert texts(translated(WORDS[:6])) == []


def test_the_odd_text_without_translation() -> None:
    """Where most texts have one: told at the text, with how to write it. The title of an example needs none."""
    assert texts(translated(WORDS[1:])) == [("B523", 'Write { fr = "…", en = "…" }.')] * 4
    write(CATALOGUE, translated(WORDS[1:]))
    assert [problem.place and problem.place.line for problem in told()] == [6, 21, 27, 39]
    only_english = translated(WORDS).replace('{ fr = "Force", en = "Force" }', '{ en = "Force" }')
    found = [remedy for code, remedy in texts(only_english) if code == "B523"]
    assert found == ['Write { fr = "…", en = "…" }.'] * 3 + ['Write { en = "…", fr = "…" }.']


def test_the_texts_of_a_file_with_errors_are_looked_at_too() -> None:
    """An author sees all at once; what cannot be read as a text is told by the reader alone."""
    write(CATALOGUE, COMPASS.replace('title = "Force"', "title = 3").replace('"Suite"', '"Suite !"'))
    assert [problem.code for problem in told()] == ["B526", "B102"]
    write(CATALOGUE, COMPASS.replace('title = "Force"', "title = {}"))
    assert [problem.code for problem in told()] == ["B107"]
    write(CATALOGUE.replace('"Profil"', '"L\'eau"').replace('kind = "outil"', 'kind = "outils"'), COMPASS)
    assert [problem.code for problem in both("medoc.toml")[0].problems] == ["B526", "B202"]


# --- Maps of tables --------------------------------------------------------------------------------------------------

MAP = """format = 1
compass = "essai"

[[column]]
name = "Type"
question = "profile"
[column.values]
"Préfecture" = "etat"
"""


def of_map(text: str = MAP) -> list[tuple[str, str, str | None]]:
    """Return the code, the subject and the remedy of each problem of a map in which each ¤ is where one is told."""
    before = text.split(HERE)[:-1]
    starts = ["".join(before[: index + 1]) for index in range(len(before))]
    Path("carte.toml").write_text(text.replace(HERE, ""), "utf-8")
    (checked,) = both("carte.toml")
    assert (checked.file, checked.unusable) == (Path("carte.toml"), None)
    places = [(start.count("\n") + 1, len(start) - start.rfind("\n")) for start in starts]
    assert [(one.place.line, one.place.column) for one in checked.problems if one.place] == places
    return [(one.code, one.subject, one.remedy.in_("en") if one.remedy else None) for one in checked.problems]


def test_a_map_is_checked_against_the_compass_it_names() -> None:
    """Every problem at its place, the column by its name."""
    assert of_map() == []
    wrong = MAP.replace('"etat"', '¤"eta"') + '¤"PREFECTURE" = ¤"medas"\n\n[[¤column]]\nname = "Divers"\n'
    assert of_map(wrong) == [
        ("A102", 'column "Type"', "Did you mean “etat”?"),
        ("M103", 'column "Type"', None),
        ("A102", 'column "Type"', "Did you mean “medias”?"),
        ("M104", 'column "Divers"', "Write the question it answers, or which questions each label answers."),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "compass = 'essai'",
        "compass = 3",
        "format = 1\ncompass = 'essai'\ncolum = 1",
        "format = 1\ncompass = 'essai'\nset",
    ],
)
def test_a_file_that_names_a_compass_is_a_map_whatever_else_is_wrong_with_it(text: str) -> None:
    """Its keys are those of a map, not of a compass: no title is missing."""
    Path("carte.toml").write_text(text, "utf-8")
    (checked,) = both("carte.toml")
    assert checked.problems
    assert not any("title" in problem.what.in_("en") for problem in checked.problems)


def test_a_map_comes_after_the_definitions_it_was_named_before() -> None:
    Path("carte.toml").write_text(MAP, "utf-8")
    files = ["carte.toml", "compasses/essai.toml", "medoc.toml", "carte.toml"]
    assert [str(one.file) for one in both(*files)] == ["medoc.toml", "compasses/essai.toml", "carte.toml"]


def test_a_map_whose_compass_is_not_there_names_the_nearest() -> None:
    assert of_map(MAP.replace('"essai"', '¤"essais"')) == [("M106", "", "Did you mean “essai”?")]


def test_a_map_does_not_lead_to_a_file_of_its_choice() -> None:
    """Its compass is looked up by id: a path is no id."""
    (found,) = of_map(MAP.replace('"essai"', '¤"compasses/essai.toml"'))
    assert found[0] == "B104"


@pytest.mark.parametrize("broken", ["compasses/essai.toml", "medoc.toml"])
def test_a_map_whose_compass_or_catalogue_is_broken_says_which_file_to_mend(broken: str) -> None:
    Path(broken).write_text(Path(broken).read_text("utf-8").replace("title =", "titel =", 1), "utf-8")
    remedy = f"Mend that file first: boussole check {broken}"
    assert of_map(MAP.replace('"essai"', '¤"essai"')) == [("M106", "", remedy)]


def test_a_map_whose_compass_has_no_catalogue_says_so() -> None:
    """Of the compass, whose own problem that is."""
    write(CATALOGUE, COMPASS.replace("le-rameau", "la-vallee"))
    (found,) = of_map(MAP.replace('"essai"', '¤"essai"'))
    assert found[0] == "M106"
    assert "boussole check compasses/essai.toml" in str(found[2])


def test_a_map_that_was_taken_away_meanwhile(monkeypatch: pytest.MonkeyPatch) -> None:
    """It was there when its kind was found out."""
    Path("carte.toml").write_text(MAP, "utf-8")
    kind = mended_source.kind_of

    def found_out(file: Path) -> object:
        found = kind(file)
        file.unlink()
        return found

    monkeypatch.setattr(checking, "kind_of", found_out)
    (checked,) = both("carte.toml")
    assert checked.unusable is not None


def test_words_to_be_found_by_need_no_translation(here: Path) -> None:
    """A word belongs to the language it is of: nobody reads it. What is read is missed in a language."""
    both = re.sub(r'(title|why) = "([^"]*)"', r'\1 = { fr = "\2", en = "\2" }', CATALOGUE)
    for key, codes in (("words", []), ("summary", ["B523"])):
        value = '["croquis", { fr = "plan", en = "map" }]' if key == "words" else '"Un plan"'
        (here / "medoc.toml").write_text(f"{both}{key} = {value}\n", encoding="utf-8")
        found = [
            one.code for checked in check_files(Library(), [Path("medoc.toml")], TODAY) for one in checked.problems
        ]
        assert [code for code in found if code in {"B523", "B101"}] == codes


def test_what_could_not_be_read_is_not_said_to_be_missing(here: Path) -> None:
    """A file whose MEDOC, or questions, all have errors is not empty; nor is a facet that one of these is about."""
    broken = CATALOGUE.replace('kind = "', 'kind = "x')
    (here / "medoc.toml").write_text(broken, encoding="utf-8")
    asks = COMPASS.split("[ranking]", maxsplit=1)[0] + '[[question]]\nid = "q"\ntype = "x"\nask = "Qui"\n'
    (here / "a.toml").write_text(asks, encoding="utf-8")
    checked = check_files(Library(), [Path("medoc.toml"), Path("a.toml")], TODAY)
    assert not {"B532", "B542"} & {one.code for file in checked for one in file.problems}
    (here / "medoc.toml").write_text(CATALOGUE, encoding="utf-8")
    (compass,) = check_files(Library(), [Path("a.toml")], TODAY)
    assert [one.code for one in compass.problems if one.code != "B529"] == ["B102"]
