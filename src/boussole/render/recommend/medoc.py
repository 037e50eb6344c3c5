"""One MEDOC whole, as lines of text: what it is, for whom, when not, what comes before, where it was checked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from boussole.core.definitions.catalogue import STAGE
from boussole.core.definitions.condition_words import describe_caution
from boussole.escape import json_document, plain_paragraphs, plain_text
from boussole.i18n import Listing, gettext
from boussole.render.wording import (
    day,
    duration,
    expiry_note,
    kind_title,
    language_note,
    next_address,
    origin_note,
    source_note,
)

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from boussole.core.definitions.catalogue import Catalogue, Medoc
    from boussole.i18n import Localised


def medoc_lines(medoc: Medoc, catalogue: Catalogue, language: str, today: dt.date) -> list[str]:
    """Return all that is said of a MEDOC, a line each; the first is its title."""
    lines = [_code(medoc) + plain_text(medoc.title.in_(language)), *_facts(medoc, catalogue, language, today)]
    lines += [*_replaced(medoc, catalogue, language), ""]
    for paragraph in plain_paragraphs(medoc.summary.in_(language)) if medoc.summary else []:
        lines += [*paragraph.split("\n"), ""]
    for title, items in _parts(medoc, catalogue):
        lines.append(f"{title.in_(language)}")
        lines += [f"  - {plain_text(item.in_(language))}" for item in items]
    lines += ["", *_origin(medoc, catalogue, language)]
    return lines


def medoc_json(medoc: Medoc, catalogue: Catalogue, language: str) -> str:
    """Return all that the catalogue says of a MEDOC as one JSON object; keys that have no value are null or empty."""
    return json_document(medoc_document(medoc, catalogue, language))


def medoc_document(medoc: Medoc, catalogue: Catalogue, language: str) -> dict[str, Any]:
    """Return the same as a dictionary for JSON."""
    return {
        "id": medoc.id,
        "kind": medoc.kind,
        "stage": medoc.stage,
        "title": medoc.title.in_(language),
        "code": medoc.code,
        "summary": None if medoc.summary is None else medoc.summary.in_(language),
        "publisher": medoc.publisher,
        "year": medoc.year,
        "url": medoc.url,
        "language": medoc.language,
        "format": medoc.format,
        "source": medoc.source,
        "checked": medoc.checked.isoformat(),
        "expires": None if medoc.expires is None else medoc.expires.isoformat(),
        "minutes": medoc.minutes,
        "reference": medoc.reference,
        "for": {
            facet: [term for term in catalogue.facets[facet].terms if term in terms]
            for facet, terms in medoc.suits.items()
        },
        "avoid": [describe_caution(caution, catalogue).in_(language) for caution in medoc.avoid],
        "proven": dict(medoc.proven._asdict()),
        "after": list(medoc.after),
        "words": [word.in_(language) for word in medoc.words],
        "added": None if medoc.added is None else medoc.added.isoformat(),
        "changed": None if medoc.changed is None else medoc.changed.isoformat(),
        "superseded_by": medoc.superseded_by,
        "catalogue": catalogue.origin(medoc.id),
    }


def _code(medoc: Medoc) -> str:
    return f"{plain_text(medoc.code)} · " if medoc.code else ""


def _facts(medoc: Medoc, catalogue: Catalogue, language: str, today: dt.date) -> list[str]:
    stage = catalogue.facets[STAGE].terms[medoc.stage].title if medoc.stage else None
    sentences: list[Localised | None] = [
        kind_title(medoc, catalogue),
        stage,
        None if medoc.minutes is None else duration(medoc.minutes),
        language_note(medoc, catalogue),
        expiry_note(medoc, today),
    ]
    plain = [medoc.format, medoc.publisher, None if medoc.year is None else str(medoc.year)]
    facts = [plain_text(text.in_(language)) for text in sentences if text is not None]
    facts += [plain_text(text) for text in plain if text]
    return [medoc.id, " · ".join(facts)]


def _replaced(medoc: Medoc, catalogue: Catalogue, language: str) -> Iterator[str]:
    """Yield what replaces it, by its title and its id, if anything does."""
    if medoc.superseded_by is not None:
        other = catalogue.medoc.get(medoc.superseded_by)
        title: Localised | str = medoc.superseded_by if other is None else other.title
        replaced = gettext("Replaced by “{title}”: {id}", title=title, id=medoc.superseded_by)
        yield plain_text(replaced.in_(language))


def _parts(medoc: Medoc, catalogue: Catalogue) -> Iterator[tuple[Localised, list[Localised]]]:
    indications: list[Localised] = [
        gettext(
            "{facet}: {terms}",
            facet=facet.title,
            terms=Listing([facet.terms[term].title for term in facet.terms if term in medoc.suits[facet.id]]),
        )
        for facet in catalogue.facets.values()
        if facet.id in medoc.suits
    ]
    yield gettext("Made for"), indications or [gettext("everybody")]
    if medoc.avoid:
        yield gettext("To be avoided when"), [describe_caution(caution, catalogue) for caution in medoc.avoid]
    if medoc.after:
        yield gettext("Comes after"), [catalogue.medoc[id_].title for id_ in medoc.after]
    if medoc.proven.total:
        proven = medoc.proven
        yield (
            gettext("Proven by practice"),
            [
                gettext("efficacy (it works): {level}", level=_level(proven.efficacy)),
                gettext("feasibility (it can be done): {level}", level=_level(proven.feasibility)),
                gettext("safety (it does no harm): {level}", level=_level(proven.safety)),
            ],
        )


def _level(documented: int) -> Localised:
    return gettext("{level} out of 3", level=documented) if documented else gettext("not documented yet")


def _origin(medoc: Medoc, catalogue: Catalogue, language: str) -> list[str]:
    lines = [plain_text(medoc.url)] if medoc.url else []
    origin = origin_note(medoc, catalogue)
    if origin is not None:
        lines.append(plain_text(origin.in_(language)))
    source = (
        gettext("Source checked on {day}: {source}", day=day(medoc.checked), source=medoc.source)
        if source_note(medoc) is None or next_address(medoc) is None
        else gettext("Seen at {source} (checked on {day})", day=day(medoc.checked), source=medoc.source)
    )
    return [*lines, plain_text(source.in_(language))]
