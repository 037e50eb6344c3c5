"""A county's folder, whose catalogue lies over another one, at the command line."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from support.samples import CATALOGUE, COMPASS

if TYPE_CHECKING:
    from collections.abc import Callable

    from cli.conftest import Done

    Boussole = Callable[..., Done]

COUNTY = """\
format = 1
id = "comte"
version = "7"
language = "fr"
title = { fr = "Notre comté", en = "Our county" }
extends = "mini"

[[medoc]]
id = "maison-de-l-eau"
kind = "outil"
title = { fr = "Maison de l’eau", en = "House of water" }
source = "https://example.org/maison"
checked = 2026-11-02
for = { profile = ["commune"], domain = ["eau"] }
proven = { efficacy = 3, feasibility = 3, safety = 3 }

[[medoc]]
id = "charte"
kind = "methode"
title = { fr = "Charte du comté", en = "Charter of the county" }
source = "https://example.org/charte"
checked = 2019-11-02

[[gone]]
id = "atlas-bis"
on = 2026-11-30
"""


@pytest.fixture
def county(here: Path) -> Path:
    """Stand in the county's folder; the catalogue below and its compass are the user's own."""
    below = Path(os.environ["XDG_DATA_HOME"]) / "boussole"
    (below / "compasses").mkdir(parents=True)
    (below / "medoc.toml").write_text(CATALOGUE, encoding="utf-8")
    (below / "compasses" / "essai.toml").write_text(COMPASS, encoding="utf-8")
    (here / "medoc.toml").write_text(COUNTY, encoding="utf-8")
    return here


@pytest.mark.usefixtures("county")
def test_list_and_medoc_say_where_each_comes_from(boussole: Boussole) -> None:
    """`list` under the compasses of the base; `medoc` on each sheet, as text and as JSON."""
    assert "    with 2 MEDOC of “Our county”" in boussole("list").out.splitlines()
    assert "From the catalogue “comte”" in boussole("medoc", "charte").out
    assert "From the catalogue “mini”" in boussole("medoc", "secret").out
    assert json.loads(boussole("medoc", "maison-de-l-eau", "--to", "json").out)["catalogue"] == "comte"
    assert "atlas-bis" not in boussole("medoc").out


@pytest.mark.usefixtures("county")
def test_check_points_into_the_file_of_the_county(boussole: Boussole) -> None:
    """What is found about its MEDOC stands at their lines; the others’ are not its own; what it changes is told."""
    done = boussole("check", "medoc.toml")
    places = [line.split(" ")[0] for line in done.out.splitlines() if not line.startswith(" ")]
    lines = COUNTY.splitlines()
    old = f"medoc.toml:{lines.index('checked = 2019-11-02') + 1}:11:"
    assert (done.code, places.count(old)) == (0, 1)
    assert {place.split(":")[0] for place in places} == {"medoc.toml"}
    assert all(7 < int(place.split(":")[1]) <= len(lines) for place in places), done.out
    told = "medoc.toml lies over “mini”: 1 MEDOC added · replaced: charte · taken away: atlas-bis."
    assert done.err.splitlines()[0] == told


@pytest.mark.usefixtures("county")
def test_check_of_a_layer_leaves_the_facets_below_alone(boussole: Boussole, here: Path) -> None:
    """A facet that nothing is about is told of the file that declares it, and of no file over it."""
    below = Path(os.environ["XDG_DATA_HOME"]) / "boussole" / "medoc.toml"
    idle = '[[facet]]\nid = "idle"\ntitle = "Idle"\nterms = [ { id = "none", title = "None" } ]\n\n'
    base = CATALOGUE.replace("[[facet]]", f"{idle}[[facet]]", 1)
    below.write_text(base, encoding="utf-8")
    head = 'format = 1\nid = "x"\nversion = "1"\nlanguage = "fr"\ncatalogue = "mini"\ntitle = "X"\n'
    question = '[[question]]\nid = "q"\ntype = "one"\nfacet = "profile"\nask = "Q"\n'
    (here / "x.toml").write_text(f"{head}{question}", encoding="utf-8")
    for text, told in ((base, True), (COUNTY, False)):
        (here / "medoc.toml").write_text(text, encoding="utf-8")
        assert ("B542" in boussole("check", "medoc.toml", "x.toml").out) is told


def test_check_of_mistakes_in_a_layer(boussole: Boussole, county: Path) -> None:
    """They stand at the lines of its own file, held to the facets and ids of the sum."""
    wrong = COUNTY.replace('"commune"', '"communes"').replace('id = "atlas-bis"', 'id = "charte"')
    (county / "medoc.toml").write_text(wrong, encoding="utf-8")
    done = boussole("check", "medoc.toml")
    assert done.code == 1
    found = [line.split(" ")[0:3:2] for line in done.out.splitlines() if " error " in line]
    assert found == [["medoc.toml:14:20:", "B202"], ["medoc.toml:25:6:", "B317"]]


def test_a_base_that_is_not_there_is_the_only_mistake(boussole: Boussole, county: Path) -> None:
    """Without it, nothing else of the file can be judged; the nearest id is proposed."""
    (county / "medoc.toml").write_text(COUNTY.replace('"mini"', '"minni"'), encoding="utf-8")
    done = boussole("check", "medoc.toml")
    assert [line.split(" ")[2] for line in done.out.splitlines() if " error " in line] == ["B318"]
    assert "Did you mean “mini”?" in done.out


def test_a_layer_that_only_takes_away_is_a_catalogue(boussole: Boussole, county: Path) -> None:
    """It has neither facets nor MEDOC; only what was there is taken away."""
    header = COUNTY.partition("\n[[medoc]]")[0]
    gone = "".join(f"\n[[gone]]\nid = '{id_}'\non = 2026-11-30\n" for id_ in ("atlas", "never-there"))
    (county / "less.toml").write_text(header + gone, encoding="utf-8")
    done = boussole("check", "less.toml")
    assert done.code == 0
    assert done.err.startswith("less.toml lies over “mini”: 0 MEDOC added · taken away: atlas.\n1 file checked")


@pytest.mark.usefixtures("county")
def test_why_says_where_it_comes_from(boussole: Boussole) -> None:
    """In words in each form for people, as an id in JSON."""
    town = ("--set", "profile=commune", "--set", "domain=eau")
    for form in ("table", "md"):
        assert "From the catalogue “comte”" in boussole("why", "essai", "maison-de-l-eau", *town, "--to", form).out
    document = json.loads(boussole("why", "essai", "maison-de-l-eau", *town, "--to", "json").out)
    assert (document["medoc"]["catalogue"], document["catalogue"]["version"]) == ("comte", "2026.11 + comte 7")
    assert document["rank"] == 1


def test_batch_ranks_the_sum(boussole: Boussole, county: Path) -> None:
    """As `recommend` does, row by row."""
    (county / "in.csv").write_text("profile,domain\ncommune,eau\n", encoding="utf-8")
    done = boussole("batch", "essai", "in.csv", "-o", "out.csv")
    assert done.code == 0, done.err
    assert "maison-de-l-eau" in (county / "out.csv").read_text("utf-8")
    one = boussole("recommend", "essai", "--set", "profile=commune", "--set", "domain=eau", "--to", "csv", "--top", "1")
    assert "maison-de-l-eau" in one.out
