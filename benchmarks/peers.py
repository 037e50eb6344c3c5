"""What others take for the same decision: DuckDB with SQL written by hand, and zen-engine a row at a time.

    .venv/bin/python benchmarks/peers.py [--rows 1000000]

Both are installed in a folder that is thrown away, and get all that can be computed beforehand: the weighted fit of
each MEDOC for each answer, and which are left out. They decide what `boussole batch` decides for a profile, a domain
and a level; DuckDB's first MEDOC are compared with ours. zen-engine computes the scores only, without any order.
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

import polars as pl

from batch import COMPASS, MEDOC, TOP, advise, definitions, in_a_process, make_table, values
from boussole.core.answers.answers import Answers
from boussole.core.definitions.catalogue import PROVEN
from boussole.core.fits import fit_function, pseudo_fit
from boussole.core.ranking import rank
from boussole.core.situation import situate
from boussole.files.library import Library

if TYPE_CHECKING:
    from boussole.core.definitions.catalogue import Catalogue
    from boussole.core.definitions.compass import Compass

FACETS = ("profile", "domain", "level")
_DUCKDB = """
import sys, time, duckdb
rows, folder = sys.argv[1:]
start = time.perf_counter()
duckdb.execute("set threads = 2")
for name in ("medoc", "fits", "ruled"):
    duckdb.execute(f"create table {name} as from read_csv('{folder}/{name}.csv', all_varchar = false)")
duckdb.execute(f"create table rows as from read_csv('{rows}', all_varchar = true)")
duckdb.execute('''create table sheets as
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
    select profile, domain, level, list(id order by rank) as ids from placed where rank <= 10 group by all''')
columns = ", ".join(f"ids[{n}] as boussole_{n}" for n in range(1, 11))
duckdb.execute(f"copy (select rows.*, {columns} from rows left join sheets using (profile, domain, level))"
               f" to '{folder}/duckdb.csv' (header)")
print(time.perf_counter() - start)
"""
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


def main() -> None:
    """Install the peers, give them the same work, and print how much longer they take."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    rows = parser.parse_args().rows
    compass, catalogue = definitions(MEDOC)
    questions = Library().pair(COMPASS).compass.questions
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        table = folder / "rows.csv"
        make_table(table, {id_: values(questions[id_], most=1) for id_ in FACETS}, rows)
        prepare(compass, catalogue, folder)
        prepare_zen(table, folder)
        venv.create(folder / "venv", with_pip=True)
        python = str(folder / "venv" / "bin" / "python")
        subprocess.run([python, "-m", "pip", "install", "--quiet", "duckdb", "zen-engine"], check=True)
        ours, duckdb = 1e9, 1e9
        for _ in range(_ROUNDS):
            ours = min(ours, in_a_process(advise, table, folder / "ours.csv", MEDOC)[0])
            duckdb = min(duckdb, float(subprocess.check_output([python, "-c", _DUCKDB, str(table), name])))
        zen = float(subprocess.check_output([python, "-c", _ZEN, name])) * rows
        columns = ["nom", *(f"boussole_{place}" for place in range(1, TOP + 1))]
        mine, theirs = (
            pl.read_csv(folder / f"{one}.csv", infer_schema=False).select(columns).sort("nom")
            for one in ("ours", "duckdb")
        )
        if not mine.equals(theirs):
            sys.exit("DuckDB decides something else: the comparison is worth nothing")
        print(f"boussole {ours:.2f} s · DuckDB {duckdb:.2f} s, {duckdb / ours:.1f} times as long, the same MEDOC")
        print(f"zen-engine, scores only, from {_ZEN_ROWS} rows: {zen:.0f} s, {zen / ours:.0f} times as long")


if __name__ == "__main__":
    main()
