"""What others take for the same decision: DuckDB and Polars written by hand, and zen-engine a row at a time.

    .venv/bin/python benchmarks/peers.py [--rows 1000000]

They get all that can be computed beforehand: the weighted fit of each MEDOC for each answer, and which are left out.
They decide what `boussole batch` decides for a profile, a domain and a level, of the definitions in `data/`; the MEDOC
that DuckDB and Polars find are compared with ours. zen-engine, installed in a folder that is thrown away, computes the
scores only, without any order.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import venv
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import polars as pl

from batch import MEDOC, TOP, Of, advise, definitions, make_table, values
from boussole.core.answers.answers import Answers
from boussole.core.definitions.catalogue import PROVEN
from boussole.core.fits import fit_function, pseudo_fit
from boussole.core.ranking import rank
from boussole.core.situation import situate
from measuring import Piece, by_turns, median, ratio

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from boussole.core.definitions.catalogue import Catalogue
    from boussole.core.definitions.compass import Compass

FACETS = ("profile", "domain", "level")
_DUCKDB = """
with sheet as (select distinct profile, domain, level from rows),
scored as (
    select sheet.*, medoc.id, medoc.place,
        (p.points + d.points + l.points + medoc.base) // medoc.weight + coalesce(ruled.points, 0) as score
    from sheet cross join medoc
    join fits p on p.facet = 'profile' and p.term = sheet.profile and p.id = medoc.id
    join fits d on d.facet = 'domain' and d.term = sheet.domain and d.id = medoc.id
    join fits l on l.facet = 'level' and l.term = sheet.level and l.id = medoc.id
    left join ruled on ruled.profile = sheet.profile and ruled.domain = sheet.domain
        and ruled.level = sheet.level and ruled.id = medoc.id
    where not coalesce(ruled.leaves_out, false) and (p.points > 0 or not p.required)
      and (d.points > 0 or not d.required) and (l.points > 0 or not l.required)),
placed as (select *, row_number() over (
    partition by profile, domain, level order by score desc, place) as rank from scored)
select profile, domain, level, list(id order by rank) as ids from placed where rank <= 10 group by all"""
_ZEN = """
import json, sys, time, zen
folder = sys.argv[1]
content = json.load(open(f"{folder}/zen.json"))
decision = zen.ZenEngine().create_decision(json.dumps(content["decision"]))
start = time.perf_counter()
for row in content["rows"]:
    decision.evaluate(row)
print((time.perf_counter() - start) / len(content["rows"]))
"""
_ZEN_ROWS = 300
_ROUNDS = 3


def with_duckdb(table: Path, folder: Path, target: Path) -> None:
    """Decide with DuckDB, on both cores."""
    connection = duckdb.connect()
    connection.execute("set threads = 2; set enable_progress_bar = false")
    for name in ("medoc", "fits", "ruled"):
        connection.execute(f"create table {name} as from read_csv('{folder}/{name}.csv', all_varchar = false)")
    connection.execute(f"create table rows as from read_csv('{table}', all_varchar = true)")
    connection.execute(f"create table sheets as {_DUCKDB}")
    columns = ", ".join(f"ids[{place}] as boussole_{place}" for place in range(1, TOP + 1))
    query = f"select rows.*, {columns} from rows left join sheets using (profile, domain, level)"  # noqa: S608 - ours
    connection.execute(f"copy ({query}) to '{target}' (header)")


def with_polars(table: Path, folder: Path, target: Path) -> None:
    """Decide with Polars: distinct sheets scored by joins, then joined to the rows."""
    keys = list(FACETS)
    rows = pl.scan_csv(table, infer_schema=False)
    fits, ruled = pl.scan_csv(folder / "fits.csv"), pl.scan_csv(folder / "ruled.csv")
    scored = rows.select(keys).unique().join(pl.scan_csv(folder / "medoc.csv"), how="cross")
    for facet in FACETS:
        known = (
            fits.filter(pl.col("facet") == facet)
            .filter((pl.col("points") > 0) | ~pl.col("required"))
            .select(pl.col("term").alias(facet), "id", pl.col("points").alias(f"{facet}_points"))
        )
        scored = scored.join(known, on=[facet, "id"])
    given = pl.sum_horizontal(*(f"{facet}_points" for facet in FACETS), "base") // pl.col("weight")
    best = (
        scored.join(ruled, on=[*keys, "id"], how="left")
        .filter(~pl.col("leaves_out").fill_null(value=False))
        .with_columns((given + pl.col("points").fill_null(0)).alias("score"))
        .sort(["score", "place"], descending=[True, False])
        .group_by(keys, maintain_order=True)
        .agg(pl.col("id").head(TOP))
    )
    named = [pl.col("id").list.get(place, null_on_oob=True).alias(f"boussole_{place + 1}") for place in range(TOP)]
    rows.join(best.select(*keys, *named), on=keys, how="left", maintain_order="left").sink_csv(target)


def prepare(compass: Compass, catalogue: Catalogue, folder: Path) -> None:
    """Write what both get: the MEDOC in order of standing, the points of their fits, and what rules do to them."""
    weights = compass.weighting.weights
    total = weights.get(PROVEN, 0) + sum(weights.get(facet, 0) for facet in FACETS)
    inside = sorted(
        catalogue.medoc.values(), key=lambda one: (-one.proven.total, one.year is None, -(one.year or 0), one.id)
    )
    pl.DataFrame(
        [
            (one.id, place, weights.get(PROVEN, 0) * pseudo_fit(PROVEN, one, catalogue), total)
            for place, one in enumerate(inside)
        ],
        schema=["id", "place", "base", "weight"],
        orient="row",
    ).write_csv(folder / "medoc.csv")
    fits = []
    for facet in FACETS:
        for term in catalogue.facets[facet].terms:
            fit = fit_function(catalogue.facets[facet], frozenset((term,)), compass.weighting.generic)
            required = facet in compass.weighting.require
            fits += [(facet, term, one.id, weights.get(facet, 0) * fit(one), required) for one in inside]
    ruled = []
    for terms in product(*(catalogue.facets[facet].terms for facet in FACETS)):
        answers = {"profile": terms[0], "domain": [terms[1]], "level": terms[2]}
        found = rank(compass, catalogue, situate(compass, Answers.given(answers)))
        ruled += [(*terms, one.medoc.id, 0, True) for one in found.left_out if one.cautions or one.rules]
        ruled += [
            (*terms, one.medoc.id, sum(rule.points for rule in one.rules), False)
            for one in found.recommendations
            if one.rules
        ]
    pl.DataFrame(ruled, schema=[*FACETS, "id", "points", "leaves_out"], orient="row").write_csv(folder / "ruled.csv")
    pl.DataFrame(fits, schema=["facet", "term", "id", "points", "required"], orient="row").write_csv(
        folder / "fits.csv"
    )


def prepare_zen(table: Path, folder: Path) -> None:
    """Write a decision that adds the points of each MEDOC, and some rows to decide."""
    points: dict[str, dict[str, list[int]]] = {facet: {} for facet in FACETS}
    for facet, term, _, given, _ in pl.read_csv(folder / "fits.csv").iter_rows():
        points[facet].setdefault(term, []).append(given)
    base = pl.read_csv(folder / "medoc.csv")["base"].to_list()
    weight = pl.read_csv(folder / "medoc.csv")["weight"][0]
    places = list(range(len(base)))
    score = f"map({places}, floor((p[#] + d[#] + l[#] + {base}[#]) / {weight}))"
    nodes = [
        {"id": "in", "type": "inputNode", "name": "in", "position": {"x": 0, "y": 0}},
        {
            "id": "do",
            "type": "expressionNode",
            "name": "do",
            "position": {"x": 1, "y": 0},
            "content": {"expressions": [{"id": "s", "key": "scores", "value": score}]},
        },
        {"id": "out", "type": "outputNode", "name": "out", "position": {"x": 2, "y": 0}},
    ]
    edges = [
        {"id": f"{one}-{other}", "sourceId": one, "targetId": other, "type": "edge"}
        for one, other in (("in", "do"), ("do", "out"))
    ]
    rows = [
        {
            "p": points["profile"][row["profile"]],
            "d": points["domain"][row["domain"]],
            "l": points["level"][row["level"]],
        }
        for row in pl.read_csv(table, n_rows=_ZEN_ROWS).rows(named=True)
    ]
    (folder / "zen.json").write_text(json.dumps({"decision": {"nodes": nodes, "edges": edges}, "rows": rows}), "utf-8")


def same_medoc(files: Sequence[Path]) -> bool:
    """Tell whether the files name the same MEDOC for each row."""
    columns = ["nom", *(f"boussole_{place}" for place in range(1, TOP + 1))]
    first, *others = (pl.read_csv(file, infer_schema=False).select(columns).sort("nom") for file in files)
    return all(first.equals(other) for other in others)


def main() -> None:
    """Give them the same work by turns, and print how much longer they take."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--zen", action="store_true", help="zen-engine too, which is installed for it")
    options = parser.parse_args()
    compass, catalogue = definitions(Of.KEPT, MEDOC)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        table = folder / "rows.csv"
        make_table(table, {id_: values(compass.questions[id_], most=1) for id_ in FACETS}, options.rows)
        prepare(compass, catalogue, folder)
        peers: dict[str, Callable[..., None]] = {"boussole": advise, "DuckDB": with_duckdb, "Polars": with_polars}
        files = {peer: folder / f"{peer}.csv" for peer in peers}
        given = {"boussole": (table, files["boussole"], Of.KEPT, MEDOC)}
        runs = by_turns(
            [Piece(work, given.get(peer, (table, folder, files[peer])), files[peer]) for peer, work in peers.items()],
            _ROUNDS,
        )
        if not same_medoc(list(files.values())):
            sys.exit("they do not decide the same: the comparison is worth nothing")
        ours, *_ = runs
        for peer, of_peer in zip(peers, runs, strict=True):
            told = median(of_peer)
            print(
                f"{peer}: {told.seconds:.2f} s (CPU {told.cpu:.2f} s), {told.memory} MiB,"
                f" {ratio(of_peer, ours):.2f} times as long as boussole, the same MEDOC"
            )
        if options.zen:
            measure_zen(table, folder, options.rows, median(ours).seconds)


def measure_zen(table: Path, folder: Path, rows: int, ours: float) -> None:
    """Install zen-engine away from here, and print what it takes, from a few rows."""
    prepare_zen(table, folder)
    venv.create(folder / "venv", with_pip=True)
    python = str(folder / "venv" / "bin" / "python")
    subprocess.run([python, "-m", "pip", "install", "--quiet", "zen-engine"], check=True)
    took = float(subprocess.check_output([python, "-c", _ZEN, str(folder)])) * rows
    print(f"zen-engine, scores only, from {_ZEN_ROWS} rows: {took:.0f} s, {took / ours:.0f} times as long")


if __name__ == "__main__":
    main()
