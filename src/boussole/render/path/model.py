"""What a personal path says, in one language: plain texts and their structure, for every form that lays it out.

Texts are on one line and free of control characters, not escaped: each form escapes them its own way. An address is
a web address, or None.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import datetime as dt

    from boussole.core.why.sensitivity import Sensitivity


class PathMetadata(NamedTuple):
    """What the file says besides the result: the day, the name where one was given, the answers to reopen.

    `answers_block` is the fenced block of a Markdown path; `answers_file` the same answers as a file of their own, in
    TOML, which pages and documents hold; `code` the line to share. All come from `boussole.files`. `sure` is how sure
    the top is, where that was asked for.
    """

    today: dt.date
    answers_block: str
    name: str | None = None
    answers_file: str = ""
    code: str = ""
    sure: Sensitivity | None = None


class Link(NamedTuple):
    """A MEDOC by its title, with its web address; where it has none, `seen` says where it was, at `source` on the web.

    `seen` is "" where there is an address; `source` is None where there is one, or where the source is none.
    """

    id: str
    title: str
    url: str | None = None
    seen: str = ""
    source: str | None = None


class Kind(NamedTuple):
    """The kind of a MEDOC: its title, its letter, and its `place` among the kinds (see `render.theme`)."""

    id: str
    title: str
    letter: str
    place: int


class ReasonLine(NamedTuple):
    """One reason of a score, with its points."""

    text: str
    points: int


class PathStep(NamedTuple):
    """One MEDOC of the path.

    `minutes` says how long a first use takes ("" where it is not known); `notes` what else is worth knowing before
    opening it (its language, that it is out of date); `summary` its paragraphs, each of one or several lines; `why`
    every reason of the score and `why_line` those in favour, in one sentence; `first` what to read before it and is
    not in the path; `cautions` when it should be avoided, though not now.
    """

    medoc: Link
    kind: Kind
    publisher: str
    minutes: str
    notes: tuple[str, ...]
    summary: tuple[tuple[str, ...], ...]
    rank: str
    score: int
    why: tuple[ReasonLine, ...]
    why_line: str
    first: tuple[Link, ...]
    cautions: tuple[str, ...]


class PathStage(NamedTuple):
    """The steps of one stage, the `place`th of all from 0; `id` is "" for those of any time, which come last."""

    id: str
    title: str
    place: int
    steps: tuple[PathStep, ...]


class Ranked(NamedTuple):
    """One line of the list."""

    rank: str
    medoc: Link
    kind: Kind
    score: int
    score_text: str
    notes: tuple[str, ...]


class OutOfList(NamedTuple):
    """A MEDOC that is left out, with every reason."""

    medoc: Link
    reasons: tuple[str, ...]


class PositionLine(NamedTuple):
    """Where the person stands on one facet: its title, and the titles of the terms, in one sentence."""

    title: str
    terms: str


class Direction(NamedTuple):
    """One direction of the rose, or one axis: how far the person goes, 0 to 100, and the same in words."""

    title: str
    value: int
    words: str


class RoseContent(NamedTuple):
    """The rose: its directions, clockwise from the north; `words` say them all, in one sentence.

    With `whole_or_none`, a direction is chosen or not (100 or 0); otherwise it is a position on an axis.
    """

    title: str
    directions: tuple[Direction, ...]
    whole_or_none: bool
    words: str


class Headings(NamedTuple):
    """The titles of the sections, in their order."""

    position: str
    path: str
    ranked: str
    left_out: str
    avoided: str
    to_find_out: str
    answers: str
    about: str
    share: str


class Labels(NamedTuple):
    """Small words that come before or between things."""

    colon: str
    separator: str
    read_first: str
    why: str
    rank: str
    score: str
    kind: str
    caution: str
    key: str
    skip: str
    contents: str
    qr: str
    no_qr: str


class PositionContent(NamedTuple):
    """Where the person stands: on facets, on axes (by id), and the rose, None where there is nothing to draw."""

    lines: tuple[PositionLine, ...]
    axes: tuple[Direction, ...]
    rose: RoseContent | None


class PathwayContent(NamedTuple):
    """The steps by stage, how they were chosen (`rule`), the `time` that they take, and the kinds to explain."""

    rule: str
    time: str
    stages: tuple[PathStage, ...]
    kinds: tuple[Kind, ...]


class ListContent(NamedTuple):
    """The ranked list, or that there is `nothing`; `sure` says how sure it is, where that was asked for."""

    ranked: tuple[Ranked, ...]
    nothing: str
    sure: tuple[str, ...]


class AvoidedContent(NamedTuple):
    """The MEDOC that a contraindication alone keeps out; `more` says how many others there are, "" if none."""

    medoc: tuple[OutOfList, ...]
    more: str


class Reopening(NamedTuple):
    """What reopens the path: the answers as a fenced block and as a file, the `code` to share, what is said of each.

    `reopen` says how the block reopens the path, `reopen_file` how the file does, `share` how the code does.
    """

    reopen: str
    reopen_file: str
    share: str
    answers_block: str
    answers_file: str
    code: str


class PathContent(NamedTuple):
    """A whole personal path, in the order in which it is read.

    `left_out` is None unless it was asked for; `answers` are pairs of a question and what was answered; `about` says
    how the list is made, a sentence or two each.
    """

    language: str
    title: str
    byline: str
    summary: str
    headings: Headings
    labels: Labels
    position: PositionContent
    pathway: PathwayContent
    listing: ListContent
    left_out: tuple[OutOfList, ...] | None
    avoided: AvoidedContent
    to_find_out: tuple[str, ...]
    answers: tuple[tuple[str, str], ...]
    about: tuple[str, ...]
    reopening: Reopening
