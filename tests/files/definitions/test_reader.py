"""What is written in a catalogue or a compass is what it means, with every default."""

from __future__ import annotations

import copy
import random
from typing import TYPE_CHECKING

import pytest

from boussole.core.definitions.compass import UNKNOWN, QuestionType
from boussole.core.definitions.conditions import ALWAYS, AllOf, AnyOf, Between, Every, Not, Some, Subject, SubjectKind
from boussole.errors import DefinitionError
from boussole.files.definitions.catalogue import load_catalogue, read_catalogue
from boussole.files.definitions.compass import load_compass, read_compass
from boussole.files.toml.positions import Positions
from support.builders import catalogue_document, catalogue_toml, compass_document, compass_toml, toml

if TYPE_CHECKING:
    from pathlib import Path

    from boussole.core.definitions.catalogue import Catalogue
    from boussole.core.definitions.compass import Compass


def catalogue_of(text: str) -> Catalogue:
    """Read a catalogue."""
    return read_catalogue(text.encode(), "medoc.toml")


CATALOGUE = catalogue_of(catalogue_toml())


def compass_of(text: str) -> Compass:
    """Read a compass about the usual catalogue."""
    return read_compass(text.encode(), "agir.toml", CATALOGUE)


# --- What a file becomes ---------------------------------------------------------------------------------------------


def test_everything_in_a_catalogue_is_kept() -> None:
    """Each key of a MEDOC, with what is left out at its default."""
    atlas, kit = CATALOGUE.medoc["atlas"], CATALOGUE.medoc["kit"]
    assert (CATALOGUE.id, CATALOGUE.version, CATALOGUE.language, CATALOGUE.licence) == (
        "le-rameau",
        "1",
        "fr",
        "Licence Ouverte 2.0",
    )
    assert {one.id: (one.ordered, list(one.terms)) for one in CATALOGUE.facets.values()} == {
        "kind": (False, ["outil", "donnee"]),
        "stage": (True, ["s-informer", "agir"]),
        "profile": (False, ["etat", "medias"]),
    }
    assert str(CATALOGUE.facets["profile"].terms["etat"].hint) == "agence"
    assert (atlas.kind, atlas.stage, atlas.code, atlas.year, atlas.minutes) == ("donnee", "agir", "1.1", 2020, 90)
    assert (atlas.suits, atlas.after, atlas.proven.total) == ({"profile": frozenset({"etat"})}, ("kit",), 6)
    assert (atlas.publisher, atlas.url, atlas.language, atlas.format) == ("IGN", "https://b.example/", "fr", "carte")
    assert [(one.when, str(one.why)) for one in atlas.avoid] == [
        (AnyOf(Subject(SubjectKind.FACET, "profile"), frozenset({"medias"})), "Pas pour vous")
    ]
    assert (kit.stage, kit.suits, kit.avoid, kit.proven.total, kit.after, kit.expires) == (None, {}, (), 0, (), None)


def test_everything_in_a_compass_is_kept() -> None:
    """Questions in the order of the file, a facet's terms as options, weights, rules, the example."""
    compass = compass_of(compass_toml())
    assert list(compass.questions) == ["profile", "moyens", "confiance", "accord", "habitants", "nom"]
    profile, many = compass.questions["profile"], compass.questions["moyens"]
    assert (list(profile.options), profile.section, str(profile.help)) == (["etat", "medias"], "vous", "Pour trier")
    assert (many.least, many.most, many.options["rien"].alone, many.options["temps"].place) == (
        0,
        2,
        True,
        {"stage": frozenset({"agir"})},
    )
    assert [str(label) for label in compass.questions["confiance"].labels] == ["non", "un peu", "oui"]
    accord = compass.questions["accord"]
    assert {id_: option.points for id_, option in accord.options.items()} == {"yes": 1, "no": 0}
    assert accord.when == Not(AnyOf(Subject(SubjectKind.QUESTION, "moyens"), frozenset({"rien"})))
    assert str(compass.questions["habitants"].unit) == "habitants"
    assert compass.questions["nom"].when == Between(Subject(SubjectKind.AXIS, "avancement"), 10)
    assert [(step.start, step.term) for step in compass.axes["avancement"].steps] == [(0, "s-informer"), (50, "agir")]
    assert (compass.weighting.top, compass.weighting.generic, compass.weighting.require) == (
        5,
        500,
        frozenset({"profile"}),
    )
    assert (compass.pathway_size, compass.sections["vous"].when) == (4, ALWAYS)
    assert [(rule.points, rule.include, rule.exclude) for rule in compass.rules] == [
        (50, False, False),
        (0, False, True),
        (-10, True, False),
    ]
    assert isinstance(compass.rules[0].when, Some)
    assert compass.examples[0].answers["confiance"] == UNKNOWN
    assert compass.examples[0].expect.axes == {"avancement": 33}


def test_what_is_left_out_has_its_default() -> None:
    """The smallest compass there is: only what is required."""
    compass = compass_of('format = 1\nid = "x"\nversion = "1"\nlanguage = "fr"\ntitle = "X"\n')
    assert (compass.catalogue, compass.questions, compass.pathway_size) == ("le-rameau", {}, 8)
    assert (compass.weighting.top, compass.weighting.generic, compass.weighting.weights) == (10, 500, {})


def test_a_condition_with_the_id_of_a_question_about_its_facet_looks_at_the_question() -> None:
    """In a compass; « a key that is both is the question »."""
    compass = compass_of(compass_toml())
    assert set(compass.rules[0].when.subjects()) == {
        Subject(SubjectKind.QUESTION, "accord"),
        Subject(SubjectKind.QUESTION, "profile"),
    }


def test_a_condition_may_ask_for_all_of_several() -> None:
    """Of a `many` or a facet; an empty `any` never holds and is no mistake."""
    text = compass_toml().replace(
        "when = { confiance = 0 }", 'when = { moyens = { all = ["argent", "temps"] }, any = [] }'
    )
    assert compass_of(text).rules[1].when == Every(
        (AllOf(Subject(SubjectKind.QUESTION, "moyens"), frozenset({"argent", "temps"})), Some(()))
    )


def test_the_rose_shows_a_facet_or_the_axes() -> None:
    """As the compass says; by default the axes."""
    assert compass_of(compass_toml()).rose is None
    assert compass_of(compass_toml(rose={"facet": "profile"})).rose == "profile"


def test_the_options_of_a_yes_no_may_give_other_points() -> None:
    """Always in the order yes, no."""
    given = '{ id = "no", text = "Non", points = 1 }, { id = "yes", text = "Oui", points = 3 }'
    text = compass_toml().replace('ask = "Un accord ?"', f'ask = "Un accord ?"\noptions = [{given}]')
    options = compass_of(text).questions["accord"].options
    assert [(option.id, option.points, option.text.in_("fr")) for option in options.values()] == [
        ("yes", 3, "Oui"),
        ("no", 1, "Non"),
    ]


OPTIONS = [{"id": "a", "text": "A"}]
EVERY_TYPE: dict[str, dict[str, object]] = {
    "one": {"options": OPTIONS},
    "many": {"options": OPTIONS},
    "scale": {"labels": ["non", "oui"]},
    "yes-no": {},
    "number": {"decimals": 1},
    "date": {},
    "text": {},
}


def test_every_type_of_question_is_read() -> None:
    """The seven of the format."""
    asked = [{"id": f"q{kind}", "ask": "?", "type": kind, **more} for kind, more in EVERY_TYPE.items()]
    compass = compass_of(compass_toml(question=asked, axis=None, place=None, rule=None, example=None, section=None))
    assert [question.type for question in compass.questions.values()] == list(QuestionType)


def test_ids_may_have_digits_hyphens_and_eighty_characters() -> None:
    """And start with a digit."""
    for id_ in ("1", "a_b-c", "x" * 80):
        assert catalogue_of(catalogue_toml(id=id_)).id == id_


# --- How a file may be written ---------------------------------------------------------------------------------------


def test_a_byte_order_mark_is_accepted(tmp_path: Path) -> None:
    """As some editors write it; places are counted without it."""
    path = tmp_path / "medoc.toml"
    path.write_bytes(b"\xef\xbb\xbf" + catalogue_toml().encode())
    assert load_catalogue(path).digest == CATALOGUE.digest
    path.write_bytes(b"\xef\xbb\xbfformt = 1\n")
    with pytest.raises(DefinitionError) as refused:
        load_catalogue(path)
    assert f"{path}:1:1" in [str(one.place) for one in refused.value.problems if one.code == "B101"]


def test_windows_line_ends_are_accepted(tmp_path: Path) -> None:
    """The result is the same, and so is the place of a mistake."""
    path = tmp_path / "agir.toml"
    path.write_bytes(compass_toml().replace("\n", "\r\n").encode())
    assert load_compass(path, CATALOGUE).digest == compass_of(compass_toml()).digest
    wrong = compass_toml().replace("from = 50", "from = 500")
    column = wrong.splitlines()[64].index("500") + 1
    path.write_bytes(wrong.replace("\n", "\r\n").encode())
    with pytest.raises(DefinitionError) as refused:
        load_compass(path, CATALOGUE)
    assert [str(one.place) for one in refused.value.problems] == [f"{path}:65:{column}"]


def test_keys_may_be_quoted_dotted_or_under_headers() -> None:
    """One document in four hands: the same meaning."""
    first = compass_toml()
    weights = "weights = { profile = 3, stage = 1, proven = 1 }"
    rest = 'top = 5, require = ["profile"], generic = 500'
    assert weights in first
    ranking = next(line for line in first.splitlines() if line.startswith("ranking"))
    for other in (
        f'"ranking" = {{ {rest}, \'weights\' = {{ profile = 3, "stage" = 1, proven = 1 }} }}',
        f"ranking = {{ {rest}, weights.profile = 3, weights.stage = 1, weights.proven = 1 }}",
        f"ranking.{weights}\nranking." + rest.replace(", ", "\nranking."),
        'ranking."weights"."prof\\u0069le" = 3\nranking.weights.stage=1\nranking . weights . proven =1\nranking.'
        + rest.replace(", ", "\nranking."),
    ):
        assert compass_of(first.replace(ranking, other)).digest == compass_of(first).digest
    headers = f"\n[ranking]\n{rest.replace(', ', chr(10))}\n[ranking.weights]\nprofile = 3\nstage = 1\nproven = 1\n"
    assert compass_of(first.replace(ranking, "") + headers).digest == compass_of(first).digest


def test_a_text_falls_back_to_the_language_of_its_file() -> None:
    """A string is in that language; a table is asked for each."""
    catalogue = catalogue_of(catalogue_toml(language="en", title="Catalogue (en)"))
    assert catalogue.title.in_("fr") == "Catalogue (en)"
    assert catalogue.facets["stage"].terms["agir"].title.in_("de") == "Act"
    assert CATALOGUE.facets["stage"].terms["agir"].title.in_("de") == "Agir"


# --- Places ----------------------------------------------------------------------------------------------------------

PLACED = """\
# é
title = { fr = "é", "en" = "à", de.at = 1 }
"é à".b = [1, # one
  [2, 3],
]
'q"' = 4
"caf\\u00e9" = 5

[table.sub] # x
a.b = 1

[[list]]
x = 1
[[list]]
x = 2
[list.one]
y = 3
[[list.many]]
z = 4
[[list.many]]
z = 5
"""


@pytest.mark.parametrize(
    ("keys", "value", "key"),
    [
        (("title",), (2, 9), (2, 1)),
        (("title", "fr"), (2, 16), (2, 11)),
        (("title", "en"), (2, 28), (2, 21)),
        (("title", "de", "at"), (2, 41), (2, 33)),
        (("é à", "b"), (3, 11), (3, 1)),
        (("é à", "b", 0), (3, 12), (3, 12)),
        (("é à", "b", 1, 1), (4, 7), (4, 7)),
        (('q"',), (6, 8), (6, 1)),
        (("café",), (7, 15), (7, 1)),
        (("table", "sub", "a", "b"), (10, 7), (10, 1)),
        (("list", 0), (12, 3), (12, 3)),
        (("list", 1), (14, 3), (14, 3)),
        (("list", 1, "x"), (15, 5), (15, 1)),
        (("list", 1, "one", "y"), (17, 5), (17, 1)),
        (("list", 1, "many", 1, "z"), (21, 5), (21, 1)),
        (("list", 1, "many", 1, "missing"), (20, 3), (20, 3)),
        (("missing",), (1, 1), (1, 1)),
        ((), (1, 1), (1, 1)),
    ],
)
def test_where_keys_and_values_stand(keys: tuple[str | int, ...], value: tuple[int, int], key: tuple[int, int]) -> None:
    """In characters, whatever accents come before; of what is missing, that of what should hold it."""
    positions = Positions(PLACED.encode())
    assert positions.of(keys) == value
    assert positions.of(keys, at_key=True) == key


def test_a_column_counts_characters_not_bytes() -> None:
    """With accents and an emoji before it on its line."""
    text = catalogue_toml().replace('hint = "agence"', 'hint = { fr = "é’🧭", en = 1 }')
    with pytest.raises(DefinitionError) as refused:
        catalogue_of(text)
    line = text.splitlines()[21]
    assert [str(one.place) for one in refused.value.problems] == [f"medoc.toml:22:{line.index('1 }') + 1}"]


# --- Digests ---------------------------------------------------------------------------------------------------------


def shuffled(document: dict[str, object], *lists: str) -> dict[str, object]:
    """Return `document` with these lists, and the keys of every table, in another order."""
    chance = random.Random(4)
    mixed = copy.deepcopy(document)
    for name in lists:
        tables = mixed[name]
        assert isinstance(tables, list)
        tables.reverse()
    keys = list(mixed)
    chance.shuffle(keys)
    return {key: mixed[key] for key in keys}


def test_a_digest_does_not_depend_on_layout() -> None:
    """Comments, blank lines, spaces, the order of keys, of facets, MEDOC, axes, places, rules and examples."""
    noisy = "# a comment\n\n" + catalogue_toml().replace(" = ", "   =  ").replace("\n", "   # end\n")
    assert catalogue_of(noisy).digest == CATALOGUE.digest
    mixed = toml(shuffled(catalogue_document(), "facet", "medoc"))
    assert mixed != catalogue_toml()
    assert catalogue_of(mixed).digest == CATALOGUE.digest
    compass = compass_of(compass_toml())
    assert compass.digest.startswith("sha256:")
    assert compass_of(toml(shuffled(compass_document(), "rule", "axis", "place", "example"))).digest == compass.digest


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("points = 50", "points = 51"),
        ('ask = "Qui ?"', 'ask = "Qui êtes-vous ?"'),
        ("size = 4", "size = 5"),
        ('"argent"', '"sous"'),
        ("diagnostic", "diagnostic"),
    ],
)
def test_a_digest_changes_with_the_meaning(old: str, new: str) -> None:
    """Points, words, ids; the order of questions, which is that of asking."""
    before = compass_of(compass_toml())
    after = compass_of(compass_toml().replace(old, new))
    assert (before.digest != after.digest) == (old in compass_toml() and old != new)
    document = compass_document()
    document["question"][0], document["question"][1] = document["question"][1], document["question"][0]
    assert compass_of(toml(document)).digest != before.digest


def test_yes_no_options_that_give_no_points_keep_one_and_zero() -> None:
    """Options that only reword « oui » and « non » are still worth 1 and 0 on an axis."""
    question = """
[[question]]
id = "allies"
type = "yes-no"
ask = "Des alliés ?"
options = [ { id = "yes", text = "Oui, déjà" }, { id = "no", text = "Pas encore" } ]
"""
    catalogue = read_catalogue(catalogue_toml().encode(), "medoc.toml")
    compass = read_compass((compass_toml() + question).encode(), "c.toml", catalogue)
    assert [option.points for option in compass.questions["allies"].options.values()] == [1, 0]
