"""The text of a cell as it is meant: what cannot be seen, whole numbers as programs write them, several labels."""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

_UNSEEN = dict.fromkeys(map(ord, "\u200b\u2060\ufeff\u00ad"))
"""What copying from a page or joining files leaves in a cell: no width, no meaning in any language."""
_WHOLE = re.compile(r"\s*([+-]?[0-9]+)[.,]00?\s*")
_OTHERS = (";", "/", "+", "&", "•")
"""Signs that people put between labels, and that are never taken for a separator unless somebody says so."""


def seen(text: str) -> str:
    """Return a text without the characters that nobody sees."""
    return text if text.isascii() else text.translate(_UNSEEN)


def without_decimals(text: str) -> str | None:
    """Return `12` for `12.0` and `12,00`, as programs write whole numbers; None for anything else.

    `12.000` may be twelve thousand.
    """
    found = _WHOLE.fullmatch(text)
    return None if found is None else found[1]


class Separators(NamedTuple):
    """What parts the labels of a cell: the first one that stands in it does; `longest`, see `joined`."""

    signs: tuple[str, ...]
    longest: int

    def parts(self, cell: str, is_known: Callable[[str], bool]) -> list[str]:
        """Return the labels of a cell: one that `is_known` may hold any of the signs itself."""
        first = next((sign for sign in self.signs if sign in cell), None)
        if first is None:
            return [cell]
        tokens = re.split(f"({'|'.join(map(re.escape, self.signs))})", cell)
        return list(_joined(tokens, first, self.longest, is_known))


def separators(signs: Sequence[str], known: Sequence[str]) -> Separators:
    """Return what parts cells by `signs`, of which the texts of `known` hold some."""
    most = max((sum(text.count(sign) for sign in signs) for text in known), default=0)
    return Separators(tuple(signs), 1 + most)


def _joined(tokens: Sequence[str], first: str, longest: int, is_known: Callable[[str], bool]) -> Iterator[str]:
    """Yield labels out of texts (at even places) and the signs between them: the longest known ones first.

    What is not known goes as far as the next `first` sign.
    """
    start, size = 0, len(tokens)
    while start < size:
        ends = range(min(size, start + 2 * longest - 1), start, -2)
        end = next((end for end in ends if is_known("".join(tokens[start:end]))), 0)
        if not end:
            end = next((place for place in range(start + 1, size, 2) if tokens[place] == first), size)
        yield "".join(tokens[start:end])
        start = end + 1


def other_sign(cell: str, is_known: Callable[[str], bool]) -> str | None:
    """Return the sign, if there is one, that cuts a cell into several labels that are all known."""
    for sign in _OTHERS:
        pieces = [piece for piece in cell.split(sign) if piece.strip()] if sign in cell else []
        if len(pieces) > 1 and all(map(is_known, pieces)):
            return sign
    return None
