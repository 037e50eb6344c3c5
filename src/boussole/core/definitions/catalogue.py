"""The catalogue: MEDOC, and the facets along which they are indexed."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from boussole.core.definitions.conditions import Condition
from boussole.core.definitions.text import Text
from boussole.empty import EMPTY

KIND = "kind"
STAGE = "stage"
PROVEN = "proven"
RECENT = "recent"
REFERENCE = "reference"
PSEUDO_FACETS = (PROVEN, RECENT, REFERENCE)
"""What a compass may weigh that is no facet, in the order of its reasons; a facet with one of these ids wins."""
MOST_REFERENCE = 3
_NONE: frozenset[str] = frozenset()


class Term(NamedTuple):
    """One value of a facet (« Collectivités » of the facet `profile`); `upto` where the facet is computed."""

    id: str
    title: Text
    hint: Text | None = None
    upto: int | None = None


class Facet(NamedTuple):
    """A dimension of the catalogue. `ordered`: the order of its terms means something, closeness counts.

    `computed` names what its terms are found from (`minutes`): no MEDOC declares them. `at_most`, of an ordered one:
    less is as good, so only the terms beyond the person's are away from them.
    """

    id: str
    title: Text
    terms: Mapping[str, Term]
    ordered: bool = False
    computed: str | None = None
    at_most: bool = False

    def places(self) -> dict[str, int]:
        """Return the place of each term, from 0."""
        return {term: place for place, term in enumerate(self.terms)}

    def term_upto(self, amount: int) -> str | None:
        """Return the first term whose `upto` is at least `amount`, or that has none; None where there is none."""
        return next((term.id for term in self.terms.values() if term.upto is None or amount <= term.upto), None)


class Proven(NamedTuple):
    """What is documented of a MEDOC in use, 0 to 3 each; 0 means not documented, never unsafe."""

    efficacy: int = 0
    feasibility: int = 0
    safety: int = 0

    @property
    def total(self) -> int:
        """Return the sum of the three, 0 to 9."""
        return self.efficacy + self.feasibility + self.safety


class Caution(NamedTuple):
    """A contraindication: while `when` holds, the MEDOC is left out."""

    when: Condition
    why: Text | None = None


class Medoc(NamedTuple):
    """A proven resource: a Method, an Example, Data, a Tool (Outil) or a Competence.

    `suits` holds, by facet, the terms it is made for (`for` in the file, with `kind` and `stage` as declared on
    their facets, and the terms of computed facets); a facet left out suits all its terms. `minutes` is what a first
    use takes. `after` are the MEDOC to be used before this one. `reference`, 0 to 3, tells how far practitioners
    regard it as a first reference. `words` are what search finds it by, never shown. One that is `superseded_by`
    another is left out of every ranking.
    """

    id: str
    kind: str
    title: Text
    source: str
    checked: date
    stage: str | None = None
    code: str | None = None
    summary: Text | None = None
    publisher: str | None = None
    year: int | None = None
    url: str | None = None
    language: str | None = None
    format: str | None = None
    expires: date | None = None
    minutes: int | None = None
    suits: Mapping[str, frozenset[str]] = EMPTY
    avoid: tuple[Caution, ...] = ()
    proven: Proven = Proven()
    after: tuple[str, ...] = ()
    reference: int = 0
    words: tuple[Text, ...] = ()
    added: date | None = None
    changed: date | None = None
    superseded_by: str | None = None

    def terms_on(self, facet: str) -> frozenset[str]:
        """Return the terms of `facet` that it is made for; empty where it suits all."""
        if facet == KIND:
            return frozenset((self.kind,))
        if facet == STAGE and self.stage is not None:
            return frozenset((self.stage,))
        return self.suits.get(facet, _NONE)

    def expired(self, today: date) -> bool:
        """Tell whether its author said it would be out of date by `today`."""
        return self.expires is not None and today > self.expires


class Gone(NamedTuple):
    """A MEDOC that left the catalogue on the day `on`; `instead` are the ids of what serves now."""

    id: str
    on: date
    title: Text | None = None
    why: Text | None = None
    instead: tuple[str, ...] = ()


class Layer(NamedTuple):
    """A catalogue laid over another one: the ids of the MEDOC it adds or replaces, in its order, and of those gone.

    `replaced` are those among its MEDOC that what it lies over had before.
    """

    id: str
    version: str
    title: Text
    medoc: tuple[str, ...]
    gone: frozenset[str]
    replaced: frozenset[str] = frozenset()


class Catalogue(NamedTuple):
    """All the MEDOC of a file, with its facets; `digest` stands for its meaning (`sha256:…`).

    `renamed` holds the new names of MEDOC and terms by their old ones. `dated` is the day that it speaks for as a
    whole. Where catalogues extend one another, this is their sum, under the id of the one that the others lie over;
    `layers` are these others, the lowest first, and `version` names the versions of all.
    """

    id: str
    version: str
    language: str
    title: Text
    facets: Mapping[str, Facet]
    medoc: Mapping[str, Medoc]
    licence: str | None = None
    digest: str = ""
    renamed: Mapping[str, str] = EMPTY
    dated: date | None = None
    gone: tuple[Gone, ...] = ()
    layers: tuple[Layer, ...] = ()

    @property
    def ids(self) -> tuple[str, ...]:
        """Return the id by which compasses may name it: its own, and those of its layers."""
        return (self.id, *(layer.id for layer in self.layers))

    @property
    def taken_away(self) -> frozenset[str]:
        """Return the ids of the MEDOC that a layer took away: compasses of the base may still name them."""
        return frozenset().union(*(layer.gone for layer in self.layers)) - self.medoc.keys()

    def origin(self, medoc: str) -> str:
        """Return the id of the catalogue that a MEDOC comes from."""
        return next((layer.id for layer in reversed(self.layers) if medoc in layer.medoc), self.id)
