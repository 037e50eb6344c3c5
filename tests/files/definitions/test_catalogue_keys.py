"""The keys of a catalogue added in December 2026: computed facets, replacements, what left, the digest."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from boussole.core.definitions.catalogue import Gone
from boussole.errors import DefinitionError
from boussole.files.definitions.catalogue import read_catalogue
from boussole.files.definitions.compass import read_compass
from support.builders import catalogue_document, catalogue_toml, compass_toml, make_text, toml

DURATION = {
    "id": "duration",
    "title": "Temps",
    "ordered": True,
    "from": "minutes",
    "at_most": True,
    "terms": [
        {"id": "heure", "title": "Une heure", "upto": 60},
        {"id": "demi-journee", "title": "Une demi-journée", "upto": 240},
        {"id": "jours", "title": "Des jours"},
    ],
}


def read(**parts: Any) -> Any:  # noqa: ANN401 - as catalogue_document
    """Return the small catalogue with some parts replaced."""
    return read_catalogue(catalogue_toml(**parts).encode(), "medoc.toml")


def with_duration(*minutes: int | None, **more: object) -> Any:  # noqa: ANN401 - a catalogue
    """Return a catalogue with the computed facet and a MEDOC for each of `minutes`."""
    medoc = [
        {"id": f"m{place}", "kind": "outil", "title": "M", "source": "s", "checked": dt.date(2026, 11, 22)}
        | ({} if amount is None else {"minutes": amount})
        | more
        for place, amount in enumerate(minutes)
    ]
    facets = [*catalogue_document()["facet"], DURATION]
    return read(facet=facets, medoc=medoc)


def test_a_term_is_the_first_whose_bound_holds_the_minutes() -> None:
    """Bounds included; what says no minutes declares nothing there."""
    catalogue = with_duration(0, 60, 61, 240, 241, 9999, None)
    terms = [medoc.terms_on("duration") for medoc in catalogue.medoc.values()]
    words = ["heure", "heure", "demi-journee", "demi-journee", "jours", "jours"]
    assert terms == [*({word} for word in words), frozenset()]
    facet = catalogue.facets["duration"]
    assert (facet.computed, facet.at_most, facet.ordered) == ("minutes", True, True)


def test_nobody_declares_a_computed_facet() -> None:
    """`for` on it is an error, told once for each MEDOC."""
    with pytest.raises(DefinitionError) as refused:
        with_duration(30, **{"for": {"duration": ["heure"]}})
    assert [(one.code, one.subject) for one in refused.value.problems] == [("B316", 'medoc "m0"')]


@pytest.mark.parametrize("upto", [(None, 240), (60, 60), (60, 59)])
def test_bounds_that_cannot_be(upto: tuple[int | None, int]) -> None:
    """Every term but the last has one, strictly above the one before."""
    terms = [
        {"id": id_, "title": id_} | ({} if bound is None else {"upto": bound})
        for id_, bound in zip(("heure", "demi-journee"), upto, strict=True)
    ]
    facets = [*catalogue_document()["facet"], {**DURATION, "terms": [*terms, {"id": "jours", "title": "Des jours"}]}]
    with pytest.raises(DefinitionError) as refused:
        read(facet=facets)
    assert [one.code for one in refused.value.problems] == ["B315"]


def test_what_a_medoc_says_more() -> None:
    """Reference, words, the days it entered and changed, and what replaces it."""
    one, two = catalogue_document()["medoc"]
    more = {
        "reference": 3,
        "words": ["subvention", {"fr": "aide", "en": "grant"}],
        "added": dt.date(2026, 11, 22),
        "changed": dt.date(2026, 12, 1),
        "superseded_by": "kit",
    }
    catalogue = read(medoc=[one, {**two, **more}])
    medoc = catalogue.medoc["atlas"]
    assert (medoc.reference, medoc.superseded_by) == (3, "kit")
    assert [word.in_("en") for word in medoc.words] == ["subvention", "grant"]
    assert (medoc.added, medoc.changed) == (dt.date(2026, 11, 22), dt.date(2026, 12, 1))
    assert catalogue.medoc["kit"].reference == 0


def test_what_left_is_kept_with_its_reason() -> None:
    """So that old answers and news can say so."""
    gone = {"id": "vieux", "title": "Vieux", "on": dt.date(2026, 11, 30), "why": "Clos", "instead": ["kit"]}
    assert read(gone=[gone]).gone == (
        Gone("vieux", dt.date(2026, 11, 30), make_text("Vieux"), make_text("Clos"), ("kit",)),
    )


def test_a_compass_that_names_what_left_is_told_what_serves_now() -> None:
    """Not the nearest id, which may be of something else."""
    gone = [
        {"id": "kits", "on": dt.date(2026, 11, 30), "instead": ["atlas"]},
        {"id": "vieux", "on": dt.date(2026, 11, 30)},
    ]
    rules = [{"when": {}, "medoc": [id_], "points": 10} for id_ in ("kits", "vieux")]
    with pytest.raises(DefinitionError) as refused:
        read_compass(compass_toml(rule=rules).encode(), "x.toml", read(gone=gone))
    assert [(one.code, str(one.remedy)) for one in refused.value.problems] == [
        ("B206", "Écrivez atlas à sa place."),
        ("B206", "Retirez-le d’ici."),
    ]


def test_to_look_again_changes_no_digest() -> None:
    """`checked`, `added`, `changed` and `gone` are no part of it; the year, the words and `dated` are."""
    one, two = catalogue_document()["medoc"]
    same = read().digest
    looked = {**two, "checked": dt.date(2027, 1, 1), "added": dt.date(2027, 1, 1), "changed": dt.date(2027, 1, 1)}
    assert read(medoc=[one, looked], gone=[{"id": "x", "on": dt.date(2027, 1, 1)}]).digest == same
    for other in (read(medoc=[one, {**two, "year": 2021}]), read(medoc=[one, {**two, "words": ["w"]}])):
        assert other.digest != same
    assert read(dated=dt.date(2026, 12, 1)).digest != same


def test_recent_is_weighed_where_the_catalogue_is_dated() -> None:
    """`dated` is the day that `recent` counts from; `reference` needs nothing."""
    catalogue = read(dated=dt.date(2026, 12, 1))
    ranking = {"weights": {"recent": 2, "reference": 3}}
    compass = read_compass(compass_toml(ranking=ranking).encode(), "c.toml", catalogue)
    assert compass.weighting.weights == {"recent": 2, "reference": 3}


def test_the_rose_shows_axes_and_the_path_a_time() -> None:
    """`[rose] axes` and `[pathway] minutes`."""
    options = [{"id": "heure", "text": "Une heure"}, {"id": "jours", "text": "Des jours"}]
    question = {"id": "temps", "type": "one", "ask": "Combien ?", "options": options}
    document = toml(
        {
            "format": 1,
            "id": "c",
            "version": "1",
            "language": "fr",
            "title": "C",
            "rose": {"axes": ["x"]},
            "pathway": {"minutes": {"question": "temps", "heure": 60}},
            "question": [question, {"id": "s", "type": "scale", "ask": "?", "labels": ["a", "b"]}],
            "axis": [{"id": "x", "title": "X", "questions": {"s": 1}}],
        }
    )
    compass = read_compass(document.encode(), "c.toml", read())
    assert compass.rose_axes == ("x",)
    assert compass.rose is None
    assert compass.time_at_hand == ("temps", {"heure": 60})
