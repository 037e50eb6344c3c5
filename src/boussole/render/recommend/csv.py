"""A result as CSV, a row per recommendation (and per MEDOC left out): safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from boussole.escape import spreadsheet_text, web_address
from boussole.i18n import gettext

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from boussole.core.definitions.catalogue import Medoc
    from boussole.core.ranking import Ranking, Recommendation
    from boussole.i18n import Localised

COLUMNS = ("rank", "tied", "id", "kind", "stage", "title", "url", "score", "why", "source")


def to_csv(ranking: Ranking, language: str, *, shown: Sequence[Recommendation], left_out: bool = False) -> str:
    """Return comma-separated values with a header, lines ending in a line feed; a MEDOC left out has no rank."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for item in shown:
        why = _why((reason.text for reason in item.reasons), language)
        tied = "yes" if item.tied else "no"
        writer.writerow(
            [item.rank, tied, *_medoc(item.medoc, language), item.score, why, spreadsheet_text(item.medoc.source)]
        )
    for out_ in ranking.left_out if left_out else ():
        why = _why((reason.text for reason in out_.reasons), language)
        writer.writerow(["", "", *_medoc(out_.medoc, language), "", why, _source(out_.medoc)])
    return out.getvalue()


def _medoc(medoc: Medoc, language: str) -> list[str]:
    title = spreadsheet_text(medoc.title.in_(language))
    return [medoc.id, medoc.kind, medoc.stage or "", title, web_address(medoc.url) or ""]


def _source(medoc: Medoc) -> str:
    return web_address(medoc.source) or spreadsheet_text(medoc.source)


def _why(texts: Iterable[Localised], language: str) -> str:
    separator = gettext("; ").in_(language)
    return spreadsheet_text(separator.join(text.in_(language) for text in texts))
