"""Which MEDOC that ship stand in nobody's list: for each one, people drawn for whom it is made.

    .venv/bin/python benchmarks/reach.py [--sheets 60] [--again 1500]

A sheet is drawn for a MEDOC by choosing, most often, options that place the person where it is made for. Who is in no
top ten of any compass after `--sheets` each is tried again with `--again`. Being there is a proof; not being there is
none. docs/content.md says why each one that is left stays in the catalogue.
"""

from __future__ import annotations

import argparse
from random import Random
from typing import TYPE_CHECKING, Any

import polars as pl

from boussole import recommend_many
from boussole.core.definitions.compass import QuestionType
from boussole.files.library import Library

if TYPE_CHECKING:
    from collections.abc import Collection

    from boussole.core.definitions.catalogue import Medoc
    from boussole.core.definitions.compass import Compass, Option, Question
    from boussole.files.library import Pair

_TOP = 10
_SUITED = 0.9


def suits(medoc: Medoc, question: Question, option: Option) -> bool:
    """Tell whether an option places the person on a term that the MEDOC is made for."""
    places = dict(option.place)
    if question.facet is not None:
        places |= {question.facet: frozenset((option.id,))}
    return any(medoc.terms_on(facet) & terms for facet, terms in places.items())


def drawn(question: Question, medoc: Medoc, chance: Random) -> Any:  # noqa: ANN401 - what answers hold
    """Return an answer to a question by somebody the MEDOC is made for, most often; None: no answer."""
    match question.type:
        case QuestionType.SCALE:
            return chance.randrange(len(question.labels))
        case QuestionType.ONE | QuestionType.YES_NO | QuestionType.MANY:
            options = [one for one in question.options.values() if not one.alone] or list(question.options.values())
            made_for = [one.id for one in options if suits(medoc, question, one)]
            if not question.required and chance.random() > (_SUITED if made_for else 1 - _SUITED):
                return None
            pool = made_for if made_for and chance.random() < _SUITED else [one.id for one in options]
            if question.type is not QuestionType.MANY:
                return chance.choice(pool)
            most = min(question.most or len(pool), len(pool), 3)
            return chance.sample(pool, chance.randint(min(question.at_least or 1, most), most))
        case _:
            return None


def frame_of(compass: Compass, medoc: Collection[Medoc], sheets: int, chance: Random) -> pl.DataFrame:
    """Return so many sheets for each MEDOC, a column a question, (sheets · medoc) rows."""
    columns: dict[str, Any] = {
        question.id: [drawn(question, one, chance) for one in medoc for _ in range(sheets)]
        for question in compass.questions.values()
    }
    return pl.DataFrame(columns, strict=False)


def never_shown(pairs: Collection[Pair], ids: Collection[str], sheets: int) -> list[str]:
    """Return which of the MEDOC stand in no top ten of the sheets drawn for each of them."""
    seen: set[str] = set()
    chance = Random(5)  # noqa: S311 - the same sheets in every run
    for pair in pairs:
        frame = frame_of(pair.compass, [pair.catalogue.medoc[id_] for id_ in ids], sheets, chance)
        result = recommend_many(pair.compass, pair.catalogue, frame, top=_TOP)
        refused = result.filter(pl.col("boussole_status") == "rejected").height
        if refused:
            print(f"{pair.compass.id}: {refused} sheets refused: {result['boussole_error'].drop_nulls()[0]}")
        for place in range(1, _TOP + 1):
            seen |= set(result[f"boussole_{place}"].drop_nulls())
    return [id_ for id_ in ids if id_ not in seen]


def main() -> None:
    """Print which MEDOC nobody was shown."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sheets", type=int, default=60)
    parser.add_argument("--again", type=int, default=1500)
    options = parser.parse_args()
    pairs = [one.pair for one in Library().listed() if one.pair is not None]
    catalogue = pairs[0].catalogue
    left = never_shown(pairs, list(catalogue.medoc), options.sheets)
    left = never_shown(pairs, left, options.again)
    print(f"{len(left)} of {len(catalogue.medoc)} MEDOC in no top ten of the sheets drawn for them:")
    for id_ in left:
        later = catalogue.medoc[id_].superseded_by
        print(f"  {id_}" + (f" (superseded by {later})" if later else ""))


if __name__ == "__main__":
    main()
