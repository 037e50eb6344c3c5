"""A catalogue laid over another one: a county adds its resources over the shipped ones, without a copy."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

from boussole.core.definitions.catalogue import Layer
from boussole.errors import DefinitionError
from boussole.files.definitions.catalogue import read_catalogue
from boussole.files.definitions.compass import read_compass
from boussole.files.library import Library
from support.builders import catalogue_toml, compass_toml, make_text, toml

if TYPE_CHECKING:
    from pathlib import Path

    from boussole.core.definitions.catalogue import Catalogue

BASE = read_catalogue(catalogue_toml().encode(), "base.toml")
CHECKED = dt.date(2026, 11, 22)


def medoc(id_: str, **more: object) -> dict[str, Any]:
    """Return the table of a MEDOC."""
    return {"id": id_, "kind": "outil", "title": id_.upper(), "source": "s", "checked": CHECKED, **more}


def county(*tables: dict[str, Any], **more: object) -> str:
    """Return the file of a county's catalogue over the base."""
    header = {"format": 1, "id": "comte", "version": "7", "language": "fr", "title": "Comté", "extends": "le-rameau"}
    return toml({**header, **more, **({"medoc": list(tables)} if tables else {})})


def laid(text: str, base: Catalogue = BASE) -> Catalogue:
    """Return the sum of a file and the base."""

    def find(asked: str) -> Catalogue:
        if asked != base.id:
            raise LookupError(asked)
        return base

    return read_catalogue(text.encode(), "medoc.toml", find)


def test_medoc_are_added_replaced_and_taken_away() -> None:
    """An id that is already there replaces it whole; `gone` takes one away; the rest is the base's."""
    gone = [{"id": "atlas", "on": CHECKED, "why": "Pas ici"}]
    found = laid(county(medoc("kit"), medoc("local"), gone=gone))
    assert list(found.medoc) == ["kit", "local"]
    assert found.medoc["kit"].title == make_text("KIT")
    assert [one.id for one in found.gone] == ["atlas"]
    assert (found.id, found.version, found.facets) == ("le-rameau", "1 + comte 7", BASE.facets)
    layer = Layer(
        "comte", "7", make_text("Comté"), ("kit", "local"), gone=frozenset({"atlas"}), replaced=frozenset({"kit"})
    )
    assert found.layers == (layer,)


def test_the_digest_covers_both() -> None:
    """It changes with either; the same two give the same."""
    other_base = read_catalogue(catalogue_toml(title="Autre").encode(), "base.toml")
    digests = {
        laid(county(medoc("local"))).digest,
        laid(county(medoc("local"))).digest,
        laid(county(medoc("local", year=2020))).digest,
        laid(county(medoc("local")), other_base).digest,
        BASE.digest,
    }
    assert len(digests) == 4


def test_where_a_medoc_comes_from() -> None:
    """The catalogue that added or replaced it last."""
    found = laid(county(medoc("kit"), medoc("local")))
    assert [found.origin(id_) for id_ in ("kit", "atlas", "local")] == ["comte", "le-rameau", "comte"]
    assert BASE.origin("kit") == "le-rameau"


def test_compasses_of_the_base_work_with_the_sum() -> None:
    """Also where they name what was taken away, and by the id of either."""
    found = laid(county(gone=[{"id": "kit", "on": CHECKED}]))
    compass = read_compass(compass_toml().encode(), "c.toml", found)
    assert [rule.medoc for rule in compass.rules] == [(), ("atlas",), ()]
    assert compass.examples[0].expect.first is None
    assert compass.examples[0].expect.includes == ()
    assert read_compass(compass_toml(catalogue="comte").encode(), "c.toml", found).catalogue == "comte"
    assert found.medoc["atlas"].after == ()


@pytest.mark.parametrize(
    ("text", "code", "subject"),
    [
        (county(medoc("x", kind="outils")), "B202", 'medoc "x"'),
        (county(medoc("x", after=["kits"])), "B206", 'medoc "x" › after 1'),
        (county(facet=[{"id": "kind", "title": "K", "terms": [{"id": "a", "title": "A"}]}]), "B319", ""),
        (county(extends="autre"), "B318", ""),
        (county(medoc("x", **{"for": {"profil": ["etat"]}})), "B201", 'medoc "x"'),
    ],
)
def test_what_is_wrong_with_a_layer(text: str, code: str, subject: str) -> None:
    """Its MEDOC are held to the facets and ids of the sum."""
    with pytest.raises(DefinitionError) as refused:
        laid(text)
    assert [(one.code, one.subject) for one in refused.value.problems] == [(code, subject)]


def test_a_layer_by_itself_cannot_be_read() -> None:
    """Without a way to find the base, that is told at the key."""
    with pytest.raises(DefinitionError) as refused:
        read_catalogue(county(medoc("x")).encode(), "medoc.toml")
    assert [one.code for one in refused.value.problems] == ["B318"]


def test_layers_lie_over_layers() -> None:
    """A town over its county over the base."""
    over = laid(county(medoc("local")))
    town = read_catalogue(
        toml(
            {
                "format": 1,
                "id": "ville",
                "version": "3",
                "language": "fr",
                "title": "Ville",
                "extends": "le-rameau",
                "medoc": [medoc("place")],
            }
        ).encode(),
        "medoc.toml",
        lambda _: over,
    )
    assert (town.version, town.ids) == ("1 + comte 7 + ville 3", ("le-rameau", "comte", "ville"))
    assert [town.origin(id_) for id_ in ("kit", "local", "place")] == ["le-rameau", "comte", "ville"]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in the county's folder, with nothing of one's own."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    folder = tmp_path / "comte"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def test_a_county_over_the_shipped_catalogue(here: Path) -> None:
    """A folder with its own medoc.toml of one resource: shipped compasses rank the sum, nothing is copied."""
    (here / "medoc.toml").write_text(county(medoc("maison-du-comte", **{"for": {"profile": "citoyens"}})), "utf-8")
    pair = Library().pair("agir-ensemble")
    assert pair.catalogue.ids == ("le-rameau", "comte")
    assert "maison-du-comte" in pair.catalogue.medoc
    assert len(pair.catalogue.medoc) > 300
    assert all(listed.error is None for listed in Library().listed())


def test_a_layer_is_found_from_its_option_too(here: Path) -> None:
    """A file named by an option extends what stands in the usual places; what is found nowhere is told."""
    file = here / "mine.toml"
    file.write_text(county(medoc("x")), "utf-8")
    assert "x" in Library(catalogue=file).pair("agir-ensemble").catalogue.medoc
    file.write_text(county(medoc("x"), extends="nowhere"), "utf-8")
    with pytest.raises(DefinitionError) as refused:
        Library(catalogue=file).catalogue()
    assert [one.code for one in refused.value.problems] == ["B318"]


def test_a_broken_catalogue_of_another_id_stops_only_what_needs_it(here: Path) -> None:
    """The shipped compasses do without it; what asks for it says what is wrong."""
    (here / "medoc.toml").write_text('format = 1\nid = "autre"\nversion = "1"\n', "utf-8")
    assert Library().pair("agir-ensemble").catalogue.id == "le-rameau"
    (here / "compasses").mkdir()
    (here / "compasses" / "mine.toml").write_text(compass_toml(id="mine", catalogue="autre"), "utf-8")
    with pytest.raises(DefinitionError):
        Library().pair("mine")
