"""Titles in letters two columns wide, and emoji, in every form for a screen: whole, and within the width."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from boussole.cli.console import as_text
from boussole.core.answers.answers import Answers
from boussole.core.compare.causes import compare
from boussole.core.compare.differences import Case
from boussole.core.compare.impact import Revision, assess
from boussole.core.compare.impact_totals import sum_up
from boussole.core.ranking import Ranking, rank
from boussole.core.situation import situate
from boussole.render.compare import formats, impact_formats
from boussole.render.compare.impact_wording import Reading
from boussole.render.recommend.table import to_table
from boussole.render.why.formats import why_table
from boussole.render.wrapping import text_width
from boussole.vectorized.why.explanation import explain
from support.builders import make_text
from support.samples import FULL_ANSWERS, catalogue, compass

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.console import RenderableType

    from boussole.core.definitions.catalogue import Catalogue

TITLES = ["日本語テキスト" * 9, "👍🏽🇫🇷" * 20, "日本語テキスト " * 9]
ANSWERS: dict[str, Any] = {id_: tuple(one) if isinstance(one, list) else one for id_, one in FULL_ANSWERS.items()}


@cache
def _catalogue(title: str) -> Catalogue:
    medoc = dict(catalogue().medoc)
    medoc["charte"] = medoc["charte"]._replace(title=make_text(title, title))
    return catalogue()._replace(medoc=medoc)


def _ranking(title: str) -> Ranking:
    return rank(compass(), _catalogue(title), situate(compass(), Answers.given(ANSWERS)))


def _recommend(title: str, width: int) -> RenderableType:
    ranking = _ranking(title)
    return to_table(ranking, "fr", width=width, shown=ranking.recommendations)


def _why(title: str, width: int) -> RenderableType:
    return why_table(
        explain(_ranking(title), Answers.given(ANSWERS), _catalogue(title).medoc["charte"], 3), "fr", width=width
    )


def _compare(title: str, width: int) -> RenderableType:
    before, after = (Case(compass(), _catalogue(title), {**ANSWERS, "accord": accord}) for accord in ("no", "yes"))
    return formats.to_table(compare(before, after, 2), "fr", width=width)


def _impact(title: str, width: int) -> RenderableType:
    new = compass()._replace(rules=())
    change = Revision.between((compass(), _catalogue(title)), (new, _catalogue(title)))
    impact = sum_up([assess("ann", ANSWERS, change)])
    return impact_formats.to_table(impact, Reading((), {}), "fr", width=width, worst=3)


@pytest.mark.parametrize("form", [_recommend, _why, _compare, _impact])
@pytest.mark.parametrize("title", TITLES, ids=["Japanese", "emoji", "Japanese words"])
@pytest.mark.parametrize("width", [40, 59])
def test_wide_titles(form: Callable[[str, int], RenderableType], title: str, width: int) -> None:
    """Every line is within the width, and all of the title is there: what is too wide is neither cut nor lost."""
    shown = as_text(form(title, width), width, on_screen=False)
    assert max(map(text_width, shown.split("\n"))) <= width
    whole, wanted = (re.sub(r"\s|\d+ *$", "", text, flags=re.MULTILINE) for text in (shown, title))
    assert wanted in whole
