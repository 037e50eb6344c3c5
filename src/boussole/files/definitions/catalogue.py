"""A catalogue file in: `medoc.toml` → `Catalogue`, or every problem it has."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

from boussole.core.definitions.catalogue import KIND, STAGE, Catalogue, Caution, Facet, Medoc, Proven, Term
from boussole.core.definitions.conditions import Subject, SubjectKind
from boussole.files.definitions.conditions import Comparable, Scope, read_condition
from boussole.files.definitions.reader import Reader, digest, ids_of
from boussole.files.definitions.renames import names_of_catalogue, read_renamed
from boussole.files.toml.parsing import parse, read_bytes
from boussole.files.toml.report import Report
from boussole.files.toml.tables import CatalogueFile
from boussole.files.toml.validation import refuse_format, validate
from boussole.i18n import Listing, gettext
from boussole.limits.table import CATALOGUE_BYTES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from boussole.errors import Keys
    from boussole.files.toml.tables import FacetTable, MedocTable

_UNORDERED = frozenset({"facet", "medoc"})


def load_catalogue(path: str | Path) -> Catalogue:
    """Return the catalogue written in the file `path` (format 1).

    Raises:
        DefinitionError: with every problem of the file.
        BoussoleError: when it cannot be read.

    """
    path = Path(path)
    return read_catalogue(read_bytes(path, CATALOGUE_BYTES), str(path))


def read_catalogue(content: bytes, file: str) -> Catalogue:
    """Return the catalogue whose file has `content`; `file` is the name shown in problems.

    Raises:
        DefinitionError: with every problem of the file.

    """
    document = parse(content, file)
    report = Report(document, file)
    if refuse_format(document, report):
        raise report.error(content)
    meaning = digest(document, _UNORDERED)
    medoc_ids = ids_of(document.get("medoc"))
    names = names_of_catalogue(document)
    validate(CatalogueFile, document, report)
    builder = _Builder(cast("CatalogueFile", document), report, medoc_ids)
    facets = builder.facets()
    medoc = builder.medoc(facets)
    renamed = read_renamed(document, names, report)
    if report:
        raise report.error(content)
    header = cast("CatalogueFile", document)
    return Catalogue(
        id=header["id"],
        version=header["version"],
        language=header["language"],
        title=builder.text(header["title"]),
        facets=facets,
        medoc=medoc,
        licence=header.get("licence"),
        digest=meaning,
        renamed=renamed,
    )


class _Builder(Reader):
    """Builds the facets, then the MEDOC, of one file."""

    def __init__(self, document: CatalogueFile, report: Report, medoc_ids: set[str]) -> None:
        super().__init__(document, report)
        self._document = document
        self._medoc_ids = medoc_ids

    def facets(self) -> dict[str, Facet]:
        tables = list(self.tables(self._document.get("facet"), ("facet",)))
        self.unique((keys, table["id"]) for keys, table in tables)
        facets = {table["id"]: self._facet(table, keys) for keys, table in tables}
        broken = {keys[1] for keys in self.report.broken if keys[:1] == ("facet",) and len(keys) > 1}
        given = enumerate(cast("list[object]", self._document.get("facet", [])))
        self.unsure |= ids_of([table for index, table in given if index in broken])
        if KIND not in ids_of(self._document.get("facet")):
            self.report.add((), "B103", gettext("the facet “{id}” is missing.", id=KIND))
        return facets

    def _facet(self, table: FacetTable, keys: Keys) -> Facet:
        terms = list(self.tables(table["terms"], (*keys, "terms")))
        self.unique((here, term["id"]) for here, term in terms)
        return Facet(
            id=table["id"],
            title=self.text(table["title"]),
            terms={
                term["id"]: Term(term["id"], self.text(term["title"]), self.optional_text(term.get("hint")))
                for _, term in terms
            },
            ordered=table.get("ordered", False),
        )

    def medoc(self, facets: Mapping[str, Facet]) -> dict[str, Medoc]:
        tables = list(self.tables(self._document.get("medoc"), ("medoc",)))
        self.unique((keys, table["id"]) for keys, table in tables)
        scope = Scope(
            {
                facet.id: Comparable(Subject(SubjectKind.FACET, facet.id), words=facet.terms, several=True)
                for facet in facets.values()
            }
            | {id_: Comparable(Subject(SubjectKind.FACET, id_), known=False) for id_ in self.unsure}
        )
        medoc = {table["id"]: self._medoc(table, keys, facets, scope) for keys, table in tables}
        self._refuse_circles(medoc, {table["id"]: keys for keys, table in tables})
        return medoc

    def _medoc(self, table: MedocTable, keys: Keys, facets: Mapping[str, Facet], scope: Scope) -> Medoc:
        for facet_id in (KIND, STAGE):
            term, facet = table.get(facet_id), facets.get(facet_id)
            if isinstance(term, str) and facet is None and facet_id != KIND:
                self.unknown_facet(facet_id, (*keys, facet_id), facets, at_key=True)
            elif isinstance(term, str) and facet is not None and term not in facet.terms:
                self.unknown_term(term, facet, (*keys, facet_id))
        suits = self.terms(table.get("for", {}), (*keys, "for"), facets)
        for facet_id in (KIND, STAGE):
            if facet_id in suits and facet_id in table:
                self.report.add(
                    (*keys, "for", facet_id), "B310", gettext("“{key}” is already said.", key=facet_id), at_key=True
                )
        after = table.get("after", [])
        for index, id_ in enumerate(after):
            self.refuse_unknown_medoc(id_, (*keys, "after", index), self._medoc_ids)
        return Medoc(
            id=table["id"],
            kind=table["kind"],
            title=self.text(table["title"]),
            source=table["source"],
            checked=table["checked"],
            stage=table.get("stage"),
            code=table.get("code"),
            summary=self.optional_text(table.get("summary")),
            publisher=table.get("publisher"),
            year=table.get("year"),
            url=table.get("url"),
            language=table.get("language"),
            format=table.get("format"),
            expires=table.get("expires"),
            minutes=table.get("minutes"),
            suits=suits,
            avoid=tuple(
                Caution(
                    read_condition(one["when"], (*here, "when"), scope, self.report), self.optional_text(one.get("why"))
                )
                for here, one in self.tables(table.get("avoid"), (*keys, "avoid"))
            ),
            proven=Proven(**table.get("proven", {})),
            after=tuple(after),
        )

    def _refuse_circles(self, medoc: Mapping[str, Medoc], places: Mapping[str, Keys]) -> None:
        """Report MEDOC that come after one another in a circle, once each circle."""
        done: set[str] = set()
        for start in medoc:
            trail: list[str] = []
            self._follow(start, medoc, trail, done, places)

    def _follow(
        self, start: str, medoc: Mapping[str, Medoc], trail: list[str], done: set[str], places: Mapping[str, Keys]
    ) -> None:
        pending = [(start, iter(medoc[start].after))] if start not in done else []
        trail.extend(id_ for id_, _ in pending)
        while pending:
            id_, befores = pending[-1]
            before = next(befores, None)
            if before is None:
                pending.pop()
                trail.pop()
                done.add(id_)
            elif before in trail:
                circle = trail[trail.index(before) :]
                self.report.add(
                    (*places[circle[0]], "after"),
                    "B308",
                    gettext("“after” goes in a circle: {circle}.", circle=Listing([*circle, circle[0]])),
                )
            elif before in medoc and before not in done:
                pending.append((before, iter(medoc[before].after)))
                trail.append(before)
