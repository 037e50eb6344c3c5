"""Which questions decide a condition, an axis or a position: through conditions, placements and axes."""

from collections.abc import Iterable, Iterator

from boussole.core.definitions.compass import Compass, Question
from boussole.core.definitions.conditions import ALWAYS, Condition, Every, Leaf, Subject, SubjectKind, leaves


def presence(compass: Compass, question: Question) -> Condition:
    """Return the condition under which `question` is asked: its section's and its own."""
    section = compass.sections.get(question.section or "")
    if section is None or section.when is ALWAYS:
        return question.when
    return section.when if question.when is ALWAYS else Every((section.when, question.when))


class Dependencies:
    """What each question, axis and facet of a compass directly depends on, and the closure of that."""

    def __init__(self, compass: Compass) -> None:
        """Read the compass once."""
        self._compass = compass
        self._facet_sources: dict[str, list[Subject]] = {}
        self._known: dict[Subject, frozenset[str]] = {}
        for question in compass.questions.values():
            for facet in question.places:
                self._feed(facet, Subject(SubjectKind.QUESTION, question.id))
        for axis in compass.axes.values():
            if axis.facet is not None:
                self._feed(axis.facet, Subject(SubjectKind.AXIS, axis.id))
        for placement in compass.placements:
            for facet in placement.at:
                for subject in placement.when.subjects():
                    self._feed(facet, subject)

    def _feed(self, facet: str, source: Subject) -> None:
        self._facet_sources.setdefault(facet, []).append(source)

    def direct(self, subject: Subject) -> Iterator[Subject]:
        """Yield what `subject` is decided by: for a question, what decides whether it is asked."""
        if subject.kind is SubjectKind.QUESTION:
            yield from presence(self._compass, self._compass.questions[subject.id]).subjects()
        elif subject.kind is SubjectKind.AXIS:
            for question in self._compass.axes[subject.id].questions:
                yield Subject(SubjectKind.QUESTION, question)
        else:
            yield from self._facet_sources.get(subject.id, ())

    def questions(self, subjects: Iterable[Subject]) -> set[str]:
        """Return the ids of the questions whose answers decide `subjects`, through axes, facets and placements.

        What decides whether these questions are asked is not followed: it decides them, not `subjects`.
        """
        found: set[str] = set()
        for subject in subjects:
            if subject.kind is SubjectKind.QUESTION:
                found.add(subject.id)
            else:
                found |= self._feeders(subject)
        return found

    def followed(self, subjects: Iterable[Subject]) -> set[str]:
        """Return the ids of all the questions that `subjects` depend on, those that decide what is asked included."""
        found: set[str] = set()
        waiting = self.questions(subjects)
        while waiting:
            id_ = waiting.pop()
            found.add(id_)
            asked = presence(self._compass, self._compass.questions[id_])
            waiting |= self.questions(asked.subjects()) - found
        return found

    def _feeders(self, start: Subject) -> frozenset[str]:
        """Return the questions that feed an axis or a facet; found once each."""
        known = self._known.get(start)
        if known is None:
            seen, waiting = {start}, [start]
            while waiting:
                sources = set(self.direct(waiting.pop())) - seen
                seen |= sources
                waiting += [source for source in sources if source.kind is not SubjectKind.QUESTION]
            known = frozenset(source.id for source in seen if source.kind is SubjectKind.QUESTION)
            self._known[start] = known
        return known

    def circle(self, start: Subject) -> list[Subject] | None:
        """Return a circle of axes and facets that leads from `start` back to it, or None."""
        trail: list[tuple[Subject, list[Subject]]] = [(start, [start])]
        seen: set[Subject] = set()
        while trail:
            subject, walked = trail.pop()
            for source in self.direct(subject):
                if source == start:
                    return walked
                if source not in seen:
                    seen.add(source)
                    trail.append((source, [*walked, source]))
        return None


def placeable(compass: Compass) -> set[str]:
    """Return the facets at which something in the compass places people."""
    found = {facet for question in compass.questions.values() for facet in question.places}
    found |= {axis.facet for axis in compass.axes.values() if axis.facet is not None and axis.steps}
    return found | {facet for placement in compass.placements for facet in placement.at}


def leaves_by_question(compass: Compass) -> dict[str, list[Leaf]]:
    """Return, by question, the comparisons with it, wherever they stand: conditions of asking, places, rules."""
    conditions = [presence(compass, question) for question in compass.questions.values()]
    conditions += [placement.when for placement in compass.placements] + [rule.when for rule in compass.rules]
    found: dict[str, list[Leaf]] = {id_: [] for id_ in compass.questions}
    for condition in conditions:
        for leaf in leaves(condition):
            if leaf.subject.kind is SubjectKind.QUESTION:
                found[leaf.subject.id].append(leaf)
    return found
