"""What comes next, made while what is there is used."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterator

_T = TypeVar("_T")


def ahead(made: Iterator[_T]) -> Iterator[_T]:
    """Yield what `made` yields, which runs one step ahead in a thread of its own."""
    with ThreadPoolExecutor(1) as thread:
        coming = thread.submit(next, made, None)
        while (here := coming.result()) is not None:
            coming = thread.submit(next, made, None)
            yield here
