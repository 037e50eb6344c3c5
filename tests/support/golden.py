"""How good a list is, as a practitioner would say: resources that are expected, on the subject, and never absurd.

A situation says whom it is about, the answers they give, the resources that a practitioner would name (`must`, graded
1 or 2, known by patterns on title, publisher and address), what the subject is (`good_topics`, on title and summary)
and what would be absurd (`never`).
"""

from __future__ import annotations

import json
import math
import re
import unicodedata
from functools import cache
from statistics import fmean
from typing import TYPE_CHECKING, Any, NamedTuple

from boussole.core.answers.accepting import accepted
from boussole.core.answers.answers import Answers
from boussole.core.pathway import pathway
from boussole.core.ranking import rank
from boussole.core.situation import situate

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from boussole.core.definitions.catalogue import Catalogue, Medoc
    from boussole.core.definitions.compass import Compass

TOP = 10
Situation = dict[str, Any]


class Score(NamedTuple):
    """The figures of one situation, or their means: shares from 0 to 1, and counts of items."""

    recall: float
    recall_with_path: float
    ndcg: float
    on_topic: float
    absurd: float
    without_link: float
    minutes_over: float


def situations(file: Path) -> list[Situation]:
    """Return the situations written in `file`, one JSON object a line."""
    return [json.loads(line) for line in file.read_text("utf-8").splitlines() if line]


def plain(text: str) -> str:
    """Return a text as patterns are written: lower case, without accents, with straight apostrophes."""
    bare = "".join(one for one in unicodedata.normalize("NFD", text) if not unicodedata.combining(one)).lower()
    return bare.translate(str.maketrans("’‘–—‑\u00a0\u202f", "''---  ")).replace("œ", "oe")


@cache
def _pattern(written: str) -> re.Pattern[str]:
    return re.compile(written, re.IGNORECASE)


def _found(patterns: Iterable[str], text: str) -> bool:
    return any(_pattern(one).search(text) for one in patterns)


def _head(medoc: Medoc) -> str:
    return plain(" | ".join((medoc.title.in_("fr"), medoc.publisher or "", medoc.url or "")))


def _subject(medoc: Medoc) -> str:
    return plain(f"{medoc.title.in_('fr')} | {medoc.summary.in_('fr') if medoc.summary else ''}")


def _musts(medoc: Medoc, situation: Situation) -> set[int]:
    head = _head(medoc)
    return {index for index, must in enumerate(situation["must"]) if _found(must["patterns"], head)}


def _is_absurd(medoc: Medoc, situation: Situation) -> bool:
    """Tell whether it would be absurd here: named so, or of another region than the person's."""
    title = plain(medoc.title.in_("fr"))
    texts = {"title": title, "head": _head(medoc), "all": f"{_head(medoc)} | {_subject(medoc)}"}
    for rule in situation["never"]:
        if rule.get("property") == "other-region":
            regions = medoc.terms_on("region")
            if regions and situation.get("region") not in regions:
                return True
        elif _found(rule.get("patterns", []), texts[rule.get("where", "head")]):
            return True
    return False


def score(situation: Situation, compass: Compass, catalogue: Catalogue) -> Score:
    """Return how good the list and the path are that `compass` gives in one situation.

    Recall is the share, by grade, of the resources expected; nDCG weighs them by place: 2 or 1 for the first that
    answers one, 0.5 for another on the subject, -1 for an absurd one.
    """
    answers = accepted(compass, Answers.given(situation["answers"]))
    ranking = rank(compass, catalogue, situate(compass, answers))
    path = pathway(ranking)
    items = [item.medoc for item in ranking.top(TOP)]
    absurd = [_is_absurd(one, situation) for one in items]
    gains, found, on_topic = _gains(items, absurd, situation)
    in_path = found.union(*(_musts(step.recommendation.medoc, situation) for step in path.steps))
    grades = [must["grade"] for must in situation["must"]]
    ideal = (sorted(map(float, grades), reverse=True) + [0.5] * TOP)[:TOP]
    return Score(
        recall=sum(grades[index] for index in found) / sum(grades),
        recall_with_path=sum(grades[index] for index in in_path) / sum(grades),
        ndcg=_discounted(gains) / _discounted(ideal),
        on_topic=on_topic / max(1, len(items)),
        absurd=sum(absurd),
        without_link=sum(one.url is None and not one.source.startswith("http") for one in items),
        minutes_over=path.over if len(path.steps) > 3 else 0,
    )


def _gains(items: Sequence[Medoc], absurd: Sequence[bool], situation: Situation) -> tuple[list[float], set[int], int]:
    gains: list[float] = []
    found: set[int] = set()
    on_topic = 0
    for medoc, is_absurd in zip(items, absurd, strict=True):
        if is_absurd:
            gains.append(-1.0)
            continue
        musts = _musts(medoc, situation)
        topical = bool(musts) or _found(situation["good_topics"], _subject(medoc))
        best = max((situation["must"][index]["grade"] for index in musts - found), default=None)
        gains.append(float(best) if best is not None else 0.5 if topical else 0.0)
        found |= musts
        on_topic += topical
    return gains, found, on_topic


def _discounted(gains: Sequence[float]) -> float:
    return sum(gain / math.log2(place + 2) for place, gain in enumerate(gains))


def means(scores: Sequence[Score]) -> Score:
    """Return the mean of each figure."""
    return Score(*(fmean(figures) for figures in zip(*scores, strict=True)))
