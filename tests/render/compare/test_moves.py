"""What moved, as lines."""

from __future__ import annotations

from boussole.core.compare.moves import RankChange, RankChanges
from boussole.render.compare.moves import move_lines
from support.builders import make_medoc, make_text

ATLAS, BD, CHARTE, DICO = (make_medoc(one)._replace(title=make_text(one)) for one in ("atlas", "bd", "charte", "dico"))


def test_each_line_says_how_far_it_moved() -> None:
    """Up, down, the same place, new from below or from what was left out; then what is gone, and where to."""
    found = RankChanges(
        3,
        (
            RankChange(ATLAS, 3, 1),
            RankChange(BD, 1, 2),
            RankChange(CHARTE, 3, 3),
            RankChange(DICO, 14, 4),
            RankChange(make_medoc("[x]\n\x1b"), None, 5),
        ),
        (RankChange(DICO, 2, 8), RankChange(BD, 1, None)),
    )
    assert move_lines(found, "en") == [
        "1. atlas · ↑ 2",
        "2. bd · ↓ 1",
        "3. charte · same place",
        "4. dico · new (it was number 14)",
        "5. Titre de [x] · new (it was left out)",
        "",
        "No longer in the first 3",
        "- dico · now number 8",
        "- bd · left out",
    ]


def test_the_same_ones_in_another_order() -> None:
    """Where nothing is gone, there is nothing more to say."""
    found = RankChanges(2, (RankChange(BD, 2, 1), RankChange(ATLAS, 1, 2)), ())
    assert move_lines(found, "en") == ["1. bd · ↑ 1", "2. atlas · ↓ 1"]


def test_nothing_moves() -> None:
    """Where nothing moved, or nothing is left, that is said."""
    assert move_lines(RankChanges(3, (RankChange(ATLAS, 1, 1),), ()), "en") == ["Nothing moves in the first 3."]
    assert move_lines(RankChanges(3, (), ()), "en") == ["No MEDOC fits these answers."]
    gone = RankChanges(3, (), (RankChange(ATLAS, 1, None),))
    assert move_lines(gone, "en") == ["No longer in the first 3", "- atlas · left out"]
