"""The last page of a phone: one's own list and path, how it compares with the group's, and what to take home."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from boussole.core.pathway import pathway
from boussole.escape import plain_text
from boussole.i18n import gettext, ngettext
from boussole.render.qr import has_qr
from boussole.render.recommend.plain import to_find_out_lines
from boussole.render.wording import kind_title, next_address, position, rank_label, short_why
from boussole.render.workshop.phone import fill

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from boussole.core.ranking import Ranking, Recommendation
    from boussole.i18n import Localised
    from boussole.render.workshop.phone import Phone


_HEADS = {
    "position": gettext("Where I stand"),
    "list": gettext("My list"),
    "path": gettext("My path"),
    "group": gettext("The group and I"),
    "unknown": gettext("To find out"),
    "home": gettext("To take home"),
}


class Own(NamedTuple):
    """What somebody's answers give, in one language: parts of the page, and the ids on their list."""

    parts: Mapping[str, Any]
    ids: frozenset[str]


class Around(NamedTuple):
    """What else the page says: the ids of the group's list once it is shown; whether answers are taken.

    `new_round` tells that another round began, in which they have said nothing yet.
    """

    shared: Sequence[str] | None = None
    new_round: bool = False
    open: bool = True


def own_result(language: str, ranking: Ranking, code: str) -> Own:
    """Return what a ranking gives, with the `code` that reopens it: what takes long, once however often it is read."""

    def say(text: Localised) -> str:
        return plain_text(text.in_(language))

    def line(item: Recommendation) -> dict[str, object]:
        return {
            "rank": rank_label(item),
            "title": say(item.medoc.title),
            "url": next_address(item.medoc),
            "kind": say(kind_title(item.medoc, ranking.context.catalogue)),
            "why": say(short_why(item)),
        }

    parts = {
        "position": [(say(title), say(terms)) for title, terms in position(ranking)],
        "ranked": [line(item) for item in ranking.top()],
        "stages": [
            (
                say(gettext("At any time")) if stage.term is None else say(stage.term.title),
                [line(step.recommendation) for step in stage.steps],
            )
            for stage in pathway(ranking).stages
        ],
        "unknown": [one.removeprefix("- ") for one in to_find_out_lines(ranking, language)],
        "code": code,
        "qr": has_qr(code),
    }
    return Own(parts, frozenset(item.medoc.id for item in ranking.top()))


def result_page(phone: Phone, own: Own, around: Around) -> str:
    """Return the whole page."""
    say = phone.say
    again = around.open and around.new_round
    return fill(
        phone,
        "result.html",
        gettext("My compass"),
        heads={name: say(title) for name, title in _HEADS.items()},
        colon=gettext(": ").in_(phone.language),
        nothing=say(gettext("No MEDOC fits these answers.")),
        group=say(_beside_the_group(own, around.shared)),
        home=say(
            gettext("This code opens your path again, with boussole, on any computer. Photograph it, or copy it.")
        ),
        qr_title=say(gettext("My code as a picture")),
        file=say(gettext("Keep my path as a page (a file)")),
        change=say(gettext("Change my answers")) if around.open else "",
        new_round=say(gettext("Another round began: read my answers again")) if again else "",
        **own.parts,
    )


def _beside_the_group(own: Own, shared: Sequence[str] | None) -> Localised:
    """Return where somebody stands beside the group, in words; nothing until the room saw it."""
    if shared is None:
        return gettext("The facilitator has not shown the group’s list yet.")
    both = sum(id_ in own.ids for id_ in shared)
    if not both:
        return gettext(
            "Your list does not look like the group’s: none of yours is in it. That is worth saying aloud, if you wish."
        )
    return ngettext(
        "{count} of those on your list is on the group’s list too.",
        "{count} of those on your list are on the group’s list too.",
        both,
    )
