"""Rows per second of `boussole batch`, against reading and writing the same bytes without any decision.

    .venv/bin/python benchmarks/batch.py [--rows 1000000] [--large 20000000]

The floor is Polars: it reads the input and writes a file of as many columns as the result. Work and floor run by turns,
each in a process of its own and into a new file; figures are medians, ratios are medians of those within a round. A
sample of the rows is compared with `recommend`. `data/` keeps the compass and the MEDOC of an earlier day, so that
figures of different days are about the same work; those that ship today are measured beside them. `--large` adds many
rows.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from enum import StrEnum
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from boussole.batch.layouts import Wide
from boussole.batch.mapping.plan import make_plan
from boussole.batch.recommending import BatchRecommender
from boussole.batch.run import Target, run
from boussole.core.answers.answers import Answers
from boussole.core.definitions.compass import QuestionType
from boussole.core.ranking import rank
from boussole.core.situation import situate
from boussole.files.library import Library
from boussole.tables.reading import open_table
from boussole.vectorized.encoding import Column
from boussole.vectorized.population.respondents import Respondents
from boussole.vectorized.population.top_k import Ranker
from measuring import Piece, by_turns, in_a_process, median, ratio

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from boussole.core.definitions.catalogue import Catalogue
    from boussole.core.definitions.compass import Compass, Question
    from boussole.files.library import Pair

COMPASS = "agir-ensemble"
TOP = 10
MEDOC = 300
_PIECE = 1_000_000
_SAMPLE = 200
_ROUNDS = 3
_EXCEL_ROWS = 36_000
_DATA = Path(__file__).parent / "data"


class Of(StrEnum):
    """The definitions that are measured: those kept beside the benchmark, and those that ship today."""

    KEPT = "kept"
    TODAY = "today"

    def pair(self) -> Pair:
        """Return the compass and its catalogue."""
        library = Library(_DATA / "medoc.toml", _DATA / "compasses") if self is Of.KEPT else Library()
        return library.pair(COMPASS)


def definitions(of: Of, medoc: int) -> tuple[Compass, Catalogue]:
    """Return the compass and its catalogue with so many MEDOC: the first of them, then mixtures of them.

    A mixture has on each facet the terms of one, and the proofs of another, so that few are alike in all.
    """
    pair = of.pair()
    all_ = list(pair.catalogue.medoc.values())
    chance = Random(0)  # noqa: S311 - the same MEDOC in every run
    named = {one.id: one for one in all_[:medoc]}
    for place in range(len(all_), medoc):
        one = all_[place % len(all_)]
        suits = {facet: chance.choice(all_).suits.get(facet) for facet in pair.catalogue.facets}
        id_ = f"{one.id}-{place // len(all_)}"
        named[id_] = one._replace(
            id=id_,
            suits={facet: terms for facet, terms in suits.items() if terms},
            proven=chance.choice(all_).proven,
        )
    rules = tuple(
        rule._replace(medoc=kept) for rule in pair.compass.rules if (kept := tuple(x for x in rule.medoc if x in named))
    )
    after = {id_: one._replace(after=tuple(x for x in one.after if x in named)) for id_, one in named.items()}
    return pair.compass._replace(rules=rules), pair.catalogue._replace(medoc=after)


def values(question: Question, *, most: int) -> list[str]:
    """Return the cells that can answer a question."""
    match question.type:
        case QuestionType.MANY:
            options = [id_ for id_, option in question.options.items() if not option.alone]
            most = min(most, question.most or most)
            chance = Random(question.id)  # noqa: S311 - the same cells in every run
            sets = {
                tuple(sorted(chance.sample(options, chance.randint(1, most)), key=options.index)) for _ in range(500)
            }
            return ["|".join(one) for one in sorted(sets)] if most > 1 else options
        case QuestionType.SCALE:
            return [str(place) for place in range(len(question.labels))]
        case QuestionType.NUMBER:
            return [str(number) for number in range(question.least or 0, (question.most or 100) + 1)]
        case QuestionType.TEXT:
            return ["texte"]
        case _:
            return list(question.options)


def make_table(path: Path, cells: Mapping[str, list[str]], rows: int) -> None:
    """Write a table of organisations with random answers."""
    chance = np.random.default_rng(1)
    with path.open("wb") as file:
        for start in range(0, rows, _PIECE):
            size = min(_PIECE, rows - start)
            columns = {
                "nom": pl.int_range(start, start + size, eager=True).cast(pl.String),
                **{id_: pl.Series(known).gather(chance.integers(0, len(known), size)) for id_, known in cells.items()},
            }
            pl.DataFrame(columns).write_csv(file, include_header=start == 0)


def advise(path: Path, target: Path, of: Of, medoc: int) -> None:
    """Run the batch as the command does."""
    compass, catalogue = definitions(of, medoc)
    source = open_table(path)
    adviser = BatchRecommender(
        compass,
        catalogue,
        make_plan(compass, source.columns),
        language="fr",
        layout=Wide(compass, catalogue, "fr", top=TOP),
    )
    run(source, adviser, Target(str(target)))


def floor(path: Path, result: Path, target: Path) -> None:
    """Read the input and write the bytes of the result, streaming; one row of the result stands for all decisions."""
    width = len(pl.read_csv(path, n_rows=1, infer_schema=False).columns)
    first = pl.read_csv(result, n_rows=1, infer_schema=False)
    added = [pl.lit(first[name][0], pl.String).alias(name) for name in first.columns[width:]]
    pl.scan_csv(path, infer_schema=False).with_columns(added).sink_csv(target)


def check_sample(path: Path, of: Of, medoc: int) -> None:
    """Compare rows of the result with ranking them one by one."""
    compass, catalogue = definitions(of, medoc)
    for row in pl.read_csv(path, n_rows=_SAMPLE, infer_schema=False).rows(named=True):
        given: dict[str, Any] = {}
        for id_, question in compass.questions.items():
            cell = row.get(id_)
            if cell:
                number = question.type in {QuestionType.SCALE, QuestionType.NUMBER} and cell != "?"
                given[id_] = cell.split("|") if question.type is QuestionType.MANY else int(cell) if number else cell
        expected = [one.medoc.id for one in rank(compass, catalogue, situate(compass, Answers.given(given))).top(TOP)]
        found = [row[f"boussole_{place}"] for place in range(1, TOP + 1)]
        if [one for one in found if one is not None] != expected:
            sys.exit(f"not what recommend gives: {row}")


def table_line(title: str, reach: str, path: Path, of: Of, medoc: int = MEDOC, rounds: int = _ROUNDS) -> int:
    """Measure one work and its floor by turns, and print the medians; return its peak memory."""
    result, same = path.parent / "result.csv", path.parent / "floor.csv"
    first = in_a_process(advise, path, result, of, medoc)  # warms the disk's cache, and gives the floor its columns
    check_sample(result, of, medoc)
    sample = path.parent / "sample.csv"
    pl.scan_csv(result, infer_schema=False).head(1).sink_csv(sample)
    ours, floors = by_turns(
        [Piece(advise, (path, result, of, medoc), result), Piece(floor, (path, sample, same), same)], rounds
    )
    mine, base = median(ours), median(floors)
    rows = pl.scan_csv(path, infer_schema=False).select(pl.len()).collect().item()
    print(
        f"{of}, {medoc} MEDOC, {title}: {ratio(ours, floors):.2f} × floor (reach {reach}) · {mine.seconds:.2f} s"
        f" (CPU {mine.cpu:.2f} s) · floor {base.seconds:.2f} s (CPU {base.cpu:.2f} s)"
        f" · {rows / mine.seconds / 1e3:.0f} k rows/s · {max(mine.memory, first.memory)} MiB",
        flush=True,
    )
    return max(mine.memory, first.memory)


def in_process(of: Of, medoc: int, rows: int, title: str, reach: str, ids: Collection[str]) -> None:
    """Measure the ranking alone, when the questions of `ids` are answered at random."""
    compass, catalogue = definitions(of, medoc)
    chance = np.random.default_rng(2)
    columns = {}
    for id_, question in compass.questions.items():
        if id_ not in ids:
            continue
        cells = values(question, most=3)
        read = [tuple(cell.split("|")) if question.type is QuestionType.MANY else cell for cell in cells]
        number = question.type in {QuestionType.SCALE, QuestionType.NUMBER}
        columns[id_] = Column(
            tuple(int(str(cell)) if number else cell for cell in read),
            chance.integers(0, len(cells), rows).astype(np.int32),
        )
    ranker = Ranker(compass, catalogue, TOP)
    start = time.perf_counter()
    for place in range(0, rows, 131_072):
        piece = {id_: Column(one.values, one.codes[place : place + 131_072]) for id_, one in columns.items()}
        size = min(131_072, rows - place)
        ranker.rank(Respondents(compass, catalogue, piece, size))
    took = time.perf_counter() - start
    print(f"{of}, {medoc} MEDOC, in process, {title}: {rows / took / 1e3:.0f} k rows/s (reach {reach})", flush=True)


def workbook(folder: Path, cells: Mapping[str, list[str]]) -> None:
    """Measure a workbook in and out, and print it."""
    table, book, result = folder / "book.csv", folder / "book.xlsx", folder / "result.xlsx"
    make_table(table, cells, _EXCEL_ROWS)
    pl.read_csv(table, infer_schema=False).write_excel(book)
    (runs,) = by_turns([Piece(advise, (book, result, Of.TODAY, MEDOC), result)], _ROUNDS)
    told = median(runs)
    print(f"{_EXCEL_ROWS} rows of Excel in and out: {told.seconds:.2f} s (CPU {told.cpu:.2f} s) (reach 4)", flush=True)


def main() -> None:
    """Print the table of the works."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=_PIECE)
    parser.add_argument("--large", type=int, default=0)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        few, all_ = folder / "few.csv", folder / "all.csv"
        memory = 0
        for of in Of:
            compass = of.pair().compass
            some = {id_: values(compass.questions[id_], most=1) for id_ in ("profile", "domain", "level")}
            make_table(few, some, options.rows)
            make_table(all_, {id_: values(one, most=3) for id_, one in compass.questions.items()}, options.rows)
            kept = of is Of.KEPT
            memory = table_line("profile, one domain, level", "1.3" if kept else "none set", few, of)
            table_line("every question at random", "2.2" if kept else "none set", all_, of)
            table_line("profile, one domain, level", "3" if kept else "none set", few, of, 10_000)
            on_axes = [id_ for one in compass.axes.values() for id_ in one.questions]
            for medoc, rows, reach in ((150, options.rows, "1,500"), (10_000, options.rows // 10, "100")):
                in_process(of, medoc, rows, "profile, three domains, level, maturity", reach, [*some, *on_axes])
                in_process(of, medoc, rows, "every question", "none set", compass.questions)
        workbook(folder, some)
        if options.large:
            all_.unlink()
            make_table(few, some, options.large)
            large = table_line(f"{options.large} rows", "1.25, 600 MiB", few, Of.TODAY, rounds=1)
            print(f"memory grows by {100 * (large - memory) / memory:.0f} % (reach 25)")


if __name__ == "__main__":
    main()
