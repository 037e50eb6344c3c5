"""The synthesis of a group's answers: everything that may be said of it, and nothing that may not."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from boussole.core.definitions.catalogue import Catalogue
from boussole.core.definitions.compass import Compass
from boussole.core.group.before import Change, change
from boussole.core.group.contrasts import Contrast, contrast
from boussole.core.group.counts import AxisCounts, QuestionCounts, TermCount, count_axes, count_facets, count_questions
from boussole.core.group.division import Division, divide
from boussole.core.group.gathering import Person, gather
from boussole.core.group.groups import default_grouping, form_groups, groupings
from boussole.core.group.order import group_order
from boussole.core.group.path import CollectivePath, collective_path
from boussole.core.group.shared import Shared, share, stay
from boussole.core.group.unheard import ToFindOut, Unanswered, Unheard, hear, to_find_out, unanswered
from boussole.errors import BoussoleError
from boussole.fuzzy import suggest
from boussole.i18n import gettext

SMALLEST = 3
"""K: a group inside the group is shown from so many people on, unless somebody says otherwise."""
LEAST_SMALLEST, MOST_SMALLEST = 3, 20
"""The bounds of K."""
FEWEST = 5
"""Under so many people nothing at all is shown."""


class By(NamedTuple):
    """The groups that a question or a facet makes, each against the others."""

    id: str
    groups: tuple[Contrast, ...]


class Parts(NamedTuple):
    """What is said of a group of five people or more; each part is defined in its own module.

    `sure` is how many of `shared` stay whichever one person is taken away; `by` None where nothing makes groups;
    `before` None where nobody's earlier answers were given, or those of too few people.
    """

    questions: tuple[QuestionCounts, ...]
    facets: Mapping[str, Mapping[str, TermCount]]
    axes: Mapping[str, AxisCounts]
    shared: tuple[Shared, ...]
    sure: int
    path: CollectivePath
    divides: tuple[Division, ...]
    by: By | None
    unheard: Unheard
    unanswered: tuple[Unanswered, ...]
    to_find_out: tuple[ToFindOut, ...]
    before: Change | None


class Synthesis(NamedTuple):
    """What a group's answers say. `people` is how many sheets are counted, `spoken_for` for how many people they speak.

    `not_counted` are the sheets with a required question unanswered; `smallest` is K. `parts` is None where the sheets
    speak for under five people. `compared` tells whether earlier answers were given.
    """

    compass: Compass
    catalogue: Catalogue
    people: int
    spoken_for: int
    not_counted: int
    smallest: int
    parts: Parts | None
    compared: bool = False


def check_request(compass: Compass, smallest: int, by: str | None) -> None:
    """Refuse what cannot be asked of a group.

    Raises:
        BoussoleError: when `by` makes no groups, or `smallest` is out of bounds.

    """
    if not LEAST_SMALLEST <= smallest <= MOST_SMALLEST:
        raise BoussoleError(
            gettext("{value} is out of bounds.", value=smallest),
            gettext("Write a whole number from {low} to {high}.", low=LEAST_SMALLEST, high=MOST_SMALLEST),
        )
    known = groupings(compass)
    if by is not None and by not in known:
        raise BoussoleError(
            gettext(
                "“{by}” makes no groups: it is no choice and no facet of the compass “{compass}”.",
                by=by,
                compass=compass.id,
            ),
            suggest(by, known),
        )


def synthesise(
    compass: Compass,
    catalogue: Catalogue,
    people: Sequence[Person],
    *,
    smallest: int = SMALLEST,
    by: str | None = None,
    earlier: Sequence[Person] | None = None,
) -> Synthesis:
    """Return the synthesis of `people`, in any order, those whose sheets are not whole counting nowhere.

    `by` is one of `groups.groupings`, by default `groups.default_grouping`; `earlier` the sheets of the same people
    before, matched by their ids.
    """
    whole = [person for person in people if not person.situation.missing]
    spoken_for = sum(person.people for person in whole)
    parts = None
    if spoken_for >= FEWEST:
        before = None if earlier is None else [person for person in earlier if not person.situation.missing]
        parts = _parts(compass, catalogue, whole, (smallest, by, before))
    not_counted = len(people) - len(whole)
    return Synthesis(
        compass, catalogue, len(whole), spoken_for, not_counted, smallest, parts, compared=earlier is not None
    )


def _parts(
    compass: Compass,
    catalogue: Catalogue,
    people: Sequence[Person],
    asked: tuple[int, str | None, Sequence[Person] | None],
) -> Parts:
    smallest, by, earlier = asked
    gathering = gather(compass, catalogue, people)
    order = group_order(gathering)
    grouping = by or default_grouping(compass)
    groups = None if grouping is None else form_groups(gathering, grouping, smallest)
    shared = share(gathering, order, groups)
    return Parts(
        questions=count_questions(gathering),
        facets=count_facets(gathering),
        axes=count_axes(gathering, smallest),
        shared=shared,
        sure=stay(gathering, order),
        path=collective_path(gathering, order),
        divides=divide(gathering, frozenset() if groups is None else groups.makers, smallest),
        by=None if groups is None else By(groups.id, contrast(gathering, groups, order, smallest)),
        unheard=hear(gathering, order, [one.ranked.medoc.id for one in shared], smallest),
        unanswered=unanswered(gathering, smallest),
        to_find_out=to_find_out(gathering, smallest),
        before=None if earlier is None else change(gathering, earlier, smallest, FEWEST),
    )
