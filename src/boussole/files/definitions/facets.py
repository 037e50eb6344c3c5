"""A facet of a catalogue file: its terms, and from what they are computed where nobody declares them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from boussole.core.definitions.catalogue import Facet, Term
from boussole.i18n import gettext

if TYPE_CHECKING:
    from boussole.errors import Keys
    from boussole.files.definitions.reader import Reader
    from boussole.files.toml.tables import FacetTable, TermTable


class FacetReader:
    """Reads the facets of one file."""

    def __init__(self, reader: Reader) -> None:
        """Take the reader of the file, which reports what is wrong."""
        self._reader = reader

    def read(self, table: FacetTable, keys: Keys) -> Facet:
        """Return a facet, reporting terms that stand twice and bounds that cannot be."""
        reader = self._reader
        terms = list(reader.tables(table["terms"], (*keys, "terms")))
        reader.unique((here, term["id"]) for here, term in terms)
        ordered, at_most = table.get("ordered", False), table.get("at_most", False)
        if at_most and not ordered:
            what = gettext("“at_most” needs a facet whose terms are ordered.")
            reader.report.add((*keys, "at_most"), "B315", what, gettext("Write ordered = true."), at_key=True)
        if "from" in table:
            self._refuse_bounds(terms)
        elif not reader.report.told(keys, ["from"]):
            self._refuse_idle_bounds(terms)
        return Facet(
            id=table["id"],
            title=reader.text(table["title"]),
            terms={
                term["id"]: Term(
                    term["id"],
                    reader.text(term["title"]),
                    reader.optional_text(term.get("hint")),
                    term.get("upto") if "from" in table else None,
                )
                for _, term in terms
            },
            ordered=ordered,
            computed=table.get("from"),
            at_most=at_most,
        )

    def _refuse_bounds(self, terms: list[tuple[Keys, TermTable]]) -> None:
        """Report terms of a computed facet without `upto` before the last, and those that are not above the former."""
        report = self._reader.report
        before: int | None = None
        for place, (here, term) in enumerate(terms, 1):
            upto = term.get("upto")
            if upto is None and place < len(terms):
                what = gettext("“upto” is missing: every term but the last has one.")
                report.add(here, "B315", what)
            elif upto is not None and before is not None and upto <= before:
                what = gettext("“upto” must be above that of the term before, {before}.", before=before)
                report.add((*here, "upto"), "B315", what)
            before = upto if upto is not None else before

    def _refuse_idle_bounds(self, terms: list[tuple[Keys, TermTable]]) -> None:
        for here, term in terms:
            if "upto" in term:
                what = gettext("“upto” says something only in a facet that is computed.")
                self._reader.report.add(
                    (*here, "upto"), "B315", what, gettext("Add the key “from” to the facet."), at_key=True
                )
