"""The shipped compasses give the same results whatever the order of their files and the hash seed.

`BOUSSOLE_SHEETS=2000 pytest tests/definitions/test_invariance.py` draws as many answer sheets per compass.
"""

from __future__ import annotations

import hashlib
import os
import random
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
import tomli
import tomli_w

from boussole.core.answers.answers import Answers
from boussole.core.definitions.compass import UNKNOWN, QuestionType
from boussole.core.ranking import rank
from boussole.core.situation import situate
from boussole.files.definitions.catalogue import read_catalogue
from boussole.files.definitions.compass import read_compass
from boussole.files.library import shipped_folder
from support.paths import TESTS

if TYPE_CHECKING:
    from boussole.core.definitions.catalogue import Catalogue
    from boussole.core.definitions.compass import Compass, Question, Value

SHEETS = int(os.environ.get("BOUSSOLE_SHEETS", "20"))
COMPASSES = ("agir-ensemble", "odd17-en-pratiques", "diversite-des-modeles", "sept-savoir-faire")
SEEDS = ("0", "1", "42", "4294967295")


def load(compass: str, shuffle: random.Random | None = None) -> tuple[Catalogue, Compass]:
    """Return shipped definitions, with all that has no order in an order of chance."""
    folder = shipped_folder()
    catalogue = tomli.loads((folder / "medoc.toml").read_text("utf-8"))
    definition = tomli.loads((folder / "compasses" / f"{compass}.toml").read_text("utf-8"))
    if shuffle is not None:
        for facet in catalogue["facet"]:
            if not facet.get("ordered"):
                shuffle.shuffle(facet["terms"])
        for document, key in ((catalogue, "facet"), (catalogue, "medoc"), (definition, "axis"), (definition, "rule")):
            shuffle.shuffle(document.get(key, []))
        shuffle.shuffle(definition.get("place", []))
    loaded = read_catalogue(tomli_w.dumps(catalogue).encode(), "medoc.toml")
    return loaded, read_compass(tomli_w.dumps(definition).encode(), f"{compass}.toml", loaded)


def draw(question: Question, chance: random.Random) -> Value | None:
    """Return an answer of chance, sometimes "?", sometimes none."""
    luck = chance.random()
    if luck < 0.05:
        return None
    if luck < 0.15 and not question.required:
        return UNKNOWN
    options = sorted(question.options)
    if question.type is QuestionType.MANY:
        free = [option for option in options if not question.options[option].alone]
        least = 1 if question.least is None else question.least
        return tuple(chance.sample(free, chance.randint(least, min(question.most or len(free), len(free)))))
    if question.type is QuestionType.SCALE:
        return chance.randrange(len(question.labels))
    if question.type is QuestionType.NUMBER:
        return chance.randint(question.least or 0, question.most or 100)
    return "un texte" if question.type is QuestionType.TEXT else chance.choice(options)


def fingerprint(catalogue: Catalogue, compass: Compass, sheets: int) -> list[str]:
    """Return what `sheets` answer sheets of chance give, to the last point."""
    chance = random.Random(2026)
    results = []
    for _ in range(sheets):
        drawn = {id_: draw(question, chance) for id_, question in sorted(compass.questions.items())}
        answers = Answers.given({id_: value for id_, value in drawn.items() if value is not None})
        ranking = rank(compass, catalogue, situate(compass, answers))
        told: list[Any] = [sorted(ranking.situation.axes.items())]
        told += [(facet, sorted(terms)) for facet, terms in ranking.situation.terms.items()]
        told += [(item.medoc.id, item.score, item.rank, item.tied) for item in ranking.recommendations]
        told += [[(reason.facet, reason.points, reason.fit) for reason in item.reasons] for item in ranking.top(10)]
        told += [(out.medoc.id, [reason.kind for reason in out.reasons]) for out in ranking.left_out]
        results.append(hashlib.sha256(repr(told).encode()).hexdigest())
    return results


@pytest.mark.parametrize("compass", COMPASSES)
def test_the_order_of_the_files_changes_nothing(compass: str) -> None:
    """Shuffled facets, unordered terms, MEDOC, axes, places and rules give the same results to the last point."""
    straight = fingerprint(*load(compass), SHEETS)
    shuffled = fingerprint(*load(compass, random.Random(7)), SHEETS)
    assert shuffled == straight


def test_the_hash_seed_changes_nothing() -> None:
    """Four interpreters with four hash seeds give the same results."""
    code = (
        "import test_invariance as t\n"
        f"for name in t.COMPASSES: print(t.fingerprint(*t.load(name), {SHEETS if SHEETS > 20 else 5}))"
    )
    printed = {
        subprocess.run(
            [sys.executable, "-c", code],
            check=True,
            capture_output=True,
            text=True,
            env={
                **os.environ,
                "PYTHONHASHSEED": seed,
                "PYTHONPATH": os.pathsep.join((str(TESTS), str(TESTS / "definitions"))),
            },
        ).stdout
        for seed in SEEDS
    }
    assert len(printed) == 1
