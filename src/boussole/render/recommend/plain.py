"""A result as plain lines, one thing a line: for screen readers and poor terminals, and for the path on any screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from boussole.escape import plain_text
from boussole.i18n import Listing, gettext
from boussole.render.recommend.rose import axis_points, in_words
from boussole.render.wording import (
    duration,
    kind_title,
    language_note,
    path_time,
    pathway_rule,
    position,
    rank_label,
    short_why,
    source_note,
    tie_rule,
    title_with_expiry,
)

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from boussole.core.pathway import Pathway, Step
    from boussole.core.ranking import Ranking, Recommendation
    from boussole.i18n import Localised


def result_lines(
    ranking: Ranking, language: str, *, shown: Sequence[Recommendation], today: dt.date | None = None
) -> list[str]:
    """Return the position, the ranked list, what is left to find out and how the list is ordered."""
    lines = [gettext("Where I stand").in_(language)]
    lines += [
        _plain(gettext("{facet}: {terms}", facet=title, terms=terms), language) for title, terms in position(ranking)
    ]
    lines += in_words(axis_points(ranking), language)
    lines += ["", gettext("My list").in_(language)]
    lines += list_lines(language, shown=shown, today=today)
    unknown = to_find_out_lines(ranking, language)
    if unknown:
        lines += ["", gettext("To find out").in_(language), *unknown]
    return [*lines, "", tie_rule().in_(language)]


def list_lines(language: str, *, shown: Sequence[Recommendation], today: dt.date | None = None) -> list[str]:
    """Return a line for each recommendation: rank, title, kind, why, score."""
    return [_ranked(item, language, today, shown) for item in shown] or [
        gettext("No MEDOC fits these answers.").in_(language)
    ]


def to_find_out_lines(ranking: Ranking, language: str) -> list[str]:
    """Return the questions answered "I do not know", then the required ones not answered."""
    situation, questions = ranking.situation, ranking.context.compass.questions
    return [f"- {_plain(questions[id_].ask, language)}" for id_ in (*situation.to_find_out, *situation.missing)]


def _ranked(item: Recommendation, language: str, today: dt.date | None, shown: Sequence[Recommendation]) -> str:
    sentence = gettext(
        "{rank}. {title} ({kind}). Why: {why}. Score: {score}.",
        rank=rank_label(item),
        title=title_with_expiry(item.medoc, language, today),
        kind=kind_title(item.medoc, item.context.catalogue),
        why=short_why(item, shown),
        score=item.score,
    )
    seen = source_note(item.medoc, whole=True)
    line = _plain(sentence, language)
    return line if seen is None else f"{line} ({_plain(seen, language)})"


def pathway_lines(path: Pathway, language: str) -> list[str]:
    """Return the path by stage, each step with why and what to read first, its time, then how it was drawn."""
    lines = []
    for stage in path.stages:
        title = stage.term.title if stage.term else gettext("At any time")
        lines += [_plain(title, language).upper()]
        for step in stage.steps:
            lines += _step(step, language)
        lines.append("")
    if path.steps:
        lines += [path_time(path).in_(language), ""]
    return [*lines, pathway_rule(path).in_(language)]


def _step(step: Step, language: str) -> Iterator[str]:
    item, medoc = step.recommendation, step.recommendation.medoc
    catalogue = item.context.catalogue
    notes: list[Localised | None] = [
        kind_title(medoc, catalogue),
        None if medoc.minutes is None else duration(medoc.minutes),
        language_note(medoc, catalogue),
        source_note(medoc, whole=True),
    ]
    facts = " · ".join(_plain(note, language) for note in notes if note is not None)
    yield f"- {_plain(medoc.title, language)} · {facts}"
    why = gettext("Why: {why}", why=short_why(item))
    yield f"  {_plain(why, language)}"
    if step.first:
        first = gettext("Read first: {titles}", titles=Listing([medoc.title for medoc in step.first]))
        yield f"  {_plain(first, language)}"


def _plain(text: Localised, language: str) -> str:
    return plain_text(text.in_(language))
