"""Each mistake in a file has its code, its place, its subject and its remedy, and is told alone."""

from __future__ import annotations

import time
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import pytest

from boussole.errors import BoussoleError, DefinitionError
from boussole.files.definitions.catalogue import load_catalogue, read_catalogue
from boussole.files.definitions.compass import load_compass, read_compass
from boussole.limits.table import CATALOGUE_BYTES, DEFINITION_BYTES, NESTING, PROBLEMS_SHOWN
from support.builders import catalogue_toml, compass_toml

if TYPE_CHECKING:
    from pathlib import Path

    from boussole.errors import Problem

CATALOGUE = read_catalogue(catalogue_toml().encode(), "medoc.toml")
HERE = "¤"


class Wrong(NamedTuple):
    """A mistake: `old` replaced by `new`, in which ¤ stands just before where the problem is told."""

    code: str
    old: str
    new: str
    subject: str
    remedy: str | None = None


def problems_of(text: str, *, compass: bool) -> tuple[Problem, ...]:
    """Return the problems of a compass or of a catalogue."""
    read = partial(read_compass, catalogue=CATALOGUE) if compass else read_catalogue
    with pytest.raises(DefinitionError) as refused:
        read(text.encode(), "f.toml")
    assert refused.value.source == "f.toml"
    return refused.value.problems


def check_one(text: str, wrong: Wrong, *, compass: bool) -> None:
    """Make the mistake in `text`: it is told alone, where ¤ stands, with its subject and remedy."""
    assert wrong.old in text
    edited = text.replace(wrong.old, wrong.new, 1)
    before = edited.partition(HERE)[0]
    expected = (before.count("\n") + 1, len(before) - before.rfind("\n"))
    problems = problems_of(edited.replace(HERE, ""), compass=compass)
    assert [problem.code for problem in problems] == [wrong.code]
    (problem,) = problems
    assert problem.place is not None
    assert (problem.place.line, problem.place.column) == expected
    assert problem.subject == wrong.subject
    assert (problem.remedy.in_("en") if problem.remedy else None) == wrong.remedy


FORMAT, EXPIRES, MEDIAS = "format = 1", "expires = 2027-01-01", 'when = { profile = "medias" }'
WORD_IDS = "Write lower-case letters, digits, - and _, at most 80 characters."
TERM = '{ id = "outil", title = "Outil" }'

PROFIL = 'title = "Profil"\n'
GONE = '[[gone]]\nid = "x"\non = 2026-12-01\n'
KIT = "Did you mean “kit”?"
IN_CATALOGUE = [
    Wrong("B006", FORMAT, "format = ¤2", "", "Install a newer boussole."),
    Wrong("B006", FORMAT, "format = ¤0", "", "Write format = 1."),
    Wrong("B101", "licence =", "¤license =", "", "Did you mean “licence”?"),
    Wrong("B101", "ordered = true", "¤order = true", 'facet "stage"', "Did you mean “ordered”?"),
    Wrong(
        "B101",
        'hint = "agence"',
        '¤"é à" = 1',
        'facet "profile" › term "etat"',
        "Write hint or upto.",
    ),
    Wrong("B102", FORMAT, 'format = ¤"1"', "", "Write: format = 1"),
    Wrong("B102", FORMAT, "format = ¤true", ""),
    Wrong("B102", "year = 2020", 'year = ¤"2020"', 'medoc "atlas"', "Write: year = 2020"),
    Wrong("B102", "year = 2020", "year = ¤2020.0", 'medoc "atlas"', "Write: year = 2020"),
    Wrong("B102", "ordered = true", "ordered = ¤1", 'facet "stage"'),
    Wrong(
        "B102", "expires = 2027-01-01", "expires = ¤2027-01-01T00:00:00", 'medoc "atlas"', "Write: expires = 2027-01-01"
    ),
    Wrong("B102", 'after = ["kit"]', 'after = ¤"kit"', 'medoc "atlas"', 'Write: after = ["kit"]'),
    Wrong("B102", 'after = ["kit"]', 'after = ["kit", ¤{ x = 1 }]', 'medoc "atlas" › after 2'),
    Wrong("B102", 'for = { profile = ["etat"] }', 'for = ¤["etat"]', 'medoc "atlas"'),
    Wrong("B102", 'for = { profile = ["etat"] }', "for = { profile = ¤1 }", 'medoc "atlas"', 'Write: profile = "1"'),
    Wrong("B102", 'title = "Profil"', "title = ¤1", 'facet "profile"', 'Write: title = "1"'),
    Wrong("B102", 'title = "Profil"', "title = { fr = ¤1 }", 'facet "profile"', 'Write: fr = "1"'),
    Wrong("B103", 'version = "1"\n', "", ""),
    Wrong("B103", 'id = "kit"\n', "", "medoc 1"),
    Wrong("B103", '[[facet]]\nid = "profile"\ntitle = "Profil"', '[[¤facet]]\nid = "profile"', 'facet "profile"'),
    Wrong("B103", ', title = "Outil"', "", 'facet "kind" › term "outil"'),
    Wrong("B104", 'id = "le-rameau"', 'id = ¤"Le Rameau"', "", WORD_IDS.replace("Write", "Write “le-rameau”:")),
    Wrong("B104", 'id = "kit"', f'id = ¤"{"k" * 81}"', f'medoc "{"k" * 81}"', WORD_IDS),
    Wrong("B104", 'id = "medias"', 'id = ¤"any"', 'facet "profile" › term "any"', "Choose another id."),
    Wrong("B105", 'id = "profile"', 'id = ¤"stage"', 'facet "stage"'),
    Wrong("B105", 'id = "medias"', 'id = ¤"etat"', 'facet "profile" › term "etat"'),
    Wrong("B105", 'id = "atlas"', 'id = ¤"kit"', 'medoc "kit"'),
    Wrong("B106", "safety = 3", "safety = ¤4", 'medoc "atlas"', "Write a whole number from 0 to 3."),
    Wrong("B106", "minutes = 90", "minutes = ¤-1", 'medoc "atlas"', "Write a whole number, 0 or more."),
    Wrong("B107", 'source = "https://a.example/"', 'source = ¤""', 'medoc "kit"'),
    Wrong("B107", 'for = { profile = ["etat"] }', "for = { profile = ¤[] }", 'medoc "atlas"'),
    Wrong("B107", 'title = "Kit"', "title = ¤{ }", 'medoc "kit"'),
    Wrong("B107", 'when = { profile = "medias" }', "when = { profile = ¤[] }", 'medoc "atlas" › avoid 1'),
    Wrong(
        "B201",
        'for = { profile = ["etat"] }',
        'for = { ¤profil = ["etat"] }',
        'medoc "atlas"',
        "Did you mean “profile”?",
    ),
    Wrong("B202", 'kind = "outil"', 'kind = ¤"outils"', 'medoc "kit"', "Did you mean “outil”?"),
    Wrong("B202", 'stage = "agir"', 'stage = ¤"agit"', 'medoc "atlas"', "Did you mean “agir”?"),
    Wrong(
        "B202",
        'for = { profile = ["etat"] }',
        'for = { profile = ["etat", ¤"media"] }',
        'medoc "atlas" › profile 2',
        "Did you mean “medias”?",
    ),
    Wrong(
        "B202",
        'for = { profile = ["etat"] }',
        'for = { profile = ¤"media" }',
        'medoc "atlas"',
        "Did you mean “medias”?",
    ),
    Wrong(
        "B202",
        'when = { profile = "medias" }',
        'when = { profile = ¤"media" }',
        'medoc "atlas" › avoid 1',
        "Did you mean “medias”?",
    ),
    Wrong(
        "B203",
        'when = { profile = "medias" }',
        'when = { ¤temps = "medias" }',
        'medoc "atlas" › avoid 1',
        "Write kind, profile or stage.",
    ),
    Wrong("B206", 'after = ["kit"]', 'after = [¤"kit2"]', 'medoc "atlas" › after 1', "Did you mean “kit”?"),
    Wrong(
        "B303",
        'when = { profile = "medias" }',
        "when = { profile = ¤{ min = 1 } }",
        'medoc "atlas" › avoid 1',
        "Write etat or medias.",
    ),
    Wrong("B308", 'after = ["kit"]', 'after = ¤["atlas"]', 'medoc "atlas"'),
    Wrong("B310", 'for = { profile = ["etat"] }', 'for = { ¤kind = "outil" }', 'medoc "atlas"'),
    Wrong("B310", 'for = { profile = ["etat"] }', 'for = { ¤stage = "agir" }', 'medoc "atlas"'),
    Wrong("B308", 'after = ["kit"]', 'superseded_by = ¤"atlas"', 'medoc "atlas"'),
    Wrong("B206", 'after = ["kit"]', 'superseded_by = ¤"kits"', 'medoc "atlas"', "Did you mean “kit”?"),
    Wrong("B315", "ordered = true", "ordered = false\n¤at_most = true", 'facet "stage"', "Write ordered = true."),
    Wrong("B315", 'hint = "agence"', "¤upto = 3", 'facet "profile" › term "etat"', "Add the key “from” to the facet."),
    Wrong("B102", PROFIL, f'{PROFIL}from = ¤"hours"\n', 'facet "profile"', "Write minutes."),
    Wrong("B317", "[[facet]]", '[[gone]]\nid = ¤"kit"\non = 2026-12-01\n\n[[facet]]', 'gone "kit"'),
    Wrong(
        "B206", "[[facet]]", f'{GONE}instead = [¤"kits"]\n\n[[facet]]', 'gone "x" › instead 1', "Did you mean “kit”?"
    ),
    Wrong("B313", "licence =", 'renamed = { presse = ¤"media" }\nlicence =', "", "Did you mean “medias”?"),
    Wrong(
        "B313",
        "licence =",
        'renamed = { ¤kit = "atlas" }\nlicence =',
        "",
        "Take this line out, or remove what is called “kit”.",
    ),
    Wrong("B313", "licence =", 'renamed = { a = ¤"b", b = "a" }\nlicence =', ""),
]


@pytest.mark.parametrize("wrong", IN_CATALOGUE, ids=lambda wrong: f"{wrong.code} {wrong.new[:30]}")
def test_one_mistake_in_a_catalogue(wrong: Wrong) -> None:
    """Is told alone, with its code, where it stands, what it is about and what to do."""
    if wrong.code == "B103" and HERE not in wrong.new:
        where = {"": (1, 1), "medoc 1": (24, 3), 'facet "kind" › term "outil"': (11, 10)}[wrong.subject]
        text = catalogue_toml().replace(wrong.old, "", 1).replace('after = ["kit"]', "")
        (problem,) = problems_of(text, compass=False)
        assert problem.place is not None
        assert (problem.code, problem.subject) == (wrong.code, wrong.subject)
        assert (problem.place.line, problem.place.column) == where
        return
    text = catalogue_toml()
    for tied, loose in UNTIED.get(wrong.new, {}).items():  # what would refer to nothing goes with it
        text = text.replace(tied, loose)
    check_one(text, wrong, compass=False)


PROFILE_OPTIONS = 'help = "Pour trier"'
AT = 'at = { stage = ["s-informer"] }'
ACCORD = 'when = { not = { moyens = "rien" } }'
CONF = "when = { confiance = 0 }"
NUMBER = "when = { habitants = { max = 1999 } }"
EXPECT = 'includes = ["kit"]'
ACCORD_IN = 'question "accord"'
LABELS = 'labels = ["non", "un peu", "oui"]'
HABITANTS_IN = 'question "habitants"'
HOW_MANY = (
    '[[question]]\nid = "habitants"\ntype = "number"\nask = "Combien ?"\nunit = "habitants"\nmin = 1\nmax = 9000000'
)
SCALE = '[[¤question]]\nid = "habitants"\ntype = "scale"\nask = "Combien ?"'

UNTIED = {
    f'id = ¤"{"k" * 81}"': {'after = ["kit"]': ""},
    'id = ¤"kit"': {'after = ["kit"]': ""},
    'id = ¤"any"': {'when = { profile = "medias" }': "when = {}"},
    'id = ¤"etat"': {'when = { profile = "medias" }': "when = {}"},
    'id = ¤"stage"': {
        'when = { profile = "medias" }': "when = {}",
        'for = { profile = ["etat"] }': "",
        'stage = "agir"': "",
    },
    'id = ¤"kind"': {
        "when = { avancement = { min = 10 } }": "",
        "axes = { avancement = 33 }": "axes = {}",
        "nom = { answered = false }": "",
    },
    'id = ¤"not"': {"nom = { answered = false }": ""},
    'id = ¤"habitants"': {"when = { avancement = { min = 10 } }": "", "axes = { avancement = 33 }": "axes = {}"},
    'options = [{ id = ¤"oui", text = "Oui" }]': {"accord = 1 }": "}", ", }": " }", 'accord = "no", ': ""},
    SCALE: {NUMBER: "when = {}", ", habitants = 100": ""},
    'facet = ¤"profil"': {'{ profile = ["etat"] }': "{}", 'answers = { profile = "etat", ': "answers = { "},
    "min = ¤4": {'moyens = ["argent"], ': ""},
    '¤labels = ["x"]': {", habitants = 100": ""},
    "min = ¤9000001\n": {", habitants = 100": ""},
    "max = ¤0": {'moyens = ["argent"], ': "", "moyens = 2, ": ""},
}

PATHWAY = "pathway = { size = 4 }"
ROSE = "Write facet or axes."
AVANCEMENT = "Did you mean “avancement”?"
IN_COMPASS = [
    Wrong("B006", FORMAT, "format = ¤2", "", "Install a newer boussole."),
    Wrong("B201", "[[section]]", '[rose]\nfacet = ¤"profil"\n\n[[section]]', "", "Did you mean “profile”?"),
    Wrong("B321", "[[section]]", "[¤rose]\n\n[[section]]", "", ROSE),
    Wrong("B321", "[[section]]", '[¤rose]\nfacet = "profile"\naxes = ["avancement"]\n\n[[section]]', "", ROSE),
    Wrong(
        "B205", "[[section]]", '[rose]\naxes = [¤"avancemen"]\n\n[[section]]', "axes 1", "Did you mean “avancement”?"
    ),
    Wrong("B314", "proven = 1", "¤recent = 1", "", "Write dated = 2026-12-01 at the top of the catalogue."),
    Wrong("B320", PATHWAY, "pathway = { minutes = ¤{ question = 3 } }", "", "Add the key “question”."),
    Wrong("B205", PATHWAY, 'pathway = { minutes = { question = ¤"profil" } }', "", "Did you mean “profile”?"),
    Wrong("B320", PATHWAY, 'pathway = { minutes = { question = ¤"moyens" } }', ""),
    Wrong("B320", PATHWAY, 'pathway = { minutes = { question = "profile", ¤eta = 3 } }', "", "Did you mean “etat”?"),
    Wrong("B320", PATHWAY, 'pathway = { minutes = { question = "profile", etat = ¤"3" } }', ""),
    Wrong(
        "B204",
        ACCORD,
        'when = { moyens = { all = ["rien", ¤"temp"] } }',
        'question "accord" › all 2',
        "Did you mean “temps”?",
    ),
    Wrong("B102", 'type = "text"', 'type = ¤"texte"', 'question "nom"', "Did you mean “text”?"),
    Wrong("B102", 'type = "text"', "type = ¤1", 'question "nom"'),
    Wrong("B102", ACCORD, "when = { not = ¤[] }", ACCORD_IN),
    Wrong("B102", ACCORD, 'when = { any = ¤{ moyens = "rien" } }', ACCORD_IN),
    Wrong("B102", ACCORD, "when = { all = ¤[1] }", ACCORD_IN),
    Wrong("B102", ACCORD, 'when = { moyens = { all = ¤"rien" } }', ACCORD_IN),
    Wrong("B102", ACCORD, 'when = { moyens = { answered = ¤"yes" } }', ACCORD_IN),
    Wrong("B102", ACCORD, 'when = { moyens = { min = ¤"1" } }', ACCORD_IN, "Write: min = 1"),
    Wrong("B101", ACCORD, "when = { moyens = { ¤mini = 1 } }", ACCORD_IN, "Did you mean “min”?"),
    Wrong("B103", "[[rule]]\nwhen = { confiance = 0 }", "[[¤rule]]", "rule 2"),
    Wrong("B104", 'id = "nom"', 'id = ¤"not"', 'question "not"', "Choose another id."),
    Wrong("B105", 'id = "avancement"', 'id = ¤"habitants"', 'axis "habitants"'),
    Wrong("B106", "accord = 1", "accord = ¤0", 'axis "avancement"', "Write a whole number, 1 or more."),
    Wrong("B106", "from = 50", "from = ¤101", 'axis "avancement" › step 2', "Write a whole number from 0 to 100."),
    Wrong(
        "B106", "points = 2", "points = ¤-2", 'question "moyens" › option "argent"', "Write a whole number, 0 or more."
    ),
    Wrong("B106", "min = 0\nmax = 2", "min = ¤-1\nmax = 2", 'question "moyens"', "Write a whole number, 0 or more."),
    Wrong("B106", "min = 0\nmax = 2", "max = ¤0", 'question "moyens"', "Write a whole number, 1 or more."),
    Wrong("B106", "min = 0\nmax = 2", "min = ¤4", 'question "moyens"'),
    Wrong("B107", ACCORD, "when = { moyens = ¤{ } }", ACCORD_IN),
    Wrong("B107", ACCORD, "when = { moyens = { all = ¤[] } }", ACCORD_IN),
    Wrong("B107", 'medoc = ["atlas"]', "medoc = ¤[]", "rule 2"),
    Wrong("B201", 'facet = "profile"', 'facet = ¤"profil"', 'question "profile"', "Did you mean “profile”?"),
    Wrong("B201", 'facet = "stage"', 'facet = ¤"etape"', 'axis "avancement"', "Write kind, profile or stage."),
    Wrong("B201", "weights = { profile", "weights = { ¤profil", "", "Did you mean “profile”?"),
    Wrong(
        "B201",
        'require = ["profile"]',
        'require = ["profile", ¤"proven"]',
        "require 2",
        "Write kind, profile or stage.",
    ),
    Wrong("B201", AT, 'at = { ¤stages = ["agir"] }', "place 1", "Did you mean “stage”?"),
    Wrong("B202", AT, 'at = { stage = [¤"informer"] }', "place 1 › stage 1", "Did you mean “s-informer”?"),
    Wrong(
        "B202",
        'place = { stage = "agir" }',
        'place = { stage = ¤"réagir" }',
        'question "moyens" › option "temps"',
        "Did you mean “agir”?",
    ),
    Wrong(
        "B202",
        'from = 50, term = "agir"',
        'from = 50, term = ¤"agit"',
        'axis "avancement" › step 2',
        "Did you mean “agir”?",
    ),
    Wrong("B203", CONF, "when = { ¤confiances = 0 }", "rule 2", "Did you mean “confiance”?"),
    Wrong(
        "B204",
        ACCORD,
        'when = { moyens = ["rien", ¤"argents"] }',
        'question "accord" › moyens 2',
        "Did you mean “argent”?",
    ),
    Wrong("B204", '[{ accord = "no" }', '[{ accord = ¤"maybe" }', "rule 1 › any 1", "Write no or yes."),
    Wrong(
        "B204",
        ACCORD,
        'options = [{ id = ¤"oui", text = "Oui" }]',
        'question "accord" › option "oui"',
        "Write yes or no.",
    ),
    Wrong("B205", "{ moyens = 2,", "{ ¤moyen = 2,", 'axis "avancement"', "Did you mean “moyens”?"),
    Wrong("B205", "habitants = 100 }", "¤habitant = 100 }", 'example "Un cas"', "Did you mean “habitants”?"),
    Wrong("B205", "{ avancement = 33 }", "{ ¤avance = 33 }", 'example "Un cas"', AVANCEMENT),
    Wrong(
        "B206",
        'medoc = ["kit"]\npoints = 50',
        'medoc = [¤"kits"]\npoints = 50',
        "rule 1 › medoc 1",
        "Did you mean “kit”?",
    ),
    Wrong("B206", 'first = "kit"', 'first = ¤"kits"', 'example "Un cas"', "Did you mean “kit”?"),
    Wrong("B206", EXPECT, 'includes = ["kit", ¤"atlass"]', 'example "Un cas" › includes 2', "Did you mean “atlas”?"),
    Wrong("B207", 'catalogue = "le-rameau"', 'catalogue = ¤"autre"', "", "Name the file of “autre” with --catalogue."),
    Wrong("B208", 'section = "vous"', 'section = ¤"nous"', 'question "profile"', "Did you mean “vous”?"),
    Wrong(
        "B301",
        PROFILE_OPTIONS,
        'when = ¤{ moyens = "rien" }',
        'question "profile"',
        "Move it after “moyens”, or change the condition.",
    ),
    Wrong(
        "B301",
        PROFILE_OPTIONS,
        'when = ¤{ profile = "etat" }',
        'question "profile"',
        "A question cannot look at itself.",
    ),
    Wrong(
        "B301",
        PROFILE_OPTIONS,
        "when = ¤{ avancement = { min = 1 } }",
        'question "profile"',
        "Move it after “accord”, or change the condition.",
    ),
    Wrong(
        "B301",
        PROFILE_OPTIONS,
        'when = ¤{ stage = "agir" }',
        'question "profile"',
        "Move it after “habitants”, or change the condition.",
    ),
    Wrong("B302", NUMBER, 'when = ¤{ stage = "agir" }', "place 1"),
    Wrong("B303", '[{ accord = "no" }', "[{ accord = ¤true }", "rule 1 › any 1", "Did you mean “yes”?"),
    Wrong("B303", '[{ accord = "no" }', "[{ accord = ¤{ max = 1 } }", "rule 1 › any 1", "Write no or yes."),
    Wrong("B303", '[{ accord = "no" }', '[{ accord = ¤{ all = ["yes"] } }', "rule 1 › any 1"),
    Wrong("B303", '[{ accord = "no" }', '[{ moyens = ¤{ all = ["argent"], min = 1 } }', "rule 1 › any 1"),
    Wrong("B303", '[{ accord = "no" }', "[{ accord = ¤{ answered = true, min = 1 } }", "rule 1 › any 1"),
    Wrong("B303", '[{ accord = "no" }', '[{ nom = ¤"Nous" }', "rule 1 › any 1"),
    Wrong("B303", CONF, "when = { confiance = ¤3 }", "rule 2"),
    Wrong("B303", CONF, "when = { confiance = ¤-1 }", "rule 2"),
    Wrong("B303", CONF, 'when = { confiance = ¤"oui" }', "rule 2"),
    Wrong("B303", CONF, "when = { confiance = ¤false }", "rule 2"),
    Wrong("B303", CONF, "when = { habitants = [5, ¤0] }", "rule 2 › habitants 2"),
    Wrong("B304", "}, { from = 50", "}, ¤{ from = 0", 'axis "avancement" › step 2'),
    Wrong(
        "B305",
        "questions = { moyens = 2,",
        "questions = { moyens = 2, ¤habitants = 1,",
        'axis "avancement"',
        "Give points to its options, or take it out of the axis.",
    ),
    Wrong(
        "B305",
        "questions = { moyens = 2,",
        "questions = { moyens = 2, ¤profile = 1,",
        'axis "avancement"',
        "Give points to its options, or take it out of the axis.",
    ),
    Wrong(
        "B306",
        'type = "one"\nask = "Qui ?"',
        'type = "one"\nask = "Qui ?"\n¤options = [{ id = "x", text = "X" }]',
        'question "profile"',
    ),
    Wrong(
        "B306",
        HOW_MANY,
        SCALE,
        'question "habitants"',
    ),
    Wrong("B307", 'unit = "habitants"', '¤labels = ["x"]', 'question "habitants"'),
    Wrong("B307", 'facet = "stage"\nsteps', "¤steps", 'axis "avancement"'),
    Wrong("B309", "exclude = true", "¤exclude = true\npoints = 1", "rule 2"),
    Wrong("B309", "exclude = true", "¤exclude = true\ninclude = true", "rule 2"),
    Wrong(
        "B309",
        '[[rule]]\nwhen = { confiance = 0 }\nmedoc = ["atlas"]\nexclude = true',
        '[[¤rule]]\nwhen = { confiance = 0 }\nmedoc = ["atlas"]',
        "rule 2",
    ),
    Wrong("B310", 'id = "avancement"', 'id = ¤"kind"', 'axis "kind"'),
    Wrong("B310", 'id = "nom"', 'id = ¤"kind"', 'question "kind"'),
    Wrong("B311", "min = 1\n", "min = ¤9000001\n", 'question "habitants"'),
    Wrong("B311", NUMBER, "when = { habitants = ¤{ min = 2, max = 1 } }", "place 1"),
    Wrong("B102", "summary =", "renamed = { budget = ¤1 }\nsummary =", "", 'Write: budget = "1"'),
    Wrong("B313", "summary =", 'renamed = { budget = ¤"moyen" }\nsummary =', "", "Did you mean “moyens”?"),
    Wrong(
        "B313",
        "summary =",
        'renamed = { ¤accord = "moyens" }\nsummary =',
        "",
        "Take this line out, or remove what is called “accord”.",
    ),
    Wrong("B313", "summary =", 'renamed = { moyens = ¤"moyens" }\nsummary =', ""),
    Wrong("B312", LABELS, f"{LABELS}\ndefault = ¤3", 'question "confiance"', "Write a whole number from 0 to 2."),
    Wrong("B312", LABELS, f'{LABELS}\ndefault = ¤"?"', 'question "confiance"', "Write a whole number from 0 to 2."),
    Wrong("B312", ACCORD, f'{ACCORD}\ndefault = ¤"yess"', ACCORD_IN, "Write no or yes."),
    Wrong(
        "B312", "max = 9000000", "max = 9000000\ndefault = ¤0", HABITANTS_IN, "Write a whole number from 1 to 9000000."
    ),
    Wrong(
        "B312",
        "max = 9000000",
        'max = 9000000\ndefault = ¤["1"]',
        HABITANTS_IN,
        "Write a whole number from 1 to 9000000.",
    ),
    Wrong("B312", "max = 2", 'max = 2\ndefault = ¤["rien", "temps"]', 'question "moyens"'),
    Wrong("B312", "max = 2", 'max = 2\ndefault = ¤"temps"', 'question "moyens"', "Write argent, rien or temps."),
    Wrong("B312", 'help = "Pour trier"', 'default = ¤"etats"', 'question "profile"', "Did you mean “etat”?"),
    Wrong("B102", ACCORD, f"{ACCORD}\ndefault = ¤true", ACCORD_IN),
    Wrong("B102", "max = 2", 'max = 2\ndefault = ["temps", ¤1]', 'question "moyens" › default 2', 'Write: "1"'),
    Wrong("B102", LABELS, 'labels = ["non", ¤1, "oui"]\ndefault = 7', 'question "confiance" › label 2', 'Write: "1"'),
    Wrong(
        "A102",
        "habitants = 100 }",
        'habitants = ¤"cent" }',
        'example "Un cas"',
        "Write a whole number from 1 to 9000000.",
    ),
    Wrong(
        "A103",
        'answers = { profile = "etat"',
        'answers = { profile = ¤"?"',
        'example "Un cas"',
        "Write etat or medias.",
    ),
    Wrong(
        "A104", "habitants = 100 }", "habitants = ¤0 }", 'example "Un cas"', "Write a whole number from 1 to 9000000."
    ),
    Wrong("A105", 'moyens = ["argent"]', 'moyens = ¤["argent", "rien"]', 'example "Un cas"'),
]


@pytest.mark.parametrize("wrong", IN_COMPASS, ids=lambda wrong: f"{wrong.code} {wrong.new[:30]}")
def test_one_mistake_in_a_compass(wrong: Wrong) -> None:
    """Is told alone, with its code, where it stands, what it is about and what to do."""
    text = compass_toml()
    for tied, loose in UNTIED.get(wrong.new, {}).items():
        text = text.replace(tied, loose)
    check_one(text, wrong, compass=True)


def test_what_is_proposed_first() -> None:
    """Is read as an answer is: in the order of the options; a question need not propose any."""
    text = compass_toml().replace("max = 2\n", 'max = 2\ndefault = ["temps", "argent"]\n')
    questions = read_compass(text.encode(), "f.toml", CATALOGUE).questions
    assert (questions["moyens"].default, questions["profile"].default) == (("argent", "temps"), None)


def test_five_mistakes_are_told_at_once_in_the_order_of_the_file() -> None:
    """Of five kinds: exactly these five, whatever the order in which they were found."""
    text = compass_toml()
    for old, new in (
        ('summary = "En bref"', 'sumary = "En bref"'),
        ('type = "text"', 'type = "texte"'),
        ("from = 50", "from = 500"),
        (AT, 'at = { stage = ["agit"] }'),
        ('medoc = ["atlas"]', 'medoc = ["atlass"]'),
    ):
        text = text.replace(old, new)
    problems = problems_of(text, compass=True)
    assert [(one.code, one.place and one.place.line) for one in problems] == [
        ("B101", 7),
        ("B102", 55),
        ("B106", 65),
        ("B202", 69),
        ("B206", 79),
    ]


def test_every_circle_of_places_is_told() -> None:
    """Two circles that have nothing in common are two problems, each told once."""
    facets = [{"id": id_, "title": id_, "terms": [{"id": "t", "title": "T"}]} for id_ in ("kind", "a", "b", "c", "d")]
    catalogue = read_catalogue(catalogue_toml(facet=facets, medoc=None).encode(), "medoc.toml")
    places = [{"when": {one: "t"}, "at": {other: "t"}} for one, other in ("ab", "ba", "cd", "dc")]
    text = compass_toml(place=places, question=None, axis=None, rule=None, example=None, ranking=None, section=None)
    with pytest.raises(DefinitionError) as refused:
        read_compass(text.encode(), "f.toml", catalogue)
    assert [one.what.in_("en") for one in refused.value.problems] == [
        "places go in a circle: a, b and a.",
        "places go in a circle: c, d and c.",
    ]
    both = [{"when": {"a": "t"}, "at": {"b": "t"}}, {"when": {"b": "t"}, "at": {"a": "t", "b": "t"}}]
    text = compass_toml(place=both, question=None, axis=None, rule=None, example=None, ranking=None, section=None)
    with pytest.raises(DefinitionError) as refused:
        read_compass(text.encode(), "f.toml", catalogue)
    assert {one.code for one in refused.value.problems} == {"B302"}


def test_every_circle_of_medoc_is_told_once() -> None:
    """With the ids it goes through."""
    medoc = [
        {"id": one, "kind": "outil", "title": one, "source": "s", "checked": dt_day(), "after": list(after)}
        for one, after in (("a", "b"), ("b", "c"), ("c", "a"), ("d", "ae"), ("e", "d"), ("f", "f"))
    ]
    problems = problems_of(catalogue_toml(medoc=medoc), compass=False)
    assert [one.what.in_("en") for one in problems] == [
        "“after” goes in a circle: a, b, c and a.",
        "“after” goes in a circle: d, e and d.",
        "“after” goes in a circle: f and f.",
    ]


def dt_day() -> object:
    """Return the usual day of checking."""
    return CATALOGUE.medoc["kit"].checked


@pytest.mark.parametrize(("old", "new"), [('title = "Profil"\n', ""), (', title = "Média"', "")])
def test_a_facet_that_is_wrong_is_told_once(old: str, new: str) -> None:
    """Not again by each of the MEDOC that refer to it, or to its terms."""
    assert [one.code for one in problems_of(catalogue_toml().replace(old, new), compass=False)] == ["B103"]


def test_a_catalogue_needs_the_facet_kind() -> None:
    """Told once, whatever its MEDOC say; a `stage` without its facet is an unknown facet."""
    facets = [{"id": "profile", "title": "P", "terms": [{"id": "etat", "title": "É"}, {"id": "medias", "title": "M"}]}]
    problems = problems_of(catalogue_toml(facet=facets), compass=False)
    assert [(one.code, one.what.in_("en")) for one in problems] == [
        ("B103", "the facet “kind” is missing."),
        ("B201", "there is no facet “stage”."),
    ]


def test_a_file_with_one_key_misses_every_other_required_one() -> None:
    """All told at the start of the file."""
    told = [one.what.in_("en") for one in problems_of('summary = "x"', compass=True)]
    assert told == [f"the key “{key}” is missing." for key in ("format", "id", "language", "title", "version")]


def test_what_is_not_utf_8_is_refused_where_it_stops_being_so() -> None:
    """The column counts characters, not bytes."""
    with pytest.raises(DefinitionError) as refused:
        read_catalogue("format = 1\n# éé".encode() + b" \xe9\n", "f.toml")
    (problem,) = refused.value.problems
    assert (problem.code, str(problem.place)) == ("B001", "f.toml:2:6")


def test_what_is_not_toml_is_refused_where_it_stops_being_so() -> None:
    """A quote left open on the second line."""
    (problem,) = problems_of('format = 1\nid = "x\n', compass=False)
    assert (problem.code, problem.place and problem.place.line) == ("B004", 2)
    assert problem.place is not None
    assert problem.place.column >= 6


def test_a_file_that_is_too_large_is_refused(tmp_path: Path) -> None:
    """Before it is parsed; a file of exactly the limit is read, and a catalogue has a larger one than a compass."""
    for text, limit, load in (
        (catalogue_toml(), CATALOGUE_BYTES, load_catalogue),
        (compass_toml(), DEFINITION_BYTES, partial(load_compass, catalogue=CATALOGUE)),
    ):
        path = tmp_path / "f.toml"
        content = text.encode()
        path.write_bytes(content + b"#" * (limit.most - len(content)))
        load(path)
        path.write_bytes(content + b"#" * (limit.most - len(content) + 1))
        with pytest.raises(DefinitionError) as refused:
            load(path)
        (problem,) = refused.value.problems
        assert (problem.code, str(problem.place)) == ("B002", f"{path}:1:1")


def test_very_many_problems_are_counted(tmp_path: Path) -> None:
    """The first fifty are placed, the others counted, in a moment, whatever a stranger sends."""
    path = tmp_path / "medoc.toml"
    path.write_text("".join(f"key{number} = 1\n" for number in range(100_000)) + catalogue_toml(), encoding="utf-8")
    start = time.process_time()
    with pytest.raises(DefinitionError) as refused:
        load_catalogue(path)
    assert time.process_time() - start < 10
    *shown, last = refused.value.problems
    assert [str(problem.place) for problem in shown] == [f"{path}:{line}:1" for line in range(1, PROBLEMS_SHOWN + 1)]
    assert last.in_("en").endswith("99950 more problems are not shown.\n    Mend the ones shown, and check again.")
    assert "100000 problems" in refused.value.what.in_("en")


@pytest.mark.parametrize(
    "deep",
    [
        f"x = {'[' * 200}{']' * 200}\n",
        f"x = {'[' * 5000}{']' * 5000}\n",
        f"x = {'{ y = ' * 200}1{' }' * 200}\n",
        f"{'.'.join('x' * 200)} = 1\n",
        f"[{'.'.join('x' * 200)}]\n",
    ],
    ids=["lists", "many lists", "tables", "dotted key", "dotted header"],
)
def test_a_file_that_is_nested_too_deep_is_refused(deep: str) -> None:
    """However it is written; never with a crash."""
    (problem,) = problems_of(deep, compass=False)
    assert problem.code == "B003"


def test_a_file_of_the_deepest_level_is_read() -> None:
    """Its own mistakes are told then."""
    depth = NESTING.most - 2
    (problem,) = problems_of(f"x = {'[' * depth}{']' * depth}\n" + catalogue_toml(), compass=False)
    assert problem.code == "B101"


@pytest.mark.parametrize("number", ["1" * 5000, "0x" + "f" * 5000, str(2**63), "-" + str(2**63 + 1)])
def test_a_number_too_long_for_any_machine_is_refused(number: str) -> None:
    """At its place; TOML holds 64 bits, and a batch computes with them."""
    text = catalogue_toml().replace("year = 2020", f"year = {number}")
    (problem,) = problems_of(text, compass=False)
    assert (problem.code, str(problem.place)) == ("B004", "f.toml:39:8")


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    """Is said so, without a traceback; so is what is no file."""
    with pytest.raises(BoussoleError, match="nowhere"):
        load_catalogue(tmp_path / "nowhere.toml")
    with pytest.raises(BoussoleError) as refused:
        load_compass(tmp_path, CATALOGUE)
    assert not isinstance(refused.value, DefinitionError)


MISSPELT = [
    ("title = { fr", "titel = { fr"),
    ("ask = ", "aks = "),
    ('type = "one"', 'tipe = "one"'),
    ('facet = "profile"', 'facette = "profile"'),
    ("options = [", "option = ["),
    ("labels = ", "label = "),
    ("questions = {", "question = {"),
    ("\npoints = ", "\nponts = "),
    ("[[rule]]\nwhen = ", "[[rule]]\nwen = "),
    ("expect = ", "expct = "),
    ("answers = ", "answer = "),
]


@pytest.mark.parametrize(("right", "misspelt"), MISSPELT, ids=[misspelt for _, misspelt in MISSPELT])
def test_a_misspelt_key_is_told_once(right: str, misspelt: str) -> None:
    """It counts as what it means: that this is missing, or what would follow from it, is not told besides."""
    text = compass_toml()
    assert right in text
    (problem,) = problems_of(text.replace(right, misspelt, 1), compass=True)
    meant = right.rpartition("\n")[2].partition(" ")[0]
    assert (problem.code, problem.remedy and problem.remedy.in_("en")) == ("B101", f"Did you mean “{meant}”?")


def test_a_misspelt_key_beside_the_right_one_is_only_unknown() -> None:
    """The right one counts."""
    text = compass_toml()
    beside = text.replace("ask = ", 'aks = "?"\nask = ', 1)
    assert [one.code for one in problems_of(beside, compass=True)] == ["B101"]


MISTYPED = [
    ("labels = [", "labels = 3 # ["),
    ("options = [", "options = 3 # ["),
    ('facet = "profile"', "facet = 5"),
    ('medoc = ["kit"]', 'medoc = "kit"'),
    ("\npoints = 50", '\npoints = "50"'),
    ("questions = {", "questions = 3 # {"),
]


@pytest.mark.parametrize(("right", "wrong"), MISTYPED, ids=[wrong for _, wrong in MISTYPED])
def test_a_value_of_another_kind_is_told_once(right: str, wrong: str) -> None:
    """That the key is needed, or what would follow from its absence, is not told besides: it is there."""
    text = compass_toml()
    assert right in text
    told = problems_of(text.replace(right, wrong, 1), compass=True)
    assert {problem.code for problem in told} == {"B102"}
