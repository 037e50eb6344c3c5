"""What can be wrong between the parts of a file that are each well formed: order, circles, axes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from boussole.core.definitions.compass import WRITTEN
from boussole.core.definitions.conditions import Subject, SubjectKind
from boussole.core.definitions.dependencies import Dependencies, presence
from boussole.i18n import Listing, gettext, quoted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from boussole.core.definitions.compass import Axis, Compass
    from boussole.errors import Keys
    from boussole.files.toml.report import Report


def refuse_look_ahead(compass: Compass, places: Mapping[str, Keys], report: Report) -> None:
    """Report each question whose condition looks at itself or at what stands after it."""
    dependencies = Dependencies(compass)
    order = {id_: index for index, id_ in enumerate(compass.questions)}
    for id_, question in compass.questions.items():
        subjects = list(presence(compass, question).subjects())
        if not subjects:
            continue
        ahead = sorted(
            (order[other], other) for other in dependencies.questions(subjects) if order[other] >= order[id_]
        )
        if ahead:
            report.add(
                (*places[id_], "when"),
                "B301",
                gettext(
                    "its condition looks ahead at {questions}.",
                    questions=Listing([quoted(other) for _, other in ahead]),
                ),
                gettext("Move it after “{question}”, or change the condition.", question=ahead[-1][1])
                if ahead[-1][1] != id_
                else gettext("A question cannot look at itself."),
            )


def refuse_circles(compass: Compass, report: Report) -> None:
    """Report placements that decide, through axes and facets, what they look at."""
    dependencies = Dependencies(compass)
    told: set[str] = set()
    for index, placement in enumerate(compass.placements):
        for facet in sorted(placement.at):
            if facet in told:
                continue
            circle = dependencies.circle(Subject(SubjectKind.FACET, facet))
            if circle is not None and _is_last(compass, index, {subject.id for subject in circle}):
                report.add(
                    ("place", index, "when"),
                    "B302",
                    gettext(
                        "places go in a circle: {circle}.",
                        circle=Listing([subject.id for subject in circle] + [facet]),
                    ),
                )
                told |= {subject.id for subject in circle}


def _is_last(compass: Compass, index: int, facets: set[str]) -> bool:
    """Tell whether no later placement is part of the same circle, so that one circle is told once."""
    return not any(facets & placement.at.keys() for placement in compass.placements[index + 1 :])


def refuse_idle_axes(compass: Compass, places: Mapping[str, Keys], report: Report) -> None:
    """Report questions that can bring an axis no points, and steps that are not strictly ascending."""
    for axis in compass.axes.values():
        keys = places[axis.id]
        for id_ in axis.questions:
            question = compass.questions[id_]
            if question.lacks_choices:
                continue  # which is told
            if question.type in WRITTEN or question.highest_points == 0:
                report.add(
                    (*keys, "questions", id_),
                    "B305",
                    gettext("question “{question}” can bring no points to an axis.", question=id_),
                    gettext("Give points to its options, or take it out of the axis."),
                    at_key=True,
                )
        _refuse_steps(axis, keys, report)


def _refuse_steps(axis: Axis, keys: Keys, report: Report) -> None:
    for index, (one, other) in enumerate(zip(axis.steps, axis.steps[1:], strict=False), start=1):
        if other.start <= one.start:
            report.add(
                (*keys, "steps", index),
                "B304",
                gettext("steps go up: {other} does not come after {one}.", one=one.start, other=other.start),
            )


def refuse_medoc_circles(
    nexts: Mapping[str, tuple[str, ...]], places: Mapping[str, Keys], key: str, report: Report
) -> None:
    """Report MEDOC of a catalogue that lead to one another in a circle by a key, once each circle."""
    done: set[str] = set()
    for start in nexts:
        _follow(start, nexts, done, places, key, report)


def _follow(
    start: str,
    nexts: Mapping[str, tuple[str, ...]],
    done: set[str],
    places: Mapping[str, Keys],
    key: str,
    report: Report,
) -> None:
    pending = [(start, iter(nexts[start]))] if start not in done else []
    trail = [id_ for id_, _ in pending]
    while pending:
        id_, befores = pending[-1]
        before = next(befores, None)
        if before is None:
            pending.pop()
            trail.pop()
            done.add(id_)
        elif before in trail:
            circle = trail[trail.index(before) :]
            what = gettext("“{key}” goes in a circle: {circle}.", key=key, circle=Listing([*circle, circle[0]]))
            report.add((*places[circle[0]], key), "B308", what)
        elif before in nexts and before not in done:
            pending.append((before, iter(nexts[before])))
            trail.append(before)
