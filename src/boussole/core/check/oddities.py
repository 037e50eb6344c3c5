"""What a definition may say, and probably does not mean: nothing in it, addresses of no page, days to come."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from boussole.core.definitions.compass import QuestionType
from boussole.core.definitions.conditions import SubjectKind
from boussole.core.definitions.dependencies import placeable
from boussole.errors import Finding, Severity
from boussole.i18n import either, gettext

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from boussole.core.definitions.catalogue import Catalogue
    from boussole.core.definitions.compass import Compass, Question
    from boussole.errors import Keys
    from boussole.i18n import Message

_WARNING = Severity.WARNING
MOST_POINTS = 1_000_000_000
_SCHEMES = ("http://", "https://")
_PAGE = re.compile(r"https?://[^\s/?#]+\S*")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+-]*):")
_OWN = re.compile(r"[A-Za-z][A-Za-z0-9+-]*:[^/\s]+")
"""A reference of the author's own, `source:002`: of no web, and no slip either."""


def review_compass(compass: Compass) -> Iterator[Finding]:
    """Yield that a compass asks nothing, options alone among options that always are, and points without measure."""
    if not compass.questions:
        what = gettext("this compass asks no question: everybody gets the same list.")
        yield Finding((), "B532", what, gettext("Add a [[question]]."), severity=_WARNING)
    for index, question in enumerate(compass.questions.values()):
        yield from _alone(question, ("question", index))
        for place, option in enumerate(question.options.values()):
            if option.points is not None and question.facet is None:
                yield from _points(option.points, ("question", index, "options", place, "points"))
    for index, rule in enumerate(compass.rules):
        yield from _points(rule.points, ("rule", index, "points"))
    for id_, weight in compass.weighting.weights.items():
        if weight > MOST_POINTS:
            what = gettext("a weight of {weight}: only how weights compare with each other counts.", weight=weight)
            remedy = gettext("Write small numbers, such as 1, 2, 3.")
            yield Finding(("ranking", "weights", id_), "B541", what, remedy, severity=_WARNING)


def review_superseded(compass: Compass, catalogue: Catalogue) -> Iterator[Finding]:
    """Yield the MEDOC of rules that are superseded: left out of every ranking, whatever a rule says."""
    for index, rule in enumerate(compass.rules):
        for place, id_ in enumerate(rule.medoc):
            now = catalogue.medoc[id_].superseded_by
            if now is not None:
                what = gettext("“{id}” is superseded: it is never recommended, whatever a rule says.", id=id_)
                remedy = gettext("Write “{id}” in its place, or take it out.", id=now)
                keys = ("rule", index, "medoc", place)
                yield Finding(keys, "B544", what, remedy, severity=_WARNING, cause=f"superseded {id_}")


def _alone(question: Question, keys: Keys) -> Iterator[Finding]:
    together = [option for option in question.options.values() if not option.alone]
    if question.type is QuestionType.MANY and question.options and not together:
        what = gettext("all its options are “alone”: no two of them can ever be chosen together.")
        yield Finding(keys, "B540", what, gettext("Write: {line}", line='type = "one"'), severity=_WARNING)
    elif question.type is not QuestionType.MANY and len(together) < len(question.options):
        what = gettext("an option of a question of type “{type}” is always alone.", type=question.type.value)
        remedy = gettext("Take “alone” out, or write: {line}", line='type = "many"')
        yield Finding(keys, "B540", what, remedy, severity=_WARNING)


def _points(points: int, keys: Keys) -> Iterator[Finding]:
    if abs(points) > MOST_POINTS:
        what = gettext("{points} points: all else counts for nothing beside them.", points=points)
        remedy = gettext("All the facets together bring 1000 at most: write a number of that size.")
        yield Finding(keys, "B541", what, remedy, severity=_WARNING)


def review_catalogue(catalogue: Catalogue, compasses: Sequence[Compass], today: dt.date) -> Iterator[Finding]:
    """Yield what is empty in a catalogue, its facets that serve nobody, its sources that cannot be looked at."""
    if not catalogue.medoc:
        what = gettext("this catalogue has no MEDOC: nothing can be recommended.")
        yield Finding((), "B532", what, gettext("Add a [[medoc]]."), severity=_WARNING)
    yield from _idle_facets(catalogue, compasses)
    last = max(today + timedelta(days=1), catalogue.dated or today)  # it may be tomorrow already, elsewhere
    for index, medoc in enumerate(catalogue.medoc.values()):
        if medoc.checked > last:
            what = gettext("the source was not checked yet on that day: it is to come.")
            remedy = gettext("Write the day on which somebody looked at it.")
            yield Finding(("medoc", index, "checked"), "B534", what, remedy, severity=_WARNING)
        yield from _address(medoc.source, ("medoc", index, "source"))
        if medoc.url is not None:
            yield from _address(medoc.url, ("medoc", index, "url"))


def _idle_facets(catalogue: Catalogue, compasses: Sequence[Compass]) -> Iterator[Finding]:
    """Yield the facets that neither a MEDOC nor one of the compasses speaks of; nothing is known without a compass."""
    if not compasses:
        return
    used = {facet for medoc in catalogue.medoc.values() for facet in medoc.suits} | {"kind", "stage"}
    for compass in compasses:
        conditions = [*(rule.when for rule in compass.rules), *(place.when for place in compass.placements)]
        conditions += [one.when for one in (*compass.questions.values(), *compass.sections.values())]
        looked_at = {one.id for when in conditions for one in when.subjects() if one.kind is SubjectKind.FACET}
        used |= placeable(compass) | compass.weighting.weights.keys() | compass.weighting.require | looked_at
    for index, facet in enumerate(catalogue.facets):
        if facet not in used:
            what = gettext("no question and no MEDOC is about this facet.")
            remedy = gettext("Say of some MEDOC, in “for”, whom they suit there; or take the facet out.")
            yield Finding(("facet", index), "B542", what, remedy, severity=Severity.NOTE)


def _address(written: str, keys: Keys) -> Iterator[Finding]:
    if _PAGE.fullmatch(written):
        return
    if _OWN.fullmatch(written):
        what = gettext("“{word}” is no web address: nobody can look at it from here.", word=written)
        yield Finding(keys, "B535", what, gettext("Give its public page, if it has one."), severity=Severity.NOTE)
        return
    what = gettext("“{word}” is no web address.", word=written)
    scheme = _SCHEME.match(written)
    yield Finding(keys, "B535", what, _mended(written, scheme[1] if scheme else None), severity=_WARNING)


def _mended(written: str, scheme: str | None) -> Message:
    """Return how an address should be written."""
    if scheme is not None and scheme.lower() not in {"http", "https"}:
        return gettext("“{scheme}” is not of the web: write {words}.", scheme=scheme, words=either(_SCHEMES))
    if scheme is None and re.fullmatch(r"[\w-]+(\.[\w-]+)+(/\S*)?", written):
        return gettext("Write: {line}", line=f"https://{written}")
    return gettext("Write it whole, without spaces: {line}", line="https://www.example.org/page")
