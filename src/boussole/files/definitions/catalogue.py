"""A catalogue file in: `medoc.toml` → `Catalogue`, or every problem it has; laid over the one that it extends."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from boussole.core.definitions.catalogue import KIND, STAGE, Catalogue, Caution, Gone, Medoc, Proven
from boussole.core.definitions.conditions import Subject, SubjectKind
from boussole.files.definitions.conditions import Comparable, Scope, read_condition
from boussole.files.definitions.facets import FacetReader
from boussole.files.definitions.layers import lay_over
from boussole.files.definitions.ordering import refuse_medoc_circles
from boussole.files.definitions.reader import Reader, digest, ids_of
from boussole.files.definitions.renames import names_of_catalogue, read_renamed
from boussole.files.toml.parsing import parse, read_bytes
from boussole.files.toml.report import Report
from boussole.files.toml.tables import CatalogueFile
from boussole.files.toml.validation import refuse_format, validate
from boussole.fuzzy import suggest
from boussole.i18n import gettext
from boussole.limits.table import CATALOGUE_BYTES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from boussole.core.definitions.catalogue import Facet
    from boussole.errors import Keys
    from boussole.files.toml.tables import MedocTable

    FindBase = Callable[[str], Catalogue]
    """Raises LookupError, with the ids of the catalogues that there are, where there is none of the id."""

_UNORDERED = frozenset({"facet", "medoc"})
_NO_MEANING = ("checked", "added", "changed")
"""Keys of a MEDOC that say when somebody looked, not what it is: no part of the digest."""


def load_catalogue(path: str | Path, find_base: FindBase | None = None) -> Catalogue:
    """Return the catalogue written in the file `path` (format 1), with the one it extends, found by `find_base`.

    Raises:
        DefinitionError: with every problem of the file.
        BoussoleError: when it, or the catalogue it extends, cannot be read.

    """
    path = Path(path)
    return read_catalogue(read_bytes(path, CATALOGUE_BYTES), str(path), find_base)


def read_catalogue(content: bytes, file: str, find_base: FindBase | None = None) -> Catalogue:
    """Return the catalogue whose file has `content`; `file` is the name shown in problems.

    `find_base` returns the catalogue of an id that this one may extend; without it, none can be extended.

    Raises:
        DefinitionError: with every problem of the file.
        BoussoleError: when the catalogue it extends cannot be read.

    """
    catalogue, report = built_catalogue(parse(content, file), file, find_base)
    if catalogue is None or report:
        raise report.error(content)
    return catalogue


def built_catalogue(
    document: dict[str, Any], file: str, find_base: FindBase | None = None
) -> tuple[Catalogue | None, Report]:
    """Return the catalogue of a document, out of which what is malformed is taken, or None; and what is wrong with it.

    Raises:
        BoussoleError: when the catalogue it extends cannot be read.

    """
    report = Report(document, file)
    if refuse_format(document, report):
        return None, report
    meaning = digest(_meaning(document), _UNORDERED)
    medoc_ids = ids_of(document.get("medoc"))
    names = names_of_catalogue(document)
    validate(CatalogueFile, document, report)
    medoc_ids |= ids_of(document.get("medoc"))  # what is misspelt is read as it is meant from here on
    names += names_of_catalogue(document) if report.written else []
    base = _base(document, report, find_base)
    if base is None and "extends" in document:  # without the facets and MEDOC it has, the rest cannot be judged
        return None, report
    builder = _Builder(cast("CatalogueFile", document), report, medoc_ids | (base.medoc.keys() if base else set()))
    facets = builder.facets(base)
    medoc = builder.medoc(facets)
    gone = builder.gone(medoc)
    if base is not None:
        names = [*names, set(base.medoc), *(set(facet.terms) for facet in base.facets.values())]
    renamed = read_renamed(document, names, report)
    if report.wrong or not document.keys() >= CatalogueFile.__required_keys__:
        return None, report
    header = cast("CatalogueFile", document)
    catalogue = Catalogue(
        id=header["id"],
        version=header["version"],
        language=header["language"],
        title=builder.text(header["title"]),
        facets=facets,
        medoc=medoc,
        licence=header.get("licence"),
        digest=meaning,
        renamed=renamed,
        dated=header.get("dated"),
        gone=gone,
    )
    return catalogue if base is None else lay_over(base, catalogue), report


def _facets_of(tables: Iterable[Mapping[str, Any] | None]) -> Iterator[str]:
    """Yield the facets that MEDOC refer to in `for`, and in the conditions of `avoid`."""
    for table in filter(None, tables):
        yield from table.get("for", {})
        for caution in filter(None, table.get("avoid", [])):
            yield from caution.get("when", {})


def _meaning(document: dict[str, Any]) -> dict[str, Any]:
    """Return what the digest of a catalogue stands for: not the days on which somebody looked, nor what left."""
    told = {key: value for key, value in document.items() if key != "gone"}
    if isinstance(medoc := document.get("medoc"), list):
        told["medoc"] = [
            {key: value for key, value in one.items() if key not in _NO_MEANING} if isinstance(one, dict) else one
            for one in medoc
        ]
    return told


def _base(document: dict[str, Any], report: Report, find_base: FindBase | None) -> Catalogue | None:
    """Return the catalogue that this one extends, if it does."""
    asked = document.get("extends")
    if not isinstance(asked, str) or report.told((), ["extends"]):
        return None
    if "facet" in document:
        what = gettext("a catalogue that extends another one has its facets, and no others.")
        report.add(("facet",), "B319", what, gettext("Take either “extends” or the facets out."), at_key=True)
    if find_base is None:
        report.add(("extends",), "B318", gettext("the catalogue “{id}” is not in reach here.", id=asked))
        return None
    try:
        return find_base(asked)
    except LookupError as error:
        what = gettext("there is no catalogue “{id}” further on to extend.", id=asked)
        remedy = gettext("Put it in a folder that comes later, or extend another one.")
        report.add(("extends",), "B318", what, suggest(asked, error.args) or remedy)
        return None


class _Builder(Reader):
    """Builds the facets, then the MEDOC, of one file."""

    def __init__(self, document: CatalogueFile, report: Report, medoc_ids: set[str]) -> None:
        super().__init__(document, report)
        self._document = document
        self._medoc_ids = medoc_ids
        self._computed: list[Facet] = []

    def facets(self, base: Catalogue | None) -> Mapping[str, Facet]:
        if base is not None:
            self.unsure |= ids_of(self._document.get("facet"))  # which should not be there
            return base.facets
        tables = list(self.tables(self._document.get("facet"), ("facet",)))
        self.unique((keys, table["id"]) for keys, table in tables)
        reader = FacetReader(self)
        facets = {table["id"]: reader.read(table, keys) for keys, table in tables}
        broken = {keys[1] for keys in self.report.broken if keys[:1] == ("facet",) and len(keys) > 1}
        given = cast("list[object]", self._document.get("facet", []))
        self.unsure |= ids_of([table for index, table in enumerate(given) if index in broken])
        if not given:  # what needs one is told once
            self.unsure |= {STAGE, *_facets_of(self._document.get("medoc", []))}
        if KIND not in ids_of(self._document.get("facet")) and self._document:
            remedy = gettext("Give this id to the facet of kinds, of which every MEDOC has one.")
            self.report.add((), "B103", gettext("the facet “{id}” is missing.", id=KIND), remedy)
        return facets

    def medoc(self, facets: Mapping[str, Facet]) -> dict[str, Medoc]:
        tables = list(self.tables(self._document.get("medoc"), ("medoc",)))
        self.unique((keys, table["id"]) for keys, table in tables)
        scope = Scope(
            {
                facet.id: Comparable(Subject(SubjectKind.FACET, facet.id), words=facet.terms, several=True)
                for facet in facets.values()
            }
            | {id_: Comparable(Subject(SubjectKind.FACET, id_), known=False) for id_ in self.unsure},
            self.renamed,
        )
        self._computed = [facet for facet in facets.values() if facet.computed is not None]
        medoc = {table["id"]: self._medoc(table, keys, facets, scope) for keys, table in tables}
        places = {table["id"]: keys for keys, table in tables}
        superseded_by = {id_: tuple(filter(None, (one.superseded_by,))) for id_, one in medoc.items()}
        refuse_medoc_circles({id_: one.after for id_, one in medoc.items()}, places, "after", self.report)
        refuse_medoc_circles(superseded_by, places, "superseded_by", self.report)
        return medoc

    def gone(self, medoc: Mapping[str, Medoc]) -> tuple[Gone, ...]:
        tables = list(self.tables(self._document.get("gone"), ("gone",)))
        self.unique((keys, table["id"]) for keys, table in tables)
        known = self._medoc_ids | {table["id"] for _, table in tables}
        for keys, table in tables:
            if table["id"] in medoc:
                what = gettext("“{id}” is among the MEDOC: it is not gone.", id=table["id"])
                self.report.add((*keys, "id"), "B317", what)
            for index, id_ in enumerate(table.get("instead", [])):
                self.refuse_unknown_medoc(id_, (*keys, "instead", index), known)
        return tuple(
            Gone(
                id=table["id"],
                on=table["on"],
                title=self.optional_text(table.get("title")),
                why=self.optional_text(table.get("why")),
                instead=tuple(table.get("instead", [])),
            )
            for _, table in tables
        )

    def _medoc(self, table: MedocTable, keys: Keys, facets: Mapping[str, Facet], scope: Scope) -> Medoc:
        suits = self._suits(table, keys, facets)
        for facet_id in (KIND, STAGE):
            term, facet = table.get(facet_id), facets.get(facet_id)
            if isinstance(term, str) and facet is None and facet_id != KIND:
                self.unknown_facet(facet_id, (*keys, facet_id), facets, at_key=True)
            elif isinstance(term, str) and facet is not None and term not in facet.terms:
                self.unknown_term(term, facet, (*keys, facet_id))
            if facet_id in suits and facet_id in table:
                what = gettext("“{key}” is already said.", key=facet_id)
                self.report.add((*keys, "for", facet_id), "B310", what, at_key=True)
        after = table.get("after", [])
        for index, id_ in enumerate(after):
            self.refuse_unknown_medoc(id_, (*keys, "after", index), self._medoc_ids)
        superseded_by = table.get("superseded_by")
        self.refuse_unknown_medoc(superseded_by, (*keys, "superseded_by"), self._medoc_ids)
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
            reference=table.get("reference", 0),
            words=tuple(self.text(word) for word in table.get("words", ())),
            added=table.get("added"),
            changed=table.get("changed"),
            superseded_by=superseded_by,
        )

    def _suits(self, table: MedocTable, keys: Keys, facets: Mapping[str, Facet]) -> dict[str, frozenset[str]]:
        """Return the terms that a MEDOC is made for, by facet; those of computed facets are found, not declared."""
        suits = self.terms(table.get("for", {}), (*keys, "for"), facets)
        for facet in self._computed:
            if facet.id in suits:
                what = gettext("the facet “{id}” is computed: nobody declares it.", id=facet.id)
                self.report.add((*keys, "for", facet.id), "B316", what, gettext("Take it out of here."), at_key=True)
            minutes = table.get("minutes")
            term = None if minutes is None else facet.term_upto(minutes)
            if term is not None:
                suits[facet.id] = frozenset((term,))
        return suits
