"""Whatever is done to a definition file, it is read or refused at its place, never an accident."""

from __future__ import annotations

import datetime as dt
import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boussole.core.answers.answers import Answers
from boussole.core.answers.table_map import CellReader, merge
from boussole.core.pathway import pathway
from boussole.core.ranking import rank
from boussole.core.situation import situate
from boussole.errors import DefinitionError
from boussole.files.authoring.check import check_files
from boussole.files.definitions.catalogue import read_catalogue
from boussole.files.definitions.compass import read_compass
from boussole.files.definitions.table_map import read_map
from boussole.files.library import Library
from support.builders import CHECKED, catalogue_document, compass_document, map_document, toml
from support.strategies import STRANGE, edits

if TYPE_CHECKING:
    from collections.abc import Callable

    from boussole.core.definitions.catalogue import Catalogue
    from boussole.core.definitions.compass import Compass

CATALOGUE = read_catalogue(toml(catalogue_document()).encode(), "medoc.toml")
COMPASS = read_compass(toml(compass_document()).encode(), "agir.toml", CATALOGUE)
KEPT = [chr(9), chr(10), *map(chr, range(32, 127)), "é", "’", "\u2028"]


def use(compass: Compass, catalogue: Catalogue) -> None:
    """Do with definitions all that a surface does: whatever loads must serve."""
    for example in ({}, *(one.answers for one in compass.examples)):
        ranking = rank(compass, catalogue, situate(compass, Answers.given(example)))
        for item in ranking.recommendations:
            assert sum(reason.points for reason in item.reasons) == item.score
            assert all(reason.text.in_("de") is not None for reason in item.reasons)
            str(item.medoc.title)
        assert all(out.reasons and str(out.reasons) for out in ranking.left_out)
        assert pathway(ranking).steps or not ranking.recommendations
    for question in compass.questions.values():
        str(question.ask)
        assert all(option.text.in_("de") is not None for option in question.options.values())


def read_and_use_catalogue(text: str) -> None:
    """Read a catalogue, with a compass that asks nothing of it."""
    catalogue = read_catalogue(text.encode(), "f.toml")
    bare = toml({**compass_document(), "catalogue": catalogue.id}).partition("\n[[")[0]
    bare = "\n".join(line for line in bare.splitlines() if not line.startswith("ranking"))
    use(read_compass(bare.encode(), "agir.toml", catalogue), catalogue)


def read_and_use_compass(text: str) -> None:
    """Read a compass about the usual catalogue."""
    use(read_compass(text.encode(), "f.toml", CATALOGUE), CATALOGUE)


def refuses_well(read: Callable[[str], None], text: str) -> None:
    """Either `text` is read and serves, or every problem has a code, a place in the text, and words."""
    error = refusal_of(read, text)
    if error is None:
        return
    lines = text.replace("\r\n", "\n").split("\n")
    assert error.problems
    for problem in error.problems:
        assert re.fullmatch(r"[ABM][0-9]{3}", problem.code)
        assert problem.place is not None
        assert problem.place.file == "f.toml"
        assert 1 <= problem.place.line <= len(lines)
        assert 1 <= problem.place.column <= len(lines[problem.place.line - 1]) + 1
        assert problem.what.in_("en")
    assert str(error)
    told = [(one.place.line, one.place.column) for one in error.problems if one.place]
    assert told == sorted(told)


def refusal_of(read: Callable[[str], None], text: str) -> DefinitionError | None:
    """Return the error by which `text` is refused, if it is; any other error goes through."""
    try:
        read(text)
    except DefinitionError as error:
        return error
    return None


def read_and_use_map(text: str) -> None:
    """Read a map for the usual compass, and a few cells by it."""
    for column in read_map(text.encode(), "f.toml", COMPASS, CATALOGUE).columns:
        reader = CellReader(COMPASS, column)
        for cell in (*column.labels, *column.reject, "", None, "?", "etat", "Bon|Nul"):
            said = merge(COMPASS, [reader.read(cell)])
            assert said.problem is None or said.problem.what.in_("en")
            assert said.answers.keys() | said.undecided <= column.questions


@pytest.mark.parametrize(
    ("read", "document"),
    [
        (read_and_use_catalogue, catalogue_document()),
        (read_and_use_compass, compass_document()),
        (read_and_use_map, map_document()),
    ],
    ids=["catalogue", "compass", "map"],
)
@given(data=st.data())
def test_one_wrong_value_or_key(read: Callable[[str], None], document: dict[str, object], data: st.DataObject) -> None:
    """Anything deleted, doubled, renamed, retyped or exchanged is accepted or told; nothing else is ever raised."""
    refuses_well(read, toml(data.draw(edits(document))))


@pytest.mark.parametrize(
    ("read", "text"),
    [
        (read_and_use_catalogue, toml(catalogue_document())),
        (read_and_use_compass, toml(compass_document())),
        (read_and_use_map, toml(map_document())),
    ],
    ids=["catalogue", "compass", "map"],
)
@given(data=st.data())
def test_one_slip_of_the_hand(read: Callable[[str], None], text: str, data: st.DataObject) -> None:
    """A line lost or doubled, a few characters lost, added or replaced: read, or refused at its place."""
    what = data.draw(st.sampled_from(["lose", "double", "type", "replace", "cut"]))
    if what in {"lose", "double"}:
        lines = text.splitlines(keepends=True)
        place = data.draw(st.integers(0, len(lines) - 1))
        lines[place] = "" if what == "lose" else lines[place] * 2
        refuses_well(read, "".join(lines))
        return
    start = data.draw(st.integers(0, len(text)))
    typed = data.draw(st.text(st.sampled_from(KEPT), min_size=1, max_size=3)) if what != "cut" else ""
    end = start if what == "type" else start + data.draw(st.integers(1, 40 if what == "cut" else 3))
    refuses_well(read, text[:start] + typed + text[end:])


def test_the_usual_files_serve() -> None:
    """The builders' own files are valid, and their example holds."""
    use(COMPASS, CATALOGUE)
    situation = situate(COMPASS, Answers.given(COMPASS.examples[0].answers))
    assert situation.axes == {"avancement": 33}


DOCUMENTS = {"catalogue": catalogue_document, "compass": compass_document, "map": map_document}


@pytest.mark.parametrize("edited", DOCUMENTS)
@given(data=st.data())
def test_check_tells_any_wrong_value_or_key(edited: str, data: st.DataObject) -> None:
    """Errors, warnings and notes of all files, whichever is edited: each with a place in the text and words."""
    check_tells(edited, toml(data.draw(edits(DOCUMENTS[edited]()))))


@pytest.mark.parametrize("edited", DOCUMENTS)
def test_check_tells_anything_that_stands_for_the_whole_of_a_list_or_table(edited: str) -> None:
    """A number, a text, an empty list… where the file has its tables: nothing takes what stands there for a list."""
    document = DOCUMENTS[edited]()
    for key in [key for key, value in document.items() if isinstance(value, (list, dict))]:
        for strange in STRANGE:
            check_tells(edited, toml({**document, key: strange}))


def check_tells(edited: str, text: str) -> None:
    """Check the usual files, one of them being `text`: what is told has a code, a place in the text, and words."""
    texts = {name: toml(document()) for name, document in DOCUMENTS.items()}
    texts[edited] = text
    with tempfile.TemporaryDirectory() as folder:
        files = {name: Path(folder) / f"{name}.toml" for name in texts}
        for name, path in files.items():
            path.write_text(texts[name], encoding="utf-8")
        library = Library(files["catalogue"], Path(folder))
        checked = check_files(library, list(files.values()), CHECKED + dt.timedelta(days=600))
    assert {one.file for one in checked} == set(files.values())
    for one in checked:
        assert one.unusable is None or str(one.unusable)
        lines = texts[one.file.stem].split("\n")
        for problem in one.problems:
            assert re.fullmatch(r"[ABM][0-9]{3}", problem.code)
            assert problem.place is not None
            assert problem.place.file == str(one.file)
            assert 1 <= problem.place.line <= len(lines)
            assert 1 <= problem.place.column <= len(lines[problem.place.line - 1]) + 1
            for language in ("fr", "en"):
                assert problem.what.in_(language)
                assert problem.remedy is None or problem.remedy.in_(language)
        told = [(problem.place.line, problem.place.column) for problem in one.problems if problem.place]
        assert told == sorted(told)
