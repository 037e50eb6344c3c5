"""Why a MEDOC stands where it stands, in each form: JSON, Markdown, a table for the terminal, plain lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from boussole.escape import json_document, markdown_link, markdown_text, plain_text
from boussole.i18n import gettext, say
from boussole.render.recommend.json import firm_entry, heading, obstacle_entry, reason_entry
from boussole.render.why.wording import more_parts, none_can, parts, points_note, standing, why_title
from boussole.render.wording import (
    answer_text,
    kind_title,
    next_address,
    origin_note,
    source_note,
    title_with_expiry,
)
from boussole.render.wrapping import hung, text_width, wrap

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from rich.console import RenderableType

    from boussole.core.why.sensitivity import Counterfactual, Explanation
    from boussole.i18n import Localised

_NARROW = 60
_GAP = 2


def why_json(account: Explanation, language: str) -> str:
    """Return it as one JSON object, indented, ending in a line feed; ids are never translated."""
    why, nearest = account.why, account.nearest
    medoc, item = why.medoc, why.recommendation
    document: dict[str, Any] = {
        **heading(why.ranking),
        "medoc": {
            "id": medoc.id,
            "kind": medoc.kind,
            "stage": medoc.stage,
            "title": medoc.title.in_(language),
            "url": medoc.url,
            "catalogue": why.ranking.context.catalogue.origin(medoc.id),
        },
        "rank": item.rank if item else None,
        "tied": item.tied if item else False,
        "score": item.score if item else None,
        "of": len(why.ranking.recommendations),
        "top": nearest.top,
        "in_top": account.in_top,
        "reasons": [reason_entry(reason, language) | {"rank_without": rank} for reason, rank in why.contributions],
        "left_out": [obstacle_entry(obstacle, language) for obstacle in why.exclusion_reasons],
    }
    if account.sure is not None:
        document["sure"] = firm_entry(account.sure)
    document["changes"] = [_change(change) for change in nearest.changes]
    if not account.in_top and not nearest.changes:
        code, text = none_can(account)
        document["none_can"] = {"code": code, "text": say(text, language)}
    document["tried"] = {"one": nearest.tried[0], "two": nearest.tried[1]}
    document["partly"] = list(nearest.partly)
    return json_document(document)


def _change(change: Counterfactual) -> dict[str, Any]:
    answers = {id_: list(both) for id_, both in change.answers.items()}
    return {"answers": answers, "rank": change.found.rank, "tied": change.found.tied, "score": change.found.score}


def why_markdown(account: Explanation, language: str) -> str:
    """Return it as CommonMark, with the answers it is about."""

    def markdown(text: Localised) -> str:
        return markdown_text(text.in_(language))

    medoc, context, situation = account.why.medoc, account.why.ranking.context, account.why.ranking.situation
    facts = [markdown_link(medoc.title.in_(language), medoc.url), markdown(kind_title(medoc, context.catalogue))]
    seen = source_note(medoc)
    if seen is not None:
        facts.append(markdown_link(seen.in_(language), next_address(medoc)))
    title = gettext("{title}: why, and why not?", title=medoc.title)
    lines = [f"# {markdown(title)}", "", " · ".join(facts), ""]
    origin = origin_note(medoc, context.catalogue)
    if origin is not None:
        lines += [markdown(origin), ""]
    lines += [markdown(standing(account)), ""]
    for part in parts(account):
        lines += [f"## {markdown(part.title)}", "", *(f"- {markdown(line)}" for line in part.lines), ""]
    questions = context.compass.questions
    answers = [(questions[id_], value) for id_, value in situation.answers.items()]
    lines += [f"## {markdown(gettext('My answers'))}", ""]
    lines += [f"- {markdown(question.ask)} {markdown(answer_text(question, value))}" for question, value in answers]
    versions = gettext(
        "Compass {compass}, version {compass_version}; catalogue {catalogue}, version {catalogue_version}.",
        compass=context.compass.id,
        compass_version=context.compass.version,
        catalogue=context.catalogue.id,
        catalogue_version=context.catalogue.version,
    )
    note = [] if account.why.recommendation is None else ["", markdown(points_note())]
    return "\n".join([*lines, *note, "", markdown(versions), ""])


def why_lines(account: Explanation, language: str, today: dt.date | None = None) -> list[str]:
    """Return it as plain lines."""
    lines = [*_head(account, language, today), "", _plain(standing(account), language)]
    for part in parts(account):
        lines += ["", _plain(part.title, language), *(f"  - {_plain(line, language)}" for line in part.lines)]
    if account.why.recommendation is not None:
        lines += ["", _plain(points_note(), language)]
    return lines


def why_table(account: Explanation, language: str, *, width: int, today: dt.date | None = None) -> RenderableType:
    """Return it for a screen `width` characters wide: the reasons of a score as a table, sentences for the rest."""
    from rich.console import Group
    from rich.text import Text

    title, *others = _head(account, language, today)
    shown: list[RenderableType] = [Text(line, style="bold") for line in wrap(title, width)]
    paragraphs = [*others, "", _plain(standing(account), language)]
    shown += [Text(line) for text in paragraphs for line in wrap(text, width)]
    if account.why.contributions and width >= _NARROW:
        shown += [Text(""), _reasons(account, language, width)]
        rest = more_parts(account)
    else:
        rest = parts(account)
    for part in rest:
        shown += [Text(""), Text(_plain(part.title, language), style="bold")]
        shown += [Text(line) for text in part.lines for line in hung("- ", _plain(text, language), width)]
    if account.why.recommendation is not None:
        shown += [Text(""), *(Text(line) for line in wrap(_plain(points_note(), language), width))]
    return Group(*shown)


def _reasons(account: Explanation, language: str, width: int) -> RenderableType:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    point, without = gettext("Points").in_(language), gettext("Rank without it").in_(language)
    left = max(width - max(text_width(point), 5) - text_width(without) - 2 * _GAP, 1)
    table = Table(box=SIMPLE_HEAD, width=width, padding=(0, 1, 0, 0), pad_edge=False, show_edge=False)
    table.add_column(why_title().in_(language), width=left)
    table.add_column(point, justify="right", no_wrap=True)
    table.add_column(without, justify="right", no_wrap=True)
    for reason, rank in account.why.contributions:
        text = Text("\n".join(wrap(_plain(reason.text, language), left)), no_wrap=True)
        table.add_row(text, Text(str(reason.points)), Text(str(rank)))
    return table


def _head(account: Explanation, language: str, today: dt.date | None) -> Iterator[str]:
    """Yield the title of the MEDOC, then what it is and where it was seen, then its catalogue if there are several."""
    medoc, catalogue = account.why.medoc, account.why.ranking.context.catalogue
    yield title_with_expiry(medoc, language, today)
    seen = source_note(medoc, whole=True)
    facts = [_plain(kind_title(medoc, catalogue), language), medoc.id]
    yield " · ".join(facts if seen is None else [*facts, _plain(seen, language)])
    origin = origin_note(medoc, catalogue)
    if origin is not None:
        yield _plain(origin, language)


def _plain(text: Localised, language: str) -> str:
    return plain_text(text.in_(language))
