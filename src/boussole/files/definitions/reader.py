"""What the builders of both definition files share: texts, terms, ids, the header, the digest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from boussole.core.definitions.text import Text
from boussole.empty import EMPTY
from boussole.files.toml.references import absent, meant, renames_of
from boussole.fuzzy import suggest
from boussole.i18n import either, gettext, written_day

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from boussole.core.definitions.catalogue import Facet, Gone
    from boussole.errors import Keys
    from boussole.files.toml.report import Report
    from boussole.files.toml.tables import Terms, TextValue


_T = TypeVar("_T")


class Reader:
    """Turns the values of one document, in its language, into core objects, reporting what cannot be."""

    def __init__(self, document: Mapping[str, Any], report: Report, renamed: Mapping[str, str] = EMPTY) -> None:
        """Read the language of the file; `renamed` leads from the words of former versions to those of this one."""
        self.report = report
        self.renamed = {**renamed, **renames_of(document)}
        self.unsure: set[str] = set()
        """Facets that are declared wrongly: what refers to them, or to their terms, is not judged."""
        language = document.get("language")
        self.language = language if isinstance(language, str) else ""

    def text(self, raw: TextValue) -> Text:
        """Return a text, written as a string or as a table by language."""
        return Text({self.language: raw} if isinstance(raw, str) else raw, self.language)

    def optional_text(self, raw: TextValue | None) -> Text | None:
        """Return a text, or None where there is none."""
        return None if raw is None else self.text(raw)

    def tables(self, raw: Sequence[_T] | None, keys: Keys) -> Iterator[tuple[Keys, _T]]:
        """Yield the tables of a list that have all that is required, each with its keys."""
        for index, table in enumerate(raw or ()):
            here = (*keys, index)
            if here not in self.report.broken:
                yield here, table

    def unique(self, ids: Iterable[tuple[Keys, str]], seen: set[str] | None = None) -> None:
        """Report each id that stands a second time."""
        seen = set() if seen is None else seen
        for keys, id_ in ids:
            if id_ in seen:
                self.report.add((*keys, "id"), "B105", gettext("the id “{id}” is already taken.", id=id_))
            seen.add(id_)

    def terms(self, raw: Terms, keys: Keys, facets: Mapping[str, Facet]) -> dict[str, frozenset[str]]:
        """Return terms by facet; a single term may be written without brackets."""
        found: dict[str, frozenset[str]] = {}
        for name, value in raw.items():
            here = (*keys, name)
            facet = facets.get(name)
            if facet is None:
                self.unknown_facet(name, here, facets, at_key=True)
                continue
            words = [value] if isinstance(value, str) else value
            known = frozenset(words)
            if words and known <= facet.terms.keys():  # most often: nothing to report
                found[name] = known
                continue
            for index, word in enumerate(words):
                if word is not None and word not in facet.terms:
                    self.unknown_term(word, facet, here if isinstance(value, str) else (*here, index))
            if not words:
                self.report.add(here, "B107", gettext("it is empty."))
            found[name] = frozenset(word for word in words if word in facet.terms)
        return found

    def unknown_facet(self, name: str, keys: Keys, facets: Iterable[str], *, at_key: bool = False) -> None:
        """Report the name of a facet that the catalogue does not have."""
        if name not in self.unsure:
            what = gettext("there is no facet “{name}”.", name=name)
            self.report.add(keys, "B201", what, suggest(name, facets), at_key=at_key, cause=absent(name))

    def unknown_term(self, word: str, facet: Facet, keys: Keys) -> None:
        """Report a term that the facet does not have."""
        if facet.id not in self.unsure:
            what = gettext("facet “{key}” has no term “{word}”.", key=facet.id, word=word)
            self.report.add(keys, "B202", what, meant(word, facet.terms, self.renamed), cause=f"{facet.id} = {word}")

    def refuse_unknown_medoc(
        self, id_: str | None, keys: Keys, known: Collection[str], gone: Iterable[Gone] = ()
    ) -> None:
        """Report the id of a MEDOC, where there is one, that the catalogue does not have, or has no more."""
        if id_ is None or id_ in known:
            return
        what, remedy = gettext("there is no MEDOC “{id}”.", id=id_), meant(id_, known, self.renamed)
        for one in gone:
            if one.id == id_:
                what = gettext("the MEDOC “{id}” left the catalogue on {day}.", id=id_, day=written_day(one.on))
                now = [other for other in one.instead if other in known]
                remedy = (
                    gettext("Write {ids} in its place.", ids=either(now)) if now else gettext("Take it out of here.")
                )
        self.report.add(keys, "B206", what, remedy, cause=f"medoc = {id_}")

    def unknown_question(self, id_: str, keys: Keys, known: Iterable[str]) -> None:
        """Report a key that is the id of no question of the compass."""
        what = gettext("there is no question “{id}”.", id=id_)
        self.report.add(keys, "B205", what, meant(id_, known, self.renamed), at_key=True, cause=absent(id_))

    def unknown_axis(self, id_: str, keys: Keys, known: Iterable[str]) -> None:
        """Report a key that is the id of no axis of the compass."""
        what = gettext("there is no axis “{id}”.", id=id_)
        self.report.add(keys, "B205", what, suggest(id_, known), at_key=True, cause=absent(id_))


def ids_of(raw: object) -> set[str]:
    """Return every id written in a list of tables, well formed or not: what may be referred to."""
    tables = raw if isinstance(raw, list) else []
    return {table["id"] for table in tables if isinstance(table, dict) and isinstance(table.get("id"), str)}


def digest(document: Mapping[str, Any], unordered: frozenset[str]) -> str:
    """Return `sha256:…` of what a document means: not its layout, comments or key order.

    `unordered` names the top-level lists whose order means nothing.
    """
    import hashlib

    import orjson

    def canonical(value: object) -> bytes:
        return orjson.dumps(value, str, orjson.OPT_SORT_KEYS | orjson.OPT_PASSTHROUGH_DATETIME)

    meaning = {
        key: sorted(canonical(one).decode() for one in value) if key in unordered and isinstance(value, list) else value
        for key, value in document.items()
    }
    return f"sha256:{hashlib.sha256(canonical(meaning)).hexdigest()}"
