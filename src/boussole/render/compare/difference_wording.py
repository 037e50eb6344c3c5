"""What differs between two results in words: each difference is a clause that « because » can stand before."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple

from boussole.core.answers.accepting import read
from boussole.core.answers.remedies import RefusedError
from boussole.core.compare.differences import OF_ONE, Part
from boussole.core.definitions.catalogue import PROVEN, RECENT, REFERENCE
from boussole.core.definitions.condition_words import Names, describe
from boussole.i18n import Listing, gettext, ngettext, quoted
from boussole.render.wording import Plain, answer_text

if TYPE_CHECKING:
    from boussole.core.compare.differences import Difference
    from boussole.core.definitions.compass import Rule
    from boussole.core.fits import Context
    from boussole.i18n import Localised, Message


class Both(NamedTuple):
    """The two sides of a comparison, where the titles of things are found."""

    before: Context
    after: Context

    def title(self, medoc: str) -> Localised:
        """Return the title of a MEDOC."""
        after, before = self.after.catalogue.medoc, self.before.catalogue.medoc
        return (after.get(medoc) or before[medoc]).title

    def facet(self, id_: str) -> Localised:
        """Return the title of a facet."""
        after, before = self.after.catalogue.facets, self.before.catalogue.facets
        return (after.get(id_) or before[id_]).title

    def has_facet(self, id_: str) -> bool:
        """Tell whether either catalogue has a facet."""
        return any(id_ in context.catalogue.facets for context in (self.before, self.after))


_PSEUDO = {
    PROVEN: gettext("what practice has proven"),
    RECENT: gettext("how recent it is"),
    REFERENCE: gettext("how far it is a first reference"),
}


def difference_text(one: Difference, both: Both) -> Localised:
    """Return what differs, as a clause."""
    if one.part is Part.ANSWER:
        return _answer(one, both)
    if one.part in {Part.WEIGHT, Part.REQUIRE, Part.GENERIC, Part.ORDER}:
        return _weighting(one, both)
    if one.part is Part.DATED:
        days = (gettext("unknown") if value is None else value.isoformat() for value in (one.before, one.after))
        return _goes(gettext("the day that the catalogue speaks for"), *days)
    if one.part in OF_ONE:
        return _of_medoc(one, both)
    return _of_compass(one, both)


def terms_text(facet: str, terms: frozenset[str] | None, context: Context, without: Localised) -> Localised:
    """Return the titles of terms, or `without` where there are none."""
    if not terms:
        return without
    known = context.catalogue.facets[facet].terms
    return Listing([known[id_].title for id_ in known if id_ in terms])


def _answer(one: Difference, both: Both) -> Localised:
    ask = quoted(both.after.compass.questions[one.id].ask)
    if one.before is None:
        return gettext("{question} is now answered: {answer}", question=ask, answer=_value(one, one.after, both))
    if one.after is None:
        return gettext("{question} has no answer any more", question=ask)
    return _goes(ask, *(_value(one, value, both) for value in (one.before, one.after)))


def _value(one: Difference, value: Any, both: Both) -> Message:  # noqa: ANN401 - any answer
    """Return an answer in the words of the side that knows it."""
    for context in (both.after, both.before):
        question = context.compass.questions.get(one.id)
        if question is not None:
            with suppress(RefusedError):
                return quoted(answer_text(question, read(question, value)))
    return quoted(value)


def _weighting(one: Difference, both: Both) -> Localised:
    if one.part is Part.ORDER:
        return gettext("the order of the questions changes")
    if one.part is Part.GENERIC:
        return _goes(gettext("the fit of what suits all"), one.before, one.after)
    if one.part is Part.WEIGHT:
        thing = _PSEUDO[one.id] if one.id in _PSEUDO and not both.has_facet(one.id) else quoted(both.facet(one.id))
        return _goes(gettext("the weight of {thing}", thing=thing), one.before or 0, one.after or 0)
    facet = quoted(both.facet(one.id))
    if one.after:
        return gettext("{facet} is required now", facet=facet)
    return gettext("{facet} is not required any more", facet=facet)


def _of_medoc(one: Difference, both: Both) -> Localised:
    title = quoted(both.title(one.id))
    if one.part is Part.TAGS:
        all_ = gettext("suits all")
        sides = ((one.before, both.before), (one.after, both.after))
        terms = (quoted(terms_text(one.of, some, context, all_)) for some, context in sides)
        return _goes(gettext("{title} ({facet})", title=title, facet=both.facet(one.of)), *terms)
    if one.part is Part.PROVEN:
        return _goes(gettext("what is proven of {title}", title=title), one.before.total, one.after.total)
    if one.part is Part.AVOID:
        return gettext("the contraindications of {title} change", title=title)
    if one.part is Part.YEAR:
        years = (gettext("unknown") if year is None else year for year in (one.before, one.after))
        return _goes(gettext("the year of {title}", title=title), *years)
    if one.part is Part.REFERENCE:
        return _goes(gettext("how far {title} is a first reference", title=title), one.before, one.after)
    if one.part is Part.SUPERSEDED_BY:
        if one.after is None:
            return gettext("{title} is no longer replaced", title=title)
        return gettext("{title} is replaced by “{other}”", title=title, other=one.after)
    if one.before is None:
        return gettext("{title} is new in the catalogue", title=title)
    return gettext("{title} is no longer in the catalogue", title=title)


def _of_compass(one: Difference, both: Both) -> Localised:
    """Return what is said of a part that has no value to show: that it is added, goes or changes."""
    context, value = (both.before, one.before) if one.after is None else (both.after, one.after)
    thing = _rule(value, context) if one.part is Part.RULE else _thing(one, value, context)
    if one.before is None:
        return gettext("{thing} is added", thing=thing)
    if one.after is None:
        return gettext("{thing} is removed", thing=thing)
    if one.part is Part.RULE and one.before._replace(points=0, why=None) == one.after._replace(points=0, why=None):
        points = [ngettext("{count} point", "{count} points", rule.points) for rule in (one.before, one.after)]
        return _goes(thing, *points)
    return gettext("{thing} changes", thing=thing)


def _rule(rule: Rule, context: Context) -> Message:
    return gettext("the rule {rule}", rule=quoted(rule.why or describe(rule.when, _names(context))))


def _names(context: Context) -> Names:
    return Names(context.catalogue.facets, context.compass.questions, context.compass.axes)


def _thing(one: Difference, value: Any, context: Context) -> Message:  # noqa: ANN401 - any part of a compass
    if one.part is Part.QUESTION:
        return gettext("the question {question}", question=quoted(value.ask))
    if one.part is Part.OPTION:
        question = quoted(context.compass.questions[one.id].ask)
        return gettext("the option {option} of {question}", option=quoted(value.text), question=question)
    if one.part is Part.PLACE:
        facets = context.catalogue.facets
        at = [(facets[id_].title, terms_text(id_, terms, context, Plain(""))) for id_, terms in value.at.items()]
        places = [gettext("{name}: {values}", name=name, values=terms) for name, terms in at]
        condition = describe(value.when, _names(context))
        return gettext("the place {terms} (when {condition})", terms=quoted(Listing(places)), condition=condition)
    title = quoted(value.title)
    if one.part is Part.SECTION:
        return gettext("the section {title}", title=title)
    if one.part is Part.AXIS:
        return gettext("the axis {title}", title=title)
    return gettext("the facet {title}", title=title)


def _goes(thing: Localised, before: object, after: object) -> Message:
    return gettext("{thing} goes from {before} to {after}", thing=thing, before=before, after=after)
