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
_NONE: frozenset[str] = frozenset()


class Term(NamedTuple):
    """One value of a facet (« Collectivités » of the facet `profile`)."""

    id: str
    title: Text
    hint: Text | None = None


class Facet(NamedTuple):
    """A dimension of the catalogue. `ordered`: the order of its terms means something, closeness counts."""

    id: str
    title: Text
    terms: Mapping[str, Term]
    ordered: bool = False

    def places(self) -> dict[str, int]:
        """Return the place of each term, from 0."""
        return {term: place for place, term in enumerate(self.terms)}


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
    their facets); a facet left out suits all its terms. `minutes` is what a first use takes. `after` are the
    MEDOC to be used before this one.
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


class Catalogue(NamedTuple):
    """All the MEDOC of a file, with its facets; `digest` stands for its meaning (`sha256:…`).

    `renamed` holds the new names of MEDOC and terms by their old ones.
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
