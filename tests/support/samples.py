"""A small catalogue and a compass about it, made to show everything a result can say, and hostile texts."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from functools import cache
from typing import TYPE_CHECKING, TypeVar, cast

from hypothesis import strategies as st

from boussole.core.answers.accepting import accepted
from boussole.core.answers.answers import Answers
from boussole.core.ranking import Ranking, rank
from boussole.core.situation import situate
from boussole.files.answers.saved import answers_block, save
from boussole.files.definitions.catalogue import read_catalogue
from boussole.files.definitions.compass import read_compass
from boussole.render.path.model import PathMetadata
from support.paths import DATA

if TYPE_CHECKING:
    from boussole.core.definitions.catalogue import Catalogue
    from boussole.core.definitions.compass import Compass

T = TypeVar("T")

TODAY = dt.date(2026, 11, 22)
MOMENT = dt.datetime(2026, 11, 22, 14, 3, tzinfo=dt.timezone(dt.timedelta(hours=1)))

CATALOGUE = """\
format = 1
id = "mini"
version = "2026.11"
language = "fr"
title = { fr = "Petit catalogue", en = "Small catalogue" }

[[facet]]
id = "kind"
title = { fr = "Sorte", en = "Kind" }
terms = [
  { id = "outil", title = { fr = "Outil", en = "Tool" } },
  { id = "donnee", title = { fr = "Donnée", en = "Data" } },
  { id = "methode", title = { fr = "Méthode", en = "Method" } },
]

[[facet]]
id = "stage"
title = { fr = "Étape", en = "Stage" }
ordered = true
terms = [
  { id = "s-informer", title = { fr = "S’informer", en = "Find out" } },
  { id = "agir", title = { fr = "Agir", en = "Act" } },
]

[[facet]]
id = "profile"
title = { fr = "Profil", en = "Profile" }
terms = [
  { id = "commune", title = { fr = "Commune", en = "Town" } },
  { id = "etat", title = { fr = "État", en = "State" } },
  { id = "asso", title = { fr = "Association", en = "Non-profit" } },
]

[[facet]]
id = "domain"
title = { fr = "Domaine", en = "Field" }
terms = [
  { id = "eau", title = { fr = "Eau", en = "Water" } },
  { id = "energie", title = { fr = "Énergie", en = "Energy" } },
  { id = "climat", title = { fr = "Climat", en = "Climate" } },
]

[[medoc]]
id = "offre-beta"
kind = "outil"
stage = "agir"
title = { fr = "Offre [beta] R&D", en = "Offer [beta] R&D" }
summary = { fr = "Une offre.\\nDeux lignes.\\n\\nEncore.", en = "An offer.\\nTwo lines.\\n\\nMore." }
publisher = "A & B <co>"
year = 2024
url = "https://a.example/offre?x=1&y=2"
format = "kit"
source = "https://a.example/source"
checked = 2026-11-22
minutes = 90
for = { profile = ["commune"], domain = ["eau"] }
proven = { efficacy = 2, feasibility = 3, safety = 0 }
after = ["atlas", "atlas-bis", "guide-etat"]

[[medoc]]
id = "atlas"
kind = "donnee"
title = { fr = "Atlas de l’eau", en = "Water atlas" }
code = "1.1"
year = 2020
url = "https://b.example/"
language = "en"
source = "https://b.example/"
checked = 2026-11-22
for = { domain = ["eau", "climat"] }

[[medoc]]
id = "atlas-bis"
kind = "donnee"
stage = "s-informer"
title = { fr = "Second atlas", en = "Second atlas" }
year = 2019
source = "https://b.example/bis"
checked = 2026-11-22
expires = 2026-01-31
for = { domain = ["eau", "climat"] }

[[medoc]]
id = "charte"
kind = "methode"
stage = "agir"
title = { fr = "Écrire une charte", en = "Writing a charter" }
url = "javascript:alert(1)"
source = "https://c.example/"
checked = 2026-11-22
minutes = 900
avoid = [ { when = { domain = "energie" }, why = { fr = "Rien à y écrire", en = "Nothing to write there" } } ]

[[medoc]]
id = "fiche"
kind = "methode"
title = { fr = "=FICHE()", en = "=CARD()" }
source = "https://c.example/"
checked = 2026-11-22
avoid = [ { when = { domain = "energie" } } ]

[[medoc]]
id = "guide-etat"
kind = "methode"
stage = "s-informer"
title = { fr = "Guide de l’État", en = "State guide" }
url = "https://d.example/"
source = "https://d.example/"
checked = 2026-11-22
for = { profile = ["etat"] }

[[medoc]]
id = "secret"
kind = "outil"
title = { fr = "Outil réservé", en = "Reserved tool" }
source = "https://d.example/"
checked = 2026-11-22
"""

COMPASS = """\
format = 1
id = "essai"
version = "3"
language = "fr"
catalogue = "mini"
title = { fr = "Boussole d’essai", en = "Trial compass" }
summary = { fr = "Pour essayer.", en = "To try." }

[[question]]
id = "profile"
type = "one"
ask = { fr = "Qui êtes-vous ?", en = "Who are you?" }
facet = "profile"

[[question]]
id = "domain"
type = "many"
ask = { fr = "Quels domaines ?", en = "Which fields?" }
facet = "domain"
min = 0
max = 2

[[question]]
id = "confiance"
type = "scale"
ask = { fr = "Vous faites-vous confiance ?", en = "Do you trust each other?" }
required = false
labels = [ { fr = "non", en = "no" }, { fr = "un peu", en = "a little" }, { fr = "oui", en = "yes" } ]

[[question]]
id = "accord"
type = "yes-no"
ask = { fr = "Un accord ?", en = "An agreement?" }
required = false

[[question]]
id = "moyens"
type = "one"
ask = { fr = "Quels moyens ?", en = "What means?" }
required = false
options = [
  { id = "aucun", text = { fr = "Aucun", en = "None" }, points = 0 },
  { id = "solides", text = { fr = "Solides", en = "Solid" }, points = 4 },
]

[[question]]
id = "habitants"
type = "number"
ask = { fr = "Combien d’habitants ?", en = "How many inhabitants?" }
unit = { fr = "habitants", en = "inhabitants" }
required = false
min = 1
max = 9000000

[[question]]
id = "nom"
type = "text"
ask = { fr = "Quel nom ?", en = "What name?" }
required = false
when = { not = { accord = "no" } }

[[axis]]
id = "confiance-axe"
title = { fr = "Confiance", en = "Trust" }
questions = { confiance = 1 }

[[axis]]
id = "moyens-axe"
title = { fr = "Moyens", en = "Means" }
questions = { moyens = 1 }

[[axis]]
id = "accord-axe"
title = { fr = "Accord", en = "Agreement" }
questions = { accord = 1 }

[ranking]
top = 5
weights = { profile = 3, domain = 2, proven = 1 }
require = ["profile"]

[pathway]
size = 3

[[rule]]
when = { accord = "no" }
medoc = ["charte"]
points = 120
why = { fr = "Il vous manque un accord", en = "You lack an agreement" }

[[rule]]
when = { habitants = { max = 1999 } }
medoc = ["fiche"]
points = -40

[[rule]]
when = { moyens = "solides" }
medoc = ["secret"]
include = true

[[example]]
title = { fr = "Une commune", en = "A town" }
answers = { profile = "commune", domain = ["eau"] }
expect = { first = "offre-beta" }
"""

FULL_ANSWERS: dict[str, object] = {
    "profile": "commune",
    "domain": ["eau"],
    "confiance": 1,
    "accord": "no",
    "moyens": "aucun",
    "habitants": 1500,
}
FEW_ANSWERS: dict[str, object] = {"domain": ["energie"], "confiance": "?", "accord": "?", "nom": "Les amis\nde l’eau"}


@cache
def catalogue() -> Catalogue:
    """Return the small catalogue."""
    return read_catalogue(CATALOGUE.encode(), "medoc.toml")


@cache
def compass() -> Compass:
    """Return the compass about it."""
    return read_compass(COMPASS.encode(), "essai.toml", catalogue())


def ranked(answers: dict[str, object]) -> Ranking:
    """Return the ranking for somebody who gave these answers."""
    return rank(compass(), catalogue(), situate(compass(), accepted(compass(), Answers.given(answers))))


def keepsake(ranking: Ranking, name: str | None = None) -> PathMetadata:
    """Return what a Markdown path says besides the result, on a day that never changes."""
    context = ranking.context
    answers = Answers.given(context.situation.answers)
    saved = save(context.compass, context.catalogue, answers, saved=MOMENT, name=name)
    return PathMetadata(TODAY, answers_block(saved), name)


def replace(made: T, **parts: object) -> T:
    """Return `made` with other parts, whether it is a data class or a named tuple."""
    return cast("T", made._replace(**parts) if isinstance(made, tuple) else dataclasses.replace(made, **parts))  # type: ignore[attr-defined,type-var]


NAUGHTY: list[str] = json.loads((DATA / "blns.json").read_text("utf-8"))
"""The big list of naughty strings."""

_PIECES = [
    *"*_`[]()<>&#\\!|~$^-+=.\"':;{}@/?% \n\t\r\v\f\x00\x07\x08\x1b\x7f\x85\x9b",
    *"\u00a0\u061c\u2009\u200b\u2028\u2029\u202e\u2066\u3000\ufeff«é“漢",
    *("1.", "12)", "---", "***", "===", "```", "~~~", "    ", "\n\n", "\r\n", "- ", "> ", "# ", " #", "+ "),
    *("&amp;", "&lt;", "&#35;", "<b>", "</b>", "<!--", "-->", "<?", "<![CDATA[", "<a href='x'>", "<https://a.example>"),
    *("](", "![", "[a]: b", "[a](b)", "https://a.example/", "javascript:", "\x1b[31m", "\x1b]0;x\x07", "=1+1", "mot"),
]

TEXTS = st.text() | st.sampled_from(NAUGHTY) | st.lists(st.sampled_from(_PIECES), max_size=12).map("".join)
"""Texts as an author, a respondent or an attacker may write them."""
