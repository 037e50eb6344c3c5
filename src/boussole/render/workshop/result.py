"""The last page of a phone: one's own list and path, how it compares with the group's, and what to take home."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from boussole.core.pathway import pathway
from boussole.i18n import gettext, ngettext
from boussole.render.qr import path_data, qr_code, width
from boussole.render.recommend.plain import to_find_out_lines
from boussole.render.wording import kind_title, next_address, position, rank_label, short_why
from boussole.render.workshop.phone import fill

if TYPE_CHECKING:
    from collections.abc import Sequence

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


class Mine(NamedTuple):
    """What somebody gets: the ranking, the code that reopens it, and the ids of the group's list once it is shown.

    `new_round` tells that another round began, in which they have said nothing yet.
    """

    ranking: Ranking
    code: str
    shared: Sequence[str] | None = None
    new_round: bool = False


def result_page(phone: Phone, mine: Mine, *, open_: bool) -> str:
    """Return the whole page."""
    say, ranking = phone.say, mine.ranking
    catalogue = ranking.context.catalogue
    path = pathway(ranking)

    def line(item: Recommendation) -> dict[str, object]:
        return {
            "rank": rank_label(item),
            "title": say(item.medoc.title),
            "url": next_address(item.medoc),
            "kind": say(kind_title(item.medoc, catalogue)),
            "why": say(short_why(item)),
        }

    qr = qr_code(mine.code)
    return fill(
        phone,
        "result.html",
        gettext("My compass"),
        heads={name: say(title) for name, title in _HEADS.items()},
        position=[(say(title), say(terms)) for title, terms in position(ranking)],
        colon=gettext(": ").in_(phone.language),
        ranked=[line(item) for item in ranking.top()],
        nothing=say(gettext("No MEDOC fits these answers.")),
        stages=[
            (
                say(gettext("At any time")) if stage.term is None else say(stage.term.title),
                [line(step.recommendation) for step in stage.steps],
            )
            for stage in path.stages
        ],
        group=[say(one) for one in _beside_the_group(mine)],
        unknown=[one.removeprefix("- ") for one in to_find_out_lines(ranking, phone.language)],
        home=say(
            gettext("This code opens your path again, with boussole, on any computer. Photograph it, or copy it.")
        ),
        code=mine.code,
        qr="" if qr is None else path_data(qr),
        qr_size=0 if qr is None else width(qr),
        qr_title=say(gettext("My code as a picture")),
        file=say(gettext("Keep my path as a page (a file)")),
        change=say(gettext("Change my answers")) if open_ else "",
        new_round=say(gettext("Another round began: read my answers again")) if open_ and mine.new_round else "",
    )


def _beside_the_group(mine: Mine) -> list[Localised]:
    """Return where somebody stands beside the group, in words; nothing until the room saw it."""
    if mine.shared is None:
        return [gettext("The facilitator has not shown the group’s list yet.")]
    own = {item.medoc.id for item in mine.ranking.top()}
    both = sum(id_ in own for id_ in mine.shared)
    if not both:
        return [
            gettext(
                "Your list does not look like the group’s: none of yours is in it. That is worth saying aloud, "
                "if you wish."
            )
        ]
    return [
        ngettext(
            "{count} of those on your list is on the group’s list too.",
            "{count} of those on your list are on the group’s list too.",
            both,
        )
    ]
