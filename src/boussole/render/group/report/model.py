"""What a group's report says, in one language: sections of plain blocks, for every form that lays them out.

Texts are on one line and free of control characters, not escaped: each form escapes them its own way. An address is a
web address, or None.
"""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

from boussole.render.path.model import RoseContent


class Bar(NamedTuple):
    """One count: its label, the same in words, and how long its bar is, 0 to 100."""

    label: str
    words: str
    length: int


class Bars(NamedTuple):
    """Counts side by side: how many stand at each term, or chose each option."""

    title: str
    bars: tuple[Bar, ...]


class Strip(NamedTuple):
    """Where the values of an axis, 0 to 100, lie; the marks are None, the values empty, where there are too few.

    `words` say the same in words.
    """

    title: str
    words: str
    median: int | None
    low: int | None
    high: int | None
    values: tuple[int, ...]


class Item(NamedTuple):
    """A MEDOC, or a question: its rank ("" without one), its title, address and kind, how many, and what else."""

    rank: str
    title: str
    url: str | None
    words: str
    notes: tuple[str, ...] = ()


class Items(NamedTuple):
    """A list with a heading ("": none)."""

    title: str
    items: tuple[Item, ...]


class Said(NamedTuple):
    """Sentences; `strong` for what should be seen first."""

    sentences: tuple[str, ...]
    strong: bool = False


class Heading(NamedTuple):
    """The title of what follows, inside a section."""

    title: str


class Blank(NamedTuple):
    """Lines left empty, to be filled in by hand."""

    lines: int


Block: TypeAlias = Bars | Strip | Items | Said | Heading | Blank | RoseContent


class Section(NamedTuple):
    """A part of the report; `aloud` is the question that a facilitator may put to the room ("": none)."""

    id: str
    title: str
    aloud: str
    blocks: tuple[Block, ...]


class Report(NamedTuple):
    """A whole report, in the order in which it is read; `colon` stands between a name and what is said of it."""

    language: str
    title: str
    bylines: tuple[str, ...]
    contents: str
    aloud: str
    skip: str
    colon: str
    sections: tuple[Section, ...]
