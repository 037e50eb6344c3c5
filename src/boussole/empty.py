"""An empty mapping that nobody changes: the default of the named tuples that hold mappings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

EMPTY: Mapping[Any, Any] = {}
