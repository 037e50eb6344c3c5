"""Why a MEDOC has its score, in points that add up to it exactly; why another is left out."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from boussole.core.definitions.catalogue import KIND, PROVEN, RECENT, STAGE
from boussole.core.definitions.condition_words import Names, describe
from boussole.core.fits import FULL, MOST_PROVEN, pseudo_fit
from boussole.i18n import Listing, Localised, gettext

if TYPE_CHECKING:
    from collections.abc import Iterable

    from boussole.core.definitions.catalogue import Facet, Medoc
    from boussole.core.definitions.compass import Rule
    from boussole.core.fits import Context
    from boussole.core.ranking import LeftOut, Recommendation


class Reason(NamedTuple):
    """What one facet (or pseudo-facet), or one rule (`facet` is None), brings to a score: `points` out of it."""

    points: int
    text: Localised
    facet: str | None = None
    weight: int = 0
    fit: int = 0


class ExclusionReason(NamedTuple):
    """One reason to leave a MEDOC out; `kind`: `require` (on `facet`), `avoid`, `rule`, `superseded` (by `medoc`)."""

    kind: str
    text: Localised
    facet: str | None = None
    medoc: str | None = None


def reasons_of(item: Recommendation) -> tuple[Reason, ...]:
    """Return the reasons of a recommendation: by facet id, then pseudo-facets, then rules, most points first."""
    context, medoc = item.context, item.medoc
    entries = [
        (facet.id, weight, fit, _fit_in_words(medoc, facet, context, fit))
        for (facet, weight), fit in zip(context.scales, item.fits, strict=True)
    ]
    entries += [
        (id_, weight, pseudo_fit(id_, medoc, context.catalogue), _pseudo_in_words(id_, medoc))
        for id_, weight in context.pseudo
    ]
    shares = share_out({id_: weight * fit for id_, weight, fit, _ in entries}, context.weight)
    by_facet = [Reason(shares[id_], text, id_, weight, fit) for id_, weight, fit, text in entries]
    by_rule = [Reason(rule.points, _why(rule, context)) for rule in item.rules]
    by_rule.sort(key=lambda reason: (-reason.points, str(reason.text)))
    return (*by_facet, *by_rule)


def in_short(item: Recommendation, most: int = 3) -> tuple[Localised, ...]:
    """Return why in a few words: what it is made for that the person is, and the rules in its favour."""
    context = item.context
    by_weight = sorted(
        zip(context.scales, item.fits, strict=True), key=lambda entry: (-entry[0][1] * entry[1], entry[0][0].id)
    )
    made_for = [
        facet.terms[term].title
        for (facet, _), _ in by_weight
        for term in sorted(item.medoc.terms_on(facet.id) & context.situation.terms[facet.id])
    ]
    in_favour = sorted(
        ((-rule.points, str(rule.why), rule.why) for rule in item.rules if rule.points > 0 and rule.why is not None),
        key=lambda entry: entry[:2],
    )
    rules = [why for _, _, why in in_favour]
    if rules or made_for:
        return tuple([*rules, *made_for][:most])
    others = [
        gettext("made for others ({terms})", terms=_titles(facet, made_for_others))
        for (facet, _), _ in by_weight
        if (made_for_others := item.medoc.terms_on(facet.id))
    ]
    return tuple(others[:1]) or _declared(item)


def _declared(item: Recommendation) -> tuple[Localised, ...]:
    """Return whom a MEDOC is made for where nothing places the person; only one that says nothing suits all."""
    context = item.context
    weights = context.compass.weighting.weights
    for facet in sorted(context.catalogue.facets.values(), key=lambda one: (-weights.get(one.id, 0), one.id)):
        terms = item.medoc.terms_on(facet.id)
        if terms and facet.id not in {KIND, STAGE}:  # every MEDOC has these
            return (gettext("made for {terms}", terms=_titles(facet, terms)),)
    return (gettext("suits all"),)


def share_out(parts: dict[str, int], divisor: int) -> dict[str, int]:
    """Return whole numbers close to each part/divisor that add up to floor(Σ parts / divisor).

    By the largest remainder; ties go to the first id in alphabetical order.
    """
    if divisor == 0:
        return dict.fromkeys(parts, 0)
    shares = {id_: part // divisor for id_, part in parts.items()}
    left = sum(parts.values()) // divisor - sum(shares.values())
    for id_ in sorted(parts, key=lambda id_: (-(parts[id_] % divisor), id_))[:left]:
        shares[id_] += 1
    return shares


def exclusion_reasons(out: LeftOut) -> tuple[ExclusionReason, ...]:
    """Return every reason why a MEDOC is left out: required facets, contraindications, rules, what replaces it."""
    context = out.context
    missed = [ExclusionReason("require", _fit_in_words(out.medoc, facet, context, 0), facet.id) for facet in out.facets]
    cautions = [
        ExclusionReason("avoid", caution.why or describe(caution.when, _names(context))) for caution in out.cautions
    ]
    rules = sorted(
        ((not rule.exclude, ExclusionReason("rule", _why_not(rule, context))) for rule in out.rules),
        key=lambda entry: (entry[0], str(entry[1].text)),
    )
    superseded = () if out.medoc.superseded_by is None else (_superseded(out.medoc.superseded_by, context),)
    return (*missed, *cautions, *(reason for _, reason in rules), *superseded)


def _superseded(by: str, context: Context) -> ExclusionReason:
    other = context.catalogue.medoc.get(by)
    text = gettext("Replaced by “{title}”", title=by if other is None else other.title)
    return ExclusionReason("superseded", text, medoc=by)


def _fit_in_words(medoc: Medoc, facet: Facet, context: Context, fit: int) -> Localised:
    here = context.situation.terms[facet.id]
    made_for = medoc.terms_on(facet.id)
    if not made_for:
        return gettext("{facet}: suits all", facet=facet.title)
    if facet.at_most:
        return _amount_in_words(facet, here, made_for)
    common, missing = made_for & here, here - made_for
    if common and missing:
        return gettext(
            "{facet}: made for {terms}, not for {others}",
            facet=facet.title,
            terms=_titles(facet, common),
            others=_titles(facet, missing),
        )
    if common:
        return gettext("{facet}: made for {terms}", facet=facet.title, terms=_titles(facet, common))
    if facet.ordered and fit >= FULL // 2:
        return gettext("{facet}: made for {terms}, close to you", facet=facet.title, terms=_titles(facet, made_for))
    return gettext("{facet}: made for others ({terms})", facet=facet.title, terms=_titles(facet, made_for))


def _amount_in_words(facet: Facet, here: frozenset[str], made_for: frozenset[str]) -> Localised:
    """Say how what a MEDOC takes compares with what the person has, on a facet where less is as good."""
    places = facet.places()
    least, most = min(places[term] for term in made_for), max(places[term] for term in here)
    terms = _titles(facet, made_for)
    if made_for & here:
        return gettext("{facet}: {terms}, like you", facet=facet.title, terms=terms)
    if least < most:
        return gettext("{facet}: {terms}, within what you have", facet=facet.title, terms=terms)
    return gettext("{facet}: {terms}, more than you have", facet=facet.title, terms=terms)


def _titles(facet: Facet, terms: Iterable[str]) -> Listing:
    """Return the titles of `terms` in an order that does not depend on the file for an unordered facet."""
    places = facet.places()
    return Listing([facet.terms[term].title for term in sorted(terms, key=places.get if facet.ordered else None)])  # type: ignore[arg-type]


def _pseudo_in_words(pseudo: str, medoc: Medoc) -> Localised:
    if pseudo == PROVEN:
        return _proven_in_words(medoc)
    if pseudo == RECENT:
        return gettext("Without a date") if medoc.year is None else gettext("From {year}", year=medoc.year)
    return _REFERENCE[medoc.reference]


_REFERENCE = (
    gettext("Not a usual reference"),
    gettext("A useful reference"),
    gettext("A well-known reference"),
    gettext("A first reference"),
)


def _proven_in_words(medoc: Medoc) -> Localised:
    if medoc.proven.total == 0:
        return gettext("Proven by practice: not documented yet")
    return gettext("Proven by practice: {total} out of {most}", total=medoc.proven.total, most=MOST_PROVEN)


def _names(context: Context) -> Names:
    return Names(context.catalogue.facets, context.compass.questions, context.compass.axes)


def _why(rule: Rule, context: Context) -> Localised:
    return rule.why or gettext("Your answers: {condition}", condition=describe(rule.when, _names(context)))


def _why_not(rule: Rule, context: Context) -> Localised:
    if rule.exclude:
        return _why(rule, context)
    return gettext("Kept for another case: {condition}", condition=describe(rule.when, _names(context)))
