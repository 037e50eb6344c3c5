"""How long `boussole check` takes on 2,000 questions and 10,000 MEDOC, against reading the same files as TOML.

    .venv/bin/python benchmarks/check.py

To reach: under five seconds on two cores.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from itertools import product
from pathlib import Path
from random import Random

import tomli

QUESTIONS, MEDOC = 2_000, 10_000
DOMAINS, PROFILES, WORDS = 16, 10, 3_000
MIB = 1024


def vocabulary(chance: Random) -> list[str]:
    """Return words for titles: few enough for each to stand in many of them, as in a real catalogue."""
    syllables = ["".join(pair) for pair in product("bcdflmnprstv", "aeiou")]
    return ["".join(chance.choices(syllables, k=chance.randint(2, 5))) for _ in range(WORDS)]


def catalogue(chance: Random) -> str:
    """Return a catalogue of `MEDOC` MEDOC, some with contraindications."""
    facets = {"kind": ["outil", "donnee"], "profile": [f"p{n}" for n in range(PROFILES)]}
    facets["domain"] = [f"d{n}" for n in range(DOMAINS)]
    lines = ['format = 1\nid = "grand"\nversion = "1"\nlanguage = "fr"\ntitle = "Un grand catalogue"']
    for id_, terms in facets.items():
        listed = ", ".join(f'{{ id = "{term}", title = "Terme {term}", hint = "{term}" }}' for term in terms)
        lines.append(f'[[facet]]\nid = "{id_}"\ntitle = "Facette {id_}"\nterms = [{listed}]')
    words = vocabulary(chance)
    for number in range(MEDOC):
        suits = f'profile = ["p{chance.randrange(PROFILES)}"], domain = ["d{chance.randrange(DOMAINS)}"]'
        avoid = f'\navoid = [{{ when = {{ profile = "p{chance.randrange(PROFILES)}" }} }}]' if number % 20 == 0 else ""
        lines.append(
            f'[[medoc]]\nid = "m{number}"\nkind = "{chance.choice(facets["kind"])}"\n'
            f'title = "{" ".join(chance.choices(words, k=8))}"\nsummary = "Le numéro {number}"\n'
            f'url = "https://example.org/{number}"\nsource = "https://example.org/{number}"\nchecked = 2026-11-01\n'
            f"for = {{ {suits} }}{avoid}"
        )
    return "\n\n".join(lines) + "\n"


def compass(chance: Random) -> str:
    """Return a compass of `QUESTIONS` questions: chains of conditions, axes, rules."""
    lines = [
        'format = 1\nid = "grande"\nversion = "1"\nlanguage = "fr"\ncatalogue = "grand"\ntitle = "Une grande boussole"',
        "[ranking]\nweights = { profile = 3, domain = 3 }",
        '[[question]]\nid = "profile"\ntype = "one"\nfacet = "profile"\nask = "Qui ?"'.replace(" ?", "\u202f?"),
        '[[question]]\nid = "domain"\ntype = "many"\nmax = 3\nfacet = "domain"\nask = "Quoi\u202f?"',
    ]
    words = vocabulary(chance)
    for number in range(QUESTIONS - 2):
        when = ""
        third = number % 3
        if third == 1:  # a chain: each third question looks at the one before it
            when = f'\nwhen = {{ q{number - 1} = "b" }}'
        elif third:
            when = f'\nwhen = {{ any = [ {{ q{number - 1} = "a" }}, {{ q{chance.randrange(number)} = "c" }} ] }}'
        ask = " ".join(chance.choices(words, k=8))
        options = ", ".join(
            f'{{ id = "{one}", text = "Option {one}{number}", points = {place} }}' for place, one in enumerate("abc")
        )
        lines.append(
            f'[[question]]\nid = "q{number}"\ntype = "one"\nrequired = false\nask = "{ask}"\n'
            f"options = [{options}]{when}"
        )
    for number in range(100):
        weights = ", ".join(f"q{one} = 1" for one in range(number * 10, number * 10 + 5))
        lines.append(f'[[axis]]\nid = "a{number}"\ntitle = "Axe {number}"\nquestions = {{ {weights} }}')
    for _ in range(500):
        when = f'q{chance.randrange(QUESTIONS - 2)} = "a", profile = "p{chance.randrange(PROFILES)}"'
        lines.append(f'[[rule]]\nwhen = {{ {when} }}\nmedoc = ["m{chance.randrange(MEDOC)}"]\npoints = 50')
    return "\n\n".join(lines) + "\n"


def main() -> None:
    """Write the files, read them as TOML, check them, and print both."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keep", type=Path, help="folder to leave the files in")
    kept = parser.parse_args().keep
    with tempfile.TemporaryDirectory() as temporary:
        folder = kept or Path(temporary)
        (folder / "compasses").mkdir(parents=True, exist_ok=True)
        chance = Random(1)  # noqa: S311 - no secret
        (folder / "medoc.toml").write_text(catalogue(chance), "utf-8")
        (folder / "compasses" / "grande.toml").write_text(compass(chance), "utf-8")
        start = time.perf_counter()
        for path in folder.rglob("*.toml"):
            tomli.loads(path.read_text("utf-8"))
        floor = time.perf_counter() - start
        start = time.perf_counter()
        command = [sys.executable, "-m", "boussole", "check", "--lang", "en", "medoc.toml", "compasses/grande.toml"]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        took = time.perf_counter() - start
        memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // MIB
    print(f"{QUESTIONS} questions, {MEDOC} MEDOC: {done.stderr.splitlines()[0]} Exit {done.returncode}.")
    print(f"read as TOML {floor:.2f} s · checked {took:.2f} s ({took / floor:.1f} ×) · {memory} MiB")


if __name__ == "__main__":
    main()
