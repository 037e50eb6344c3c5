"""How sure the top is, in words and beside each place."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from boussole.cli.console import as_text
from boussole.core.answers.answers import Answers
from boussole.core.why.sensitivity import PlaceSensitivity, Sensitivity, Stability
from boussole.render.path.markdown import to_markdown
from boussole.render.recommend.json import to_json
from boussole.render.recommend.sensitivity_wording import share, sure_line, sure_lines
from boussole.render.recommend.table import to_table
from boussole.vectorized.why.sensitivity import sensitivity
from support.pages import read
from support.samples import FULL_ANSWERS, catalogue, compass, keepsake, ranked

if TYPE_CHECKING:
    from boussole.core.ranking import Ranking

HOLDS = PlaceSensitivity("atlas", Stability({"profile": (3, 3), "domain": (1, 1)}), Stability({"proven": (2, 2)}))
SHAKY = PlaceSensitivity("charte", Stability({"profile": (2, 3), "domain": (1, 1)}), Stability({"proven": (1, 2)}))
ALMOST = PlaceSensitivity("fiche", Stability({"domain": (999, 1000)}), Stability({"proven": (2, 2)}))
SHARES = (
    "Beside each place: the share of these tries in which it stays; each question and each criterion counts as much."
)
FIRM = Sensitivity(10, (HOLDS, SHAKY), {"profile": 3, "domain": 1}, {"proven": 2})


def firmness(ranking: Ranking, top: int = 3) -> Sensitivity:
    """Return how sure the first of a ranking are."""
    return sensitivity(compass(), catalogue(), Answers.given(ranking.situation.answers), top)


def said(sure: Sensitivity) -> list[str]:
    """Return the sentences."""
    return [line.in_("en") for line in sure_lines(sure, compass())]


def test_one_line_explains_it() -> None:
    """How often each place stays, « always » where it does whatever changes, and how many changes were tried."""
    assert sure_line(FIRM).in_("en") == (
        "How sure: we tried 4 other answers, one at a time, then 2 other ways to count, a criterion counting a little "
        "more or less. The first 2 stay in the list so often: 1 (always) and 2 (72%)."
    )
    both = FIRM._replace(places=(HOLDS, HOLDS))
    assert sure_line(both).in_("en").endswith("1 (always) and 2 (always).")
    none = FIRM._replace(places=(SHAKY,))
    assert sure_line(none).in_("en").startswith("How sure: we tried 4 other answers,")


def test_then_what_counts_most() -> None:
    """What weights do by themselves where it is more; the questions that move the most, at most three."""
    assert said(FIRM)[1:] == [SHARES, "What counts most, and how many stay whatever is answered: “Who are you?” (1)."]
    steady = FIRM._replace(places=(HOLDS, SHAKY._replace(weights=HOLDS.weights)))
    assert said(steady)[2] == "When only a criterion counts more or less, 2 of 2 stay."
    assert said(FIRM._replace(places=(HOLDS,)))[1:] == [SHARES]
    assert said(FIRM._replace(partly=("domain",)))[-1].startswith("Of “Which fields?”, only some sets of options")
    assert said(FIRM._replace(places=())) == []


def test_a_share_is_whole_only_where_it_is_all() -> None:
    """999 in 1000 is not 100, and a question of a thousand answers counts as much as one of two."""
    assert [share(one).in_("en") for one in (HOLDS, SHAKY, ALMOST)] == ["100%", "72%", "99%"]


def test_json() -> None:
    """An object for each place of the top, and one for the whole; nothing of it unless asked for."""
    ranking = ranked(FULL_ANSWERS)
    sure = firmness(ranking)
    plain = to_json(ranking, "en", shown=ranking.recommendations)
    document = json.loads(to_json(ranking, "en", shown=ranking.recommendations, sure=sure))
    whole = document.pop("sure")
    places = [item.pop("sure", None) for item in document["recommendations"]]
    assert document == json.loads(plain)
    assert [place is not None for place in places] == [True] * 3 + [False] * 2
    assert list(places[0]) == ["holds", "share", "answers", "weights"]
    assert list(places[0]["answers"]) == ["kept", "tried", "depends_on"]
    assert list(whole) == [
        "top", "of", "hold", "hold_answers", "hold_weights", "tried", "answers", "weights", "partly", "text",
    ]  # fmt: skip
    assert whole["hold"] == sum(place["holds"] for place in places[:3])
    assert whole["tried"]["answers"] == sum(one["tried"] for one in whole["answers"].values())
    assert whole["text"].startswith("How sure: ")


def test_table() -> None:
    """A column says in which share of the changes each place of the top holds; the sentences stand under the list."""
    ranking = ranked(FULL_ANSWERS)
    sure = firmness(ranking)
    for width in (40, 80):
        table = to_table(ranking, "en", width=width, shown=ranking.recommendations, sure=sure)
        text = as_text(table, width, on_screen=False)
        lines = text.split("\n")
        heads = next(line for line in lines if "Rank" in line)
        assert heads.endswith("Score  Holds")
        assert sum(line.endswith("%") for line in lines) == 3
        assert max(map(len, lines)) <= width
        assert "How sure: " in text


def test_markdown() -> None:
    """A note beside each place of the top, and the sentences under the list; nothing of it unless asked for."""
    ranking = ranked(FULL_ANSWERS)
    kept = keepsake(ranking)
    plain = to_markdown(ranking, "en", kept, shown=ranking.recommendations)
    page = to_markdown(ranking, "en", kept._replace(sure=firmness(ranking)), shown=ranking.recommendations)
    listed = read(page).section("My list")
    assert [" · stays in " in block.text for block in listed[:5]] == [True] * 3 + [False] * 2
    assert listed[5].text.startswith("How sure: ")
    kept_lines = [line for line in page.split("\n") if " · stays in " not in line]
    assert set(plain.split("\n")) - set(kept_lines) == {
        re.sub(r" · stays in [^·]*(?= ·|$)", "", line) for line in page.split("\n") if " · stays in " in line
    }
