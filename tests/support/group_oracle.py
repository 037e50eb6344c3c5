"""The synthesis of a group, written apart from the contract's text alone: plain and slow, sharing no code with it.

What is not about groups (a person's situation and ranking, the personal path) is the product's own.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from boussole.core.definitions.conditions import ALWAYS
from boussole.core.ranking import Ranking, rank
from boussole.core.situation import situate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from boussole.core.answers.answers import Answers
    from boussole.core.definitions.catalogue import Catalogue, Medoc
    from boussole.core.definitions.compass import Compass, Question


class Oracle:
    """Says what the contract says of some people's answers."""

    def __init__(
        self, compass: Compass, catalogue: Catalogue, answers: Sequence[Answers], *, k: int = 3, by: str | None = None
    ) -> None:
        """Rank for each of those whose sheet is whole."""
        self.compass, self.catalogue, self.k = compass, catalogue, k
        rankings = [rank(compass, catalogue, situate(compass, one)) for one in answers]
        self.people: list[Ranking] = [one for one in rankings if not one.situation.missing]
        self.places = [{one.medoc.id: one.rank for one in person.recommendations} for person in self.people]
        self.outs = [
            {one.medoc.id: {reason.kind for reason in one.reasons} for one in person.left_out} for person in self.people
        ]
        self.n = len(self.people)
        self.not_counted = len(rankings) - self.n
        self.top = compass.weighting.top
        self.by = by if by is not None else self._default()

    def document(self) -> dict[str, Any]:
        """Return all that the JSON holds after its head."""
        parts = (
            "questions", "facets", "axes", "shared", "sure", "pathway", "path_left_out", "divides", "by", "unheard",
            "unanswered", "to_find_out",
        )  # fmt: skip
        if self.n < 5:
            return dict.fromkeys(parts)
        return {part: getattr(self, "contrasts" if part == "by" else part)() for part in parts}

    # --- People and MEDOC ---------------------------------------------------------------------------------------------

    def value(self, person: int, question: str) -> Any:  # noqa: ANN401 - an answer, or None
        """Return what the contract calls so."""
        return self.people[person].situation.answers.get(question)

    def chose(self, person: int, question: str, option: str) -> bool:
        """Return what the contract calls so."""
        value = self.value(person, question)
        if value is None or value == "?":
            return False
        return option in value if isinstance(value, tuple) else str(value) == option

    def rank_of(self, person: int, medoc: str) -> int | None:
        """Return what the contract calls so."""
        return self.places[person].get(medoc)

    def served(self, person: int, medoc: str) -> bool:
        """Return what the contract calls so."""
        place = self.rank_of(person, medoc)
        return place is not None and place <= self.top

    def order(self, people: Sequence[int]) -> list[tuple[Medoc, int, int]]:
        """Return the MEDOC with c and b, in the group order of `people`."""
        served: dict[str, list[int]] = {id_: [] for id_ in self.catalogue.medoc}
        for person in people:
            for one in self.people[person].recommendations:
                if one.rank <= self.top:
                    served[one.medoc.id].append(self.top + 1 - one.rank)
        lines = [(medoc, len(served[id_]), sum(served[id_])) for id_, medoc in self.catalogue.medoc.items()]
        lines.sort(key=lambda line: line[0].id)
        lines.sort(key=lambda line: -1 if line[0].year is None else line[0].year, reverse=True)
        lines.sort(key=lambda line: sum(line[0].proven), reverse=True)
        lines.sort(key=lambda line: line[2], reverse=True)
        lines.sort(key=lambda line: line[1], reverse=True)
        return lines

    def everyone(self) -> list[int]:
        """Return what the contract calls so."""
        return list(range(self.n))

    def percent(self, part: int, whole: int) -> int | None:
        """Return what the contract calls so."""
        return None if self.n < 20 else int(Fraction(100 * part, whole))

    # --- The room's own distributions ---------------------------------------------------------------------------------

    def options(self, question: Question) -> list[str] | None:
        """Return what the contract calls so."""
        if question.type in {"number", "date", "text"}:
            return None
        return [str(place) for place in range(len(question.labels))] or list(question.options)

    def questions(self) -> list[dict[str, Any]]:
        """Return what the contract calls so."""
        found = []
        for id_, question in self.compass.questions.items():
            values = [self.value(person, id_) for person in self.everyone()]
            options = self.options(question)
            counts = options and {one: sum(self.chose(p, id_, one) for p in self.everyone()) for one in options}
            asked, unknown = sum(value is not None for value in values), sum(value == "?" for value in values)
            found.append({"id": id_, "asked": asked, "unknown": unknown, "counts": counts})
        return found

    def facets(self) -> dict[str, Any]:
        """Return what the contract calls so."""
        found: dict[str, Any] = {}
        for id_, facet in self.catalogue.facets.items():
            if not self._places(id_):
                continue
            found[id_] = {}
            for term in facet.terms:
                count = sum(term in one.situation.terms.get(id_, ()) for one in self.people)
                found[id_][term] = {"count": count, "percent": self.percent(count, self.n)}
        return found

    def _places(self, facet: str) -> bool:
        """Return what the contract calls so."""
        return any(self._ways(facet))

    def _ways(self, facet: str) -> list[bool]:
        """Return each thing that places at `facet`, and whether it alone can place at several terms."""
        ways = []
        for question in self.compass.questions.values():
            of_options = [
                len(option.place.get(facet, ())) + (question.facet == facet) for option in question.options.values()
            ]
            if question.facet == facet or any(of_options):
                ways.append(question.type == "many" or max(of_options) > 1)
        ways += [False for axis in self.compass.axes.values() if axis.facet == facet and axis.steps]
        ways += [len(place.at[facet]) > 1 for place in self.compass.placements if facet in place.at]
        return [*ways, bool(ways)] if ways else []

    def several(self, by: str) -> bool:
        """Return what the contract calls so."""
        if by in self.compass.questions:
            return self.compass.questions[by].type == "many"
        ways = self._ways(by)[:-1]
        return len(ways) > 1 or any(ways)

    def axes(self) -> dict[str, Any]:
        """Return what the contract calls so."""
        found = {}
        for id_ in self.compass.axes:
            values = sorted(one.situation.axes[id_] for one in self.people if id_ in one.situation.axes)
            m = len(values)
            enough = m >= max(5, self.k)
            found[id_] = {
                "people": m,
                "median": self.at(values, Fraction(1, 2)) if m >= self.k else None,
                "low": self.at(values, Fraction(1, 4)) if enough else None,
                "high": self.at(values, Fraction(3, 4)) if enough else None,
            }
        return found

    @staticmethod
    def at(values: list[int], share: Fraction) -> int:
        """Return v_⌈m·share⌉ of values in order, the first being v₁."""
        place = len(values) * share
        return values[int(place) - (place == int(place))]

    # --- What gathers -------------------------------------------------------------------------------------------------

    def first(self, people: Sequence[int]) -> list[str]:
        """Return what the contract calls so."""
        return [medoc.id for medoc, c, _ in self.order(people)[: self.top] if c >= 2]

    def shared(self) -> list[dict[str, Any]]:
        """Return what the contract calls so."""
        lines = self.order(self.everyone())
        found = []
        for medoc, c, b in lines[: self.top]:
            if c < 2:
                continue
            alike = [other for other in lines if other[1:] == (c, b)]
            ahead = [other for other in lines if (other[1], other[2]) > (c, b)]
            groups = self.shown()
            everywhere = None
            if len(groups) >= 2:
                everywhere = all(3 * sum(self.served(p, medoc.id) for p in g) >= len(g) for _, g in groups)
            found.append(
                {
                    "rank": len(ahead) + 1,
                    "tied": len(alike) > 1,
                    "id": medoc.id,
                    "title": str(medoc.title),
                    "count": c,
                    "points": b,
                    "band": "half" if 2 * c >= self.n else "third" if 3 * c >= self.n else "most",
                    "everywhere": everywhere,
                }
            )
        return found

    def sure(self) -> int:
        """Return what the contract calls so."""
        lists = [self.first([p for p in self.everyone() if p != gone]) for gone in self.everyone()]
        return sum(all(id_ in one for one in lists) for id_ in self.first(self.everyone()))

    def out(self, medoc: str) -> int:
        """Return what the contract calls so."""
        return sum(medoc in outs for outs in self.outs)

    def path_left_out(self) -> list[dict[str, Any]]:
        """Return what the contract calls so."""
        found = []
        for medoc, _, _ in self.order(self.everyone()):
            out = self.out(medoc.id)
            if 2 * out > self.n:
                counts = dict.fromkeys(("require", "avoid", "rule", "superseded"), 0)
                for outs in self.outs:
                    for kind in outs.get(medoc.id, ()):
                        counts[kind] += 1
                kind = next(kind for kind, count in counts.items() if count == max(counts.values()))
                found.append({"id": medoc.id, "out": out, "kind": kind})
        return found

    def pathway(self) -> list[dict[str, Any]]:
        """Return the path by the four rules of format.md, section 4."""
        gone = {one["id"] for one in self.path_left_out()}
        lines = self.order(self.everyone())
        ranks = {medoc.id: 1 + sum((o[1], o[2]) > (c, b) for o in lines) for medoc, c, b in lines}
        size = self.compass.pathway_size
        candidates = [medoc for medoc, _, _ in lines if medoc.id not in gone][: 3 * size]
        taken: list[Medoc] = []
        for medoc in candidates:
            if len(taken) < size and medoc.kind not in {one.kind for one in taken}:
                taken.append(medoc)
        while len(taken) < min(size, len(candidates)):
            left = [medoc for medoc in candidates if medoc not in taken]
            room = [medoc for medoc in left if 2 * sum(one.kind == medoc.kind for one in taken) < size]
            taken.append((room or left)[0])
        taken.sort(key=candidates.index)
        stages = []
        for stage in [*self.catalogue.facets["stage"].terms, None]:
            here = [medoc for medoc in taken if medoc.stage == stage]
            steps: list[Medoc] = []
            while here:
                ready = [one for one in here if not any(o.id in one.after for o in here if o is not one)]
                steps.append(ready[0])
                here.remove(ready[0])
            ids = {one.id for one in taken}
            told = [
                {"id": one.id, "rank": ranks[one.id], "first": [a for a in one.after if a not in ids | gone]}
                for one in steps
            ]
            if told:
                stages.append({"stage": stage, "steps": told})
        return stages

    # --- What divides -------------------------------------------------------------------------------------------------

    def makers(self) -> set[str]:
        """Return what the contract calls so."""
        if self.by is None:
            return set()
        if self.by in self.compass.questions:
            return {self.by}
        return {id_ for id_, question in self.compass.questions.items() if question.facet == self.by}

    def divides(self) -> list[dict[str, Any]]:
        """Return what the contract calls so."""
        found = []
        for id_, question in self.compass.questions.items():
            values = [self.value(p, id_) for p in self.everyone()]
            values = [value for value in values if value is not None]
            if id_ in self.makers() or len(values) < self.k or question.type in {"number", "date", "text"}:
                continue
            if question.type in {"many", "scale"}:
                values = [value for value in values if value != "?"]
            pairs = [(one, other) for at, one in enumerate(values) for other in values[:at]]
            differing, whole = sum(one != other for one, other in pairs), len(pairs)
            if question.type == "many":
                differing = sum((o in one) != (o in other) for one, other in pairs for o in question.options)
                whole = len(pairs) * len(question.options)
            if question.type == "scale":
                differing = sum(abs(one - other) for one, other in pairs)
                whole = len(pairs) * (len(question.labels) - 1)
            if whole and 100 * differing >= 30 * whole:
                line = {"question": id_, "differing": differing, "pairs": whole}
                found.append((Fraction(differing, whole), {**line, "percent": self.percent(differing, whole)}))
        return [line for _, line in sorted(found, key=lambda one: one[0], reverse=True)[:3]]

    def _default(self) -> str | None:
        """Return what the contract calls so."""
        for id_, question in self.compass.questions.items():
            section = self.compass.sections.get(question.section or "")
            alone = question.when is ALWAYS and (section is None or section.when is ALWAYS)
            if question.required and question.type == "one" and alone and question.facet:
                return id_
        return None

    def groups(self) -> list[tuple[list[str], set[int]]]:
        """Return the groups that the question or facet makes, small ones too, without those where nobody is."""
        by = str(self.by)
        if by in self.compass.questions:
            ids = list(self.compass.questions[by].options)
            made = [([id_], {p for p in self.everyone() if self.chose(p, by, id_)}) for id_ in ids]
        else:
            ids = list(self.catalogue.facets[by].terms)
            terms = [one.situation.terms.get(by, frozenset()) for one in self.people]
            made = [([id_], {p for p in self.everyone() if id_ in terms[p]}) for id_ in ids]
        return [one for one in made if one[1]]

    def placed(self) -> set[int]:
        """Return what the contract calls so."""
        return set().union(*(people for _, people in self.groups()))

    def shown(self) -> list[tuple[list[str], set[int]]]:
        """Return what the contract calls so."""
        if self.by is None:
            return []
        large = [one for one in self.groups() if len(one[1]) >= self.k]
        small = [one for one in self.groups() if len(one[1]) < self.k]
        if small and not self.several(self.by):
            merged = set().union(*(people for _, people in small))
            if len(merged) >= self.k:
                large.append(([id_ for ids, _ in small for id_ in ids], merged))
            elif large:
                fewest = min(len(people) for _, people in large)
                last = max(at for at, (_, people) in enumerate(large) if len(people) == fewest)
                del large[last]
        return [one for one in large if len(self.placed() - one[1]) >= self.k]

    def by_lines(self, here: set[int], there: set[int], chosen: set[int]) -> tuple[Fraction, int, int] | None:
        """Return what the contract calls so."""
        x, y = len(here & chosen), len(there & chosen)
        gap = abs(Fraction(x, len(here)) - Fraction(y, len(there)))
        return (gap, x, y) if gap >= Fraction(1, 3) and max(x, y) >= self.k else None

    def contrasts(self) -> dict[str, Any] | None:
        """Return what the contract calls `by`."""
        if self.by is None:
            return None
        open_ = not 0 < self.n - len(self.placed()) < self.k
        groups = []
        for ids, here in self.shown():
            there = self.placed() - here
            told = {"group": ids, "people": len(here), "others": len(there)}
            told["options"] = self.option_lines(here, there) if open_ else None
            told["axes"] = self.axis_lines(here, there)
            told["medoc"] = self.medoc_lines(here, there) if open_ else None
            groups.append(told)
        return {"id": self.by, "groups": groups}

    def option_lines(self, here: set[int], there: set[int]) -> list[dict[str, Any]]:
        """Return the three options that set a group apart most."""
        found = []
        for id_, question in self.compass.questions.items():
            asked = question.type in {"one", "yes-no", "many"} and id_ not in self.makers()
            for option in question.options if asked else ():
                chosen = {p for p in self.everyone() if self.chose(p, id_, option)}
                if line := self.by_lines(here, there, chosen):
                    told = {"question": id_, "option": option, "here": line[1], "elsewhere": line[2]}
                    found.append((line, told))
        found.sort(key=lambda line: (-line[0][0], -line[0][1]))
        return [told for _, told in found[:3]]

    def medoc_lines(self, here: set[int], there: set[int]) -> list[dict[str, Any]]:
        """Return the three MEDOC that set a group apart most."""
        found = []
        for one, _, _ in self.order(self.everyone()):
            chosen = {p for p in self.everyone() if self.served(p, one.id)}
            if line := self.by_lines(here, there, chosen):
                less = here if Fraction(line[1], len(here)) < Fraction(line[2], len(there)) else there
                if 2 * sum(self.rank_of(p, one.id) is not None for p in less) >= len(less):
                    found.append((line, {"id": one.id, "here": line[1], "elsewhere": line[2]}))
        found.sort(key=lambda line: (-line[0][0], -line[0][1]))
        return [told for _, told in found[:3]]

    def axis_lines(self, here: set[int], there: set[int]) -> list[dict[str, Any]]:
        """Return the three axes that set a group apart most."""
        found = []
        for axis in self.compass.axes:
            sides = [
                sorted(self.people[p].situation.axes[axis] for p in side if axis in self.people[p].situation.axes)
                for side in (here, there)
            ]
            if min(map(len, sides)) >= self.k:
                one, other = (self.at(side, Fraction(1, 2)) for side in sides)
                if abs(one - other) >= 20:
                    found.append((abs(one - other), {"axis": axis, "here": one, "elsewhere": other}))
        return [told for _, told in sorted(found, key=lambda line: -line[0])[:3]]

    # --- What goes unheard --------------------------------------------------------------------------------------------

    def unheard(self) -> dict[str, Any]:
        """Return what the contract calls so."""
        first = self.first(self.everyone())
        left = {p for p in self.everyone() if not any(self.served(p, id_) for id_ in first)}
        people = len(left)
        found: list[dict[str, Any]] = []
        order = [medoc.id for medoc, _, _ in self.order(self.everyone())]
        while len(found) < self.top and order:
            counts = [sum(self.served(p, id_) for p in left) for id_ in order]
            if max(counts) < self.k:
                break
            best = order[counts.index(max(counts))]
            found.append({"id": best, "count": max(counts)})
            left = {p for p in left if not self.served(p, best)}
        return {"people": people, "list": found, "left": len(left)}

    def unanswered(self) -> list[dict[str, Any]]:
        """Return what the contract calls so."""
        found = []
        for facet, declared in self.catalogue.facets.items():
            if facet not in self.compass.weighting.weights or facet in {"kind", "stage"}:
                continue
            for term in declared.terms:
                here = [p for p in self.everyone() if term in self.people[p].situation.terms.get(facet, ())]
                made = [m.id for m in self.catalogue.medoc.values() if term in m.suits.get(facet, ())]
                u = sum(not any(self.served(p, id_) for id_ in made) for p in here)
                if len(here) >= self.k and u >= self.k and 2 * u >= len(here):
                    found.append({"facet": facet, "term": term, "people": len(here), "without": u})
        return sorted(found, key=lambda one: -one["without"])

    def to_find_out(self) -> list[dict[str, Any]]:
        """Return what the contract calls so."""
        counts = [{"question": one["id"], "count": one["unknown"]} for one in self.questions()]
        return sorted((one for one in counts if one["count"] >= self.k), key=lambda one: -one["count"])
