"""The files to start from pass the check, and hold for whatever catalogue they are about."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boussole.errors import BoussoleError
from boussole.files.authoring.scaffold import (
    SchemaBeside,
    refuse_existing,
    refuse_name,
    write_start,
)
from boussole.files.library import shipped_folder
from boussole.files.toml.constraints import Id
from support.builders import make_catalogue

CATALOGUE = make_catalogue()


# --- Names -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("Mon Territoire", "mon-territoire"),
        ("L’Énergie", "l-energie"),
        ("  -mon_œuvre!! ", "mon_oeuvre"),
        ("x" * 90, "x" * 80),
        ("any!", None),
        ("any", None),
        ("!!", None),
        ("", None),
    ],
)
def test_a_name_that_is_no_id_is_refused(name: str, meant: str | None) -> None:
    """With what is allowed, and the nearest that is."""
    with pytest.raises(BoussoleError) as refused:
        refuse_name(name)
    said = refused.value.in_("en")
    assert "Write lower-case letters, digits, - and _, at most 80 characters." in said
    assert said.endswith(f" For instance: {meant}" if meant else "at most 80 characters.")


@given(st.text(max_size=90) | st.text("ab-_0A ", max_size=12) | st.sampled_from(["any", "proven", "all-"]))
def test_a_name_is_accepted_where_an_id_is(name: str) -> None:
    """And what is proposed instead is one."""
    if Id().holds(name):
        refuse_name(name)
        return
    with pytest.raises(BoussoleError) as refused:
        refuse_name(name)
    _, _, proposed = refused.value.in_("en").partition("For instance: ")
    if proposed:
        refuse_name(proposed)


# --- On disk ---------------------------------------------------------------------------------------------------------


def test_the_schema_stands_beside() -> None:
    """Next to a folder of compasses, otherwise next to the file."""
    one = SchemaBeside.of(Path("compasses/x.toml"), "compass", "fr")
    assert (one.named, one.path) == ("../schemas/compass.fr.json", Path("schemas/compass.fr.json"))
    assert SchemaBeside.of(Path("x.toml"), "compass", "en").named == "schemas/compass.en.json"


def test_each_catalogue_has_the_schema_of_its_compasses() -> None:
    """Two compasses of one folder, about two catalogues, are not held to the words of the first."""
    made = [SchemaBeside.of(Path("x.toml"), "compass", "fr", CATALOGUE._replace(id=id_)) for id_ in ("un", "deux")]
    assert [one.named for one in made] == ["schemas/compass.un.fr.json", "schemas/compass.deux.fr.json"]


def test_the_schema_is_written_with_the_file(tmp_path: Path) -> None:
    """Where the file says it is; one that is there stays as it is."""
    file = tmp_path / "compasses" / "x.toml"
    schema = tmp_path / "schemas" / "compass.fr.json"
    beside = SchemaBeside.of(file, "compass", "fr")
    assert beside.stale()
    assert write_start(file, "one", beside) == [file, schema]
    assert not beside.stale()
    assert file.read_bytes() == b"one"
    assert schema.read_bytes() == (shipped_folder() / "schemas" / "compass.fr.json").read_bytes()
    schema.write_text("mine")
    other = file.with_name("y.toml")
    assert write_start(other, "two", SchemaBeside.of(other, "compass", "fr")) == [other]
    assert beside.stale()
    assert schema.read_text() == "mine"
    assert sorted(path.name for path in tmp_path.rglob("*.*")) == ["compass.fr.json", "x.toml", "y.toml"]


def test_a_schema_that_cannot_be_written_leaves_no_file(tmp_path: Path) -> None:
    """All that the file needs is there before it."""
    (tmp_path / "schemas").write_text("a file")
    file = tmp_path / "medoc.toml"
    schema = SchemaBeside.of(file, "catalogue", "fr")
    with pytest.raises(BoussoleError, match="schemas"):
        write_start(file, "text", schema)
    assert [path.name for path in tmp_path.iterdir()] == ["schemas"]


def test_nothing_is_written_over(tmp_path: Path) -> None:
    """A file, a folder, a link that leads nowhere."""
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "nowhere")
    for path in (tmp_path, link):
        with pytest.raises(BoussoleError, match="existe déjà"):
            refuse_existing(path)
    refuse_existing(tmp_path / "free.toml")
