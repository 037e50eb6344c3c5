"""Our check of shapes accepts exactly what pydantic accepts."""

from __future__ import annotations

import copy
from typing import Annotated, Any, Literal, NotRequired, Union, get_args, get_origin

import pytest
import tomli
from hypothesis import given
from hypothesis import strategies as st
from pydantic import AfterValidator, ConfigDict, Field, TypeAdapter, ValidationError, with_config
from typing_extensions import TypedDict, get_type_hints, is_typeddict

from boussole.files.toml import map_tables
from boussole.files.toml import tables as shapes
from boussole.files.toml.constraints import LONGEST_ID, RESERVED, Id, NotEmpty, Range
from boussole.files.toml.report import Report
from boussole.files.toml.validation import validate
from support.builders import catalogue_document, compass_document, map_document
from support.paths import ROOT
from support.strategies import edits

STRICT = ConfigDict(strict=True, extra="forbid")


def not_reserved(id_: str) -> str:
    """Refuse the words that are no ids."""
    if id_ in RESERVED:
        raise ValueError(id_)
    return id_


def translated(hint: Any) -> Any:  # noqa: ANN401 - any annotation
    """Return a type of `shapes` as pydantic understands it, its constraints included.

    Every table becomes a strict one without other keys; `Id`, `Range` and `NotEmpty` become pydantic's own.
    """
    origin, args = get_origin(hint), get_args(hint)
    if is_typeddict(hint):
        hints = get_type_hints(hint, include_extras=True)
        keys = {
            key: translated(one) if key in hint.__required_keys__ else NotRequired[translated(one)]
            for key, one in hints.items()
        }
        return with_config(STRICT)(TypedDict(hint.__name__, keys))  # type: ignore[operator]
    if origin is NotRequired:
        return translated(args[0])
    if origin is Annotated:
        inner = translated(args[0])
        for constraint in args[1:]:
            inner = Annotated[inner, *pydantic_constraint(constraint)]
        return inner
    if origin is list:
        return list[translated(args[0])]  # type: ignore[misc]
    if origin is dict:
        return dict[str, translated(args[1])]  # type: ignore[misc]
    if origin in {Literal, None} or hint is Any:
        return hint
    return Union[tuple(translated(one) for one in args)]  # noqa: UP007 - the members are computed


def pydantic_constraint(constraint: object) -> tuple[object, ...]:
    """Return a constraint of ours as pydantic's."""
    if isinstance(constraint, Range):
        return (Field(ge=constraint.low, le=constraint.high),)
    if isinstance(constraint, NotEmpty):
        return (Field(min_length=1),)
    assert isinstance(constraint, Id)
    return (Field(pattern=r"\A[a-z0-9][a-z0-9_-]*\z", max_length=LONGEST_ID), AfterValidator(not_reserved))


CATALOGUE: TypeAdapter[Any] = TypeAdapter(translated(shapes.CatalogueFile))
COMPASS: TypeAdapter[Any] = TypeAdapter(translated(shapes.CompassFile))
MAP: TypeAdapter[Any] = TypeAdapter(translated(map_tables.MapFile))


def agree(hint: object, oracle: TypeAdapter[Any], document: dict[str, Any]) -> bool:
    """Tell whether both accept `document`; fail where one does and the other does not."""
    report = Report(document, "f.toml")
    validate(hint, copy.deepcopy(document), report)
    accepted = accepts(oracle, document)
    assert accepted is not bool(report)
    return accepted


def accepts(oracle: TypeAdapter[Any], document: dict[str, Any]) -> bool:
    """Tell whether pydantic accepts `document`."""
    try:
        oracle.validate_python(document)
    except ValidationError:
        return False
    return True


@pytest.mark.parametrize(
    "path",
    [
        "medoc.toml",
        *sorted(
            str(one.relative_to(ROOT)) for folder in ("compasses", "examples") for one in ROOT.glob(f"{folder}/*.toml")
        ),
    ],
)
def test_the_shipped_files_have_their_shape(path: str) -> None:
    """For pydantic and for us."""
    document = tomli.loads((ROOT / path).read_text(encoding="utf-8"))
    if path == "medoc.toml":
        assert agree(shapes.CatalogueFile, CATALOGUE, document)
    elif path.startswith("examples"):
        assert agree(map_tables.MapFile, MAP, document)
    else:
        assert agree(shapes.CompassFile, COMPASS, document)


@given(st.data())
def test_a_catalogue_has_its_shape_where_pydantic_says_so(data: st.DataObject) -> None:
    """With one random mistake: both accept it or both refuse it."""
    agree(shapes.CatalogueFile, CATALOGUE, data.draw(edits(catalogue_document())))


@given(st.data())
def test_a_compass_has_its_shape_where_pydantic_says_so(data: st.DataObject) -> None:
    """With one random mistake: both accept it or both refuse it."""
    agree(shapes.CompassFile, COMPASS, data.draw(edits(compass_document())))


@given(st.data())
def test_a_map_has_its_shape_where_pydantic_says_so(data: st.DataObject) -> None:
    """With one random mistake: both accept it or both refuse it."""
    agree(map_tables.MapFile, MAP, data.draw(edits(map_document())))
