"""The words that stand for keys of ours."""

from __future__ import annotations

from typing import Any, get_args, get_origin

import pytest
from typing_extensions import get_type_hints, is_typeddict

from boussole.files.toml.map_tables import MapFile
from boussole.files.toml.tables import CatalogueFile, CompassFile, QuestionTable
from boussole.files.toml.unknown_keys import KEYS, VALUES, keys_meant
from boussole.fuzzy import fold


def shapes(shape: Any) -> list[Any]:  # noqa: ANN401 - a TypedDict
    """Return a table, and all that stand in it."""
    inner = [one for hint in get_type_hints(shape).values() for one in (hint, *get_args(hint)) if is_typeddict(one)]
    return [shape, *(table for one in inner for table in shapes(one))]


TABLES = [table for shape in (CatalogueFile, CompassFile, MapFile) for table in shapes(shape)]


def test_every_word_is_for_a_key_that_there_is() -> None:
    """Written as it is compared: without accents, capitals or hyphens."""
    known = {key for table in TABLES for key in get_type_hints(table)}
    assert known >= KEYS.keys()
    for words in (*KEYS.values(), *VALUES.values()):
        assert words == fold(words).replace("-", "_")
        assert len(words.split()) == len(set(words.split()))
    types = get_type_hints(QuestionTable)["type"]
    assert get_origin(types) is not None
    assert set(get_args(types)) >= VALUES.keys()


@pytest.mark.parametrize("table", TABLES, ids=[table.__name__ for table in TABLES])
def test_a_word_stands_for_few_keys_of_a_table(table: Any) -> None:  # noqa: ANN401 - a TypedDict
    """One most often; a few where what is missing decides."""
    keys = get_type_hints(table)
    words = {word for key in keys for word in KEYS.get(key, "").split()}
    several = {word: meant for word in words if len(meant := keys_meant(word, keys, ())) > 1}
    assert len(several) <= 8
    assert all(len(meant) <= 4 for meant in several.values())


@pytest.mark.parametrize("word", ["Mots-clés", "mots_cles", "MOTS CLÉS", "tags"])
def test_a_word_is_known_however_it_is_written(word: str) -> None:
    """Accents, capitals, hyphens and spaces aside."""
    assert keys_meant(word, ["words", "when"], ()) == ["words"]


def test_what_is_required_comes_first() -> None:
    """Where a word may stand for several keys."""
    assert keys_meant("date", ["year", "checked", "added"], {"checked"}) == ["checked"]
    assert keys_meant("date", ["year", "added"], {"id"}) == ["added", "year"]
    assert keys_meant("chose", ["year"], ()) == []
