"""The words that every form of a coverage shares: what was looked at, shares, names of cells, how to see one."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from boussole.core.check.near_fits import near_fits
from boussole.escape import plain_text
from boussole.i18n import Joined, Listing, gettext, ngettext

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from boussole.core.check.coverage import Cell, Coverage
    from boussole.core.check.near_fits import NearFit
    from boussole.core.definitions.compass import IntendedHole, Value
    from boussole.i18n import Localised

SET = "--set"
_FULL = 100


class Grouped(NamedTuple):
    """A whole number, its digits by three as each language writes them."""

    number: int

    def in_(self, language: str) -> str:
        """Return the number: 3 519 000 with narrow no-break spaces in French, 3,519,000 elsewhere."""
        return f"{self.number:,}".replace(",", "\N{NARROW NO-BREAK SPACE}" if language == "fr" else ",")


class Share(NamedTuple):
    """A part of a whole in whole per cent, never 0 where there is something nor 100 where something lacks."""

    part: int
    whole: int

    def in_(self, language: str) -> str:
        """Return the share in words."""
        if 0 < _FULL * self.part < self.whole:
            return gettext("less than 1%").in_(language)
        return gettext("{number}%", number=_FULL * self.part // (self.whole or 1)).in_(language)


def share_in_figures(part: int, whole: int) -> str:
    """Return the same in as few signs as a box holds: per cent, without the sign."""
    return "<1" if 0 < _FULL * part < whole else str(_FULL * part // whole)


def facet_title(coverage: Coverage, slot: int) -> Localised:
    """Return the title of one of the facets of the cells."""
    return coverage.catalogue.facets[coverage.by[slot]].title


def terms_title(coverage: Coverage, slot: int, terms: frozenset[str]) -> Localised:
    """Return terms of one of the facets of the cells, by title, in the order of the facet."""
    facet = coverage.catalogue.facets[coverage.by[slot]]
    titles = [term.title for term in facet.terms.values() if term.id in terms]
    return Listing(titles) if titles else gettext("not said")


def cell_title(coverage: Coverage, cell: Cell) -> Localised:
    """Return the name of a cell: its terms by title; where nothing is known, the facet is named too."""
    parts = [
        terms_title(coverage, slot, terms)
        if terms or len(coverage.by) == 1
        else gettext("{facet}: {terms}", facet=facet_title(coverage, slot), terms=gettext("not said"))
        for slot, terms in enumerate(cell.terms)
    ]
    return Joined(parts, " · ") if parts else gettext("everybody")


def intended_title(coverage: Coverage, intended: IntendedHole) -> Localised:
    """Return the name of a hole on purpose: its terms by title, in the order of their facets."""
    facets = [(coverage.catalogue.facets[facet], at) for facet, at in intended.at.items()]
    parts = [Joined([term.title for term in facet.terms.values() if term.id in at], ", ") for facet, at in facets]
    return Joined(parts, " · ")


def recommend_command(coverage: Coverage, answers: Mapping[str, Value], command: Sequence[str]) -> tuple[str, ...]:
    """Return the words of the command that shows the result of some answers, harmless but not yet quoted."""
    given = {id_: answers[id_] for id_ in coverage.compass.questions if id_ in answers}
    settings = [word for id_, value in given.items() for word in (SET, f"{id_}={_written(value)}")]
    return tuple(map(plain_text, (*command, *settings)))


def _written(value: Value) -> str:
    return ",".join(value) if isinstance(value, tuple) else str(value)


def nearly(coverage: Coverage, cell: Cell) -> tuple[NearFit, ...]:
    """Return which MEDOC would nearly serve the example of a cell in which fewer fit than was asked for."""
    if cell.fit >= coverage.at_least:
        return ()
    return near_fits(coverage.compass, coverage.catalogue, cell.example)


def headlines(coverage: Coverage) -> Iterator[Localised]:
    """Yield what the coverage is about: definitions, how many situations, whether all of them."""
    compass, catalogue = coverage.compass, coverage.catalogue
    yield gettext(
        "{compass} {version} · {catalogue} {catalogue_version}",
        compass=compass.id,
        version=compass.version,
        catalogue=catalogue.id,
        catalogue_version=catalogue.version,
    )
    if coverage.all_ranked and coverage.one_at_a_time:
        yield ngettext(
            "{number} situation looked at: the only one that one answer at a time leads to.",
            "{number} situations looked at: those that one answer at a time leads to.",
            coverage.situations,
            number=Grouped(coverage.situations),
        )
    elif coverage.all_ranked:
        yield ngettext(
            "{number} situation looked at: the only one that answers lead to.",
            "{number} situations looked at: all those that answers lead to.",
            coverage.situations,
            number=Grouped(coverage.situations),
        )
    else:
        yield gettext(
            "Answers lead to {situations} situations, too many to rank each of them: {number} were looked at, spread "
            "evenly. --limit N looks at more.",
            situations=Grouped(coverage.situations),
            number=Grouped(coverage.looked_at),
        )
        yield gettext(
            "How many MEDOC fit or are made for a cell, how many of each kind, and the highest score are exact for all "
            "of them; what is said of who is in the first {top}, of those looked at only.",
            top=coverage.top,
        )
    several = [compass.questions[id_].ask for id_ in coverage.one_at_a_time]
    if several:
        yield gettext(
            "Of a question that takes several answers, one answer at a time: {questions}", questions=Listing(several)
        )
        yield gettext(
            "Whoever gives several may get another list. What is said never to come up never does for them either; "
            "the numbers say nothing of them."
        )
