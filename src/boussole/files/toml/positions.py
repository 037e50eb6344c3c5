"""Where each key and value of a TOML text stands, from a real syntax tree (tree-sitter)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import tree_sitter_toml
from tree_sitter import Language, Parser

if TYPE_CHECKING:
    from collections.abc import Collection

    from tree_sitter import Node

    from boussole.errors import Keys

_SKIPPED = {"comment"}


class Positions:
    """The positions in one TOML text; lines and columns count from 1, columns in characters."""

    def __init__(self, text: bytes, tables: Collection[Keys] | None = None) -> None:
        """Parse `text` and note where keys and values stand: everywhere, or only in some top-level `tables`.

        A table is named by its key and, in a list of tables, its place in it.
        """
        self._tables = tables
        self._lines = text.split(b"\n")
        self._at_key: dict[Keys, Node] = {}
        self._at_value: dict[Keys, Node] = {}
        self._counts: dict[Keys, int] = {}
        tree = Parser(Language(tree_sitter_toml.language())).parse(text)
        for node in tree.root_node.named_children:
            if node.type == "pair":
                self._pair(node, ())
            elif node.type in {"table", "table_array_element"}:
                self._header(node)

    def of(self, keys: Keys, *, at_key: bool = False) -> tuple[int, int]:
        """Return the line and column of the value, or the key, at `keys`; of what holds it where it is missing."""
        for length in range(len(keys), 0, -1):
            found = keys[:length]
            node = self._at_key.get(found) if at_key and length == len(keys) else None
            node = node or self._at_value.get(found) or self._at_key.get(found)
            if node is not None:
                row, byte = node.start_point
                return row + 1, len(self._lines[row][:byte].decode(errors="replace")) + 1
        return 1, 1

    def _header(self, node: Node) -> None:
        """Note a `[table]` or `[[table]]` and the pairs under it."""
        name, *rest = (child for child in node.named_children if child.type not in _SKIPPED)
        keys = self._resolved(_words(name))
        if node.type == "table_array_element":
            index = self._counts.get(keys, 0)
            self._counts[keys] = index + 1
            self._at_key.setdefault(keys, name)
            keys = (*keys, index)
        self._at_key[keys] = name
        table = keys[:2] if len(keys) > 1 and isinstance(keys[1], int) else keys[:1]
        if self._tables is not None and table not in self._tables:
            return
        for pair in rest:
            if pair.type == "pair":
                self._pair(pair, keys)

    def _resolved(self, words: list[str]) -> Keys:
        """Return the keys of a header: a name that is a list of tables stands for the last of them."""
        keys: Keys = ()
        for word in words[:-1]:
            keys = (*keys, word)
            if keys in self._counts:
                keys = (*keys, self._counts[keys] - 1)
        return (*keys, words[-1])

    def _pair(self, node: Node, parent: Keys) -> None:
        name, value = [child for child in node.named_children if child.type not in _SKIPPED][:2]
        keys = parent
        words = _words(name)
        if not parent and self._tables is not None and tuple(words[:1]) not in self._tables:
            return
        for word in words:
            keys = (*keys, word)
            self._at_key.setdefault(keys, name)
        self._value(value, keys)

    def _value(self, node: Node, keys: Keys) -> None:
        self._at_value[keys] = node
        children = [child for child in node.named_children if child.type not in _SKIPPED]
        if node.type == "inline_table":
            for child in children:
                if child.type == "pair":
                    self._pair(child, keys)
        elif node.type == "array":
            for index, child in enumerate(children):
                self._value(child, (*keys, index))


def _words(name: Node) -> list[str]:
    """Return the words of a key: one, or several where it is dotted."""
    if name.type == "dotted_key":
        return [word for child in name.named_children for word in _words(child)]
    text = (name.text or b"").decode(errors="replace")
    return [_unquoted(text) if name.type == "quoted_key" else text]


def _unquoted(text: str) -> str:
    """Return the key that stands between quotes, its escapes read."""
    import tomli

    try:
        return str(tomli.loads(f"key = {text}")["key"])
    except tomli.TOMLDecodeError:
        return text
