"""The words that several formats share: what is said of a position, a path, a MEDOC."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, assert_never

from boussole.core.definitions.catalogue import KIND
from boussole.core.definitions.compass import UNKNOWN, QuestionType
from boussole.core.definitions.condition_words import measure_words
from boussole.core.pathway import USUAL_MINUTES
from boussole.core.reasons import in_short
from boussole.escape import plain_text, web_address
from boussole.i18n import Joined, Listing, Message, gettext, ngettext, written_day

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from boussole.core.definitions.catalogue import Catalogue, Gone, Medoc
    from boussole.core.definitions.compass import Question, Value
    from boussole.core.pathway import Pathway
    from boussole.core.ranking import Ranking, Recommendation
    from boussole.i18n import Localised

_HOUR = 60
_DAY = 7 * _HOUR
_SECONDS_A_QUESTION = 25


def rank_label(item: Recommendation) -> str:
    """Return the rank as shown: `4`, or `2=` where it is shared."""
    return f"{item.rank}=" if item.tied else str(item.rank)


def short_why(item: Recommendation, among: Sequence[Recommendation] = ()) -> Joined:
    """Return why in a few words, what fewest of the list `among` share first: that tells one from the others."""
    shared = Counter(str(text) for one in among for text in in_short(one, _ALL))
    reasons = sorted(in_short(item, _ALL), key=lambda text: shared[str(text)])  # equal ones stay in their order
    return Joined(reasons[:_SHOWN], " · ")


_SHOWN, _ALL = 3, 99


def kind_title(medoc: Medoc, catalogue: Catalogue) -> Localised:
    """Return the title of the MEDOC's kind."""
    return catalogue.facets[KIND].terms[medoc.kind].title


def answer_text(question: Question, value: Value) -> Localised:
    """Return an answer in the words of its question."""
    if value == UNKNOWN:
        return gettext("I do not know")
    match question.type:
        case QuestionType.SCALE:
            return question.labels[int(str(value))]
        case QuestionType.NUMBER | QuestionType.DATE:
            said = measure_words(question, question.measure(value))
            return gettext("{number} {unit}", number=said, unit=question.unit) if question.unit else said
        case QuestionType.TEXT:
            return Plain(str(value))
        case QuestionType.ONE | QuestionType.MANY | QuestionType.YES_NO:
            chosen = value if isinstance(value, tuple) else (str(value),)
            return Listing([question.options[one].text for one in chosen]) if chosen else gettext("none")
        case _:
            assert_never(question.type)


def line_to_share(compass: str) -> Message:
    """Return what is said of a code: that it holds the answers, and how it is opened."""
    return gettext(
        "This line holds my answers. It reopens the path: boussole recommend {compass} --answers CODE", compass=compass
    )


def how_many(least: int, most: int | None) -> Message:
    """Return the rule of a multiple choice, as shown before answering."""
    if most is None:
        if least <= 1:
            return gettext("Several answers are possible")
        return ngettext("{count} answer or more", "{count} answers or more", least)
    if least == most:
        return ngettext("{count} answer to choose", "{count} answers to choose", most)
    if least <= 1:
        return ngettext("{count} answer at most", "{count} answers at most", most)
    return gettext("{least} to {most} answers", least=least, most=most)


class Plain(str):
    """A text that is the same in every language: what a person typed."""

    __slots__ = ()

    def in_(self, _language: str) -> str:
        """Return the text itself."""
        return str(self)


def duration(minutes: int) -> Message:
    """Return how long something takes, as people say it: minutes, hours, or from two days on days of seven hours."""
    if minutes < _HOUR:
        return ngettext("{count} minute", "{count} minutes", minutes)
    if minutes < 2 * _DAY and minutes != _DAY:
        hours, rest = divmod(minutes, _HOUR)
        return gettext("{hours} h {rest:02}", hours=hours, rest=rest) if rest else gettext("{hours} h", hours=hours)
    return ngettext("{count} day", "{count} days", -(-minutes // _DAY))


def language_note(medoc: Medoc, catalogue: Catalogue) -> Message | None:
    """Return a mention of the language of a MEDOC that is not in the catalogue's, or None."""
    if medoc.language in {None, catalogue.language}:
        return None
    names = {"fr": gettext("in French"), "en": gettext("in English")}
    return names.get(str(medoc.language), gettext("in the language “{code}”", code=medoc.language))


def next_address(medoc: Medoc) -> str | None:
    """Return the web address to go to from a MEDOC: its own, else that of its source; None where neither is one."""
    return web_address(medoc.url) or web_address(medoc.source)


def source_note(medoc: Medoc, *, whole: bool = False) -> Message | None:
    """Return where a MEDOC without a web address of its own was seen, by the site or the `whole` address, or None."""
    if web_address(medoc.url) is not None:
        return None
    address = web_address(medoc.source)
    if address is None:
        return gettext("source: {source}", source=medoc.source)
    return gettext("seen at {place}", place=medoc.source if whole else _site(address))


def origin_note(medoc: Medoc, catalogue: Catalogue) -> Message | None:
    """Return which catalogue a MEDOC comes from, where several lie over one another."""
    return gettext("From the catalogue “{id}”", id=catalogue.origin(medoc.id)) if catalogue.layers else None


def _site(address: str) -> str:
    """Return the name of the site of a web address, as people say it."""
    return address.partition("://")[2].partition("/")[0].rpartition("@")[2].removeprefix("www.")


def title_with_expiry(medoc: Medoc, language: str, today: dt.date | None) -> str:
    """Return the title on one line, marked where the MEDOC is replaced, or out of date where `today` is known."""
    notes = (None if today is None else expiry_note(medoc, today), replaced_note(medoc))
    marks = "".join(f" ({note.in_(language)})" for note in notes if note is not None)
    return f"{plain_text(medoc.title.in_(language))}{marks}"


def replaced_note(medoc: Medoc) -> Message | None:
    """Return a mention of the id of what replaces a MEDOC, or None."""
    return None if medoc.superseded_by is None else gettext("replaced by {id}", id=medoc.superseded_by)


def expiry_note(medoc: Medoc, today: dt.date) -> Message | None:
    """Return a mention that a MEDOC is past the day its author gave, or None."""
    return gettext("out of date since {day}", day=day(medoc.expires)) if medoc.expired(today) else None


def gone_note(gone: Gone) -> Message:
    """Return that a MEDOC left the catalogue, when, and why where that is said."""
    title, since = gone.title or gone.id, day(gone.on)
    if gone.why is None:
        return gettext("“{title}” left the catalogue on {day}.", title=title, day=since)
    return gettext("“{title}” left the catalogue on {day}: {why}", title=title, day=since, why=gone.why)


def what_serves_now(gone: Gone, catalogue: Catalogue) -> Message | None:
    """Return what serves in place of a MEDOC that is gone, by title and id, or None where nothing is named."""
    names = [
        gettext("{title} ({id})", title=catalogue.medoc[id_].title, id=id_)
        for id_ in gone.instead
        if id_ in catalogue.medoc
    ]
    return gettext("In its place: {names}.", names=Listing(names)) if names else None


def day(date: dt.date | None) -> Message:
    """Return a day as people write it."""
    if date is None:
        return gettext("unknown")
    return written_day(date)


def position(ranking: Ranking) -> list[tuple[Localised, Localised]]:
    """Return where the person stands: each facet with its terms, by title, in the order of the catalogue."""
    facets = ranking.context.catalogue.facets
    return [
        (facet.title, Listing([facet.terms[term].title for term in facet.terms if term in terms]))
        for facet in facets.values()
        if (terms := ranking.situation.terms.get(facet.id))
    ]


def compass_size(questions: int) -> Message:
    """Return how many questions a compass asks, and how long it takes."""
    minutes = -(-questions * _SECONDS_A_QUESTION // _HOUR)
    return gettext(
        "{questions}, {minutes}",
        questions=ngettext("{count} question at most", "{count} questions at most", questions),
        minutes=ngettext("about {count} minute", "about {count} minutes", minutes),
    )


def score_note() -> Message:
    """Return what the score says."""
    return gettext(
        "The score says how well a MEDOC suits your answers: 1000 at most, to which a rule of the compass may add or "
        "take away."
    )


def tie_rule() -> Joined:
    """Return how the ranking is ordered."""
    equal = gettext(
        "Equal scores: the better proven first, then the more recent, then always in the same order. "
        "The same score and the same proof share a rank, written 2=."
    )
    return Joined([score_note(), equal], " ")


def pathway_rule(path: Pathway) -> Message:
    """Return how the path was drawn from the ranking."""
    if path.within is None:
        return gettext(
            "{size} steps, from the first {candidates} of the list: the best of each kind, then the best ones, "
            "no kind holding more than {most} places while others are left; then in the order of their use.",
            size=path.size,
            candidates=path.candidates,
            most=path.most_of_a_kind,
        )
    return gettext(
        "{size} steps at most, from the first {candidates} of the list: the best of each kind, then the best ones, "
        "no kind holding more than {most} places while others are left, as far as they fit in {time}, "
        "and three of them at least; then in the order of their use.",
        size=path.size,
        candidates=path.candidates,
        most=path.most_of_a_kind,
        time=duration(path.within),
    )


def path_time(path: Pathway) -> Message:
    """Return what a first use of the whole path takes, whether the person has that time, and what was counted."""
    total = _total_time(path)
    silent = sum(step.recommendation.medoc.minutes is None for step in path.steps)
    if not silent:
        return total
    return ngettext(
        "{total} ({count} step does not say its time, and counts for {each})",
        "{total} ({count} steps do not say their time, and count for {each} each)",
        silent,
        total=total,
        each=duration(USUAL_MINUTES),
    )


def _total_time(path: Pathway) -> Message:
    minutes = duration(path.minutes)
    if path.within is None:
        return gettext("In all: {time}", time=minutes)
    within = duration(path.within)
    if path.over:
        return gettext(
            "In all: {time}, {over} over the {within} you have", time=minutes, over=duration(path.over), within=within
        )
    return gettext("In all: {time}, within the {within} you have", time=minutes, within=within)
