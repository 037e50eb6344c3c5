"""Draw docs/pictures/coverage.svg, and write the figures of docs/coverage.md anew: what agir-ensemble gives to whom.

From the root of the repository: .venv/bin/python docs/pictures/make_coverage.py

In the page, what stands between `<!-- begin: NAME -->` and `<!-- end -->` is replaced; the rest is left as it is.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from boussole.core.check.coverage import CLOSE
from boussole.escape import markdown_link, markdown_text
from boussole.files.library import Library
from boussole.render.coverage.heat_map import Show
from boussole.render.coverage.page import to_svg
from boussole.render.coverage.wording import Grouped, Share, terms_title
from boussole.vectorized.coverage.survey import survey

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from boussole.core.check.coverage import Cell, Coverage
    from boussole.i18n import Localised

ROOT = Path(__file__).resolve().parent.parent.parent
PAGE = ROOT / "docs" / "coverage.md"
PICTURE = Path(__file__).with_name("coverage.svg")
COMPASS, LANGUAGE = "agir-ensemble", "fr"
PROFILE, DOMAIN, LEVEL = range(3)
NAMED = 10
FEW = 3


def said(text: Localised) -> str:
    """Return a text of the definitions, safe in a page."""
    return markdown_text(text.in_(LANGUAGE))


def placed(coverage: Coverage) -> list[Cell]:
    """Return the cells where all is known."""
    return [cell for cell in coverage.cells if all(cell.terms)]


def spaced(text: str) -> str:
    """Return French text with its no-break spaces."""
    return re.sub(r" (?=[;!?])", "\N{NARROW NO-BREAK SPACE}", text).replace(" :", "\N{NO-BREAK SPACE}:")


def table(head: str, rows: Iterator[list[str]]) -> str:
    """Return a table; `head` has its columns, between bars."""
    lines = [head, "|---" * (head.count("|") - 1) + "|"]
    return "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in rows)])


def figures(coverage: Coverage) -> str:
    """Return the figures that hold everywhere."""
    cells, looked_at = coverage.cells, coverage.looked_at
    fewest = min(cell.fit for cell in cells)
    none, few = (sum(cell.made < least for cell in cells) for least in (1, coverage.at_least))
    one_kind, generic = sum(cell.one_kind > 0 for cell in cells), sum(cell.generic > 0 for cell in cells)
    tied, close = (Share(part, looked_at).in_(LANGUAGE) for part in (coverage.tied_at_end, coverage.close_first))
    return f"""\
- {Grouped(coverage.situations).in_(LANGUAGE)} situations possibles, dont {Grouped(looked_at).in_(LANGUAGE)} \
regardées une à une, réparties également ; {len(cells)} cases, une par profil et par domaine (ou sans domaine).
- Dans chaque situation, {fewest} MEDOC ou plus conviennent : personne ne repart les mains vides.
- Cases sans aucun MEDOC fait pour elles : {none} ; cases où il y en a moins de {coverage.at_least} : {few}. Le reste \
de ce qu’on y trouve vaut pour tous les profils, ou pour tous les domaines.
- Cases où les {coverage.top} premiers de certaines situations sont tous de la même sorte : {one_kind} ; cases où, \
dans certaines situations, aucun n’est fait ni pour le profil ni pour le domaine : {generic}.
- Dans {tied} des situations regardées, le dernier des {coverage.top} premiers et le suivant sont à égalité : l’année, \
puis l’identifiant, décident. Dans {close}, le premier a moins de {CLOSE} points d’avance."""


def holes(coverage: Coverage, rows: int, columns: int, head: str) -> str:
    """Return a row for each term of a facet: for how many terms of the other little is made, for which nothing."""

    def row(term: str) -> list[str]:
        mine = [cell for cell in placed(coverage) if term in cell.terms[rows]]
        none = [said(terms_title(coverage, columns, cell.terms[columns])) for cell in mine if cell.made == 0]
        few = sum(cell.made < coverage.at_least for cell in mine)
        title = said(coverage.catalogue.facets[coverage.by[rows]].terms[term].title)
        return [title, f"{few} sur {len(mine)}", " · ".join(none) or "–"]

    return table(head, map(row, coverage.catalogue.facets[coverage.by[rows]].terms))


def levels(coverage: Coverage) -> str:
    """Return a row for each level: how many pairs of a profile and a domain have nothing, or little, made for it."""

    def row(term: str) -> list[str]:
        mine = [cell for cell in placed(coverage) if term in cell.terms[LEVEL]]
        none, few = (sum(cell.made <= most for cell in mine) for most in (0, FEW - 1))
        title = said(coverage.catalogue.facets[coverage.by[LEVEL]].terms[term].title)
        return [title, f"{none} sur {len(mine)}", f"{few} sur {len(mine)}"]

    head = f"| échelon | cases (profil × domaine) sans rien | moins de {FEW} |"
    return table(head, map(row, coverage.catalogue.facets[coverage.by[LEVEL]].terms))


def medoc(coverage: Coverage, ids: list[str], told: Callable[[int], str]) -> str:
    """Return a line for each MEDOC, with what is told of the number of situations where it is in the top."""
    lines = []
    for id_ in ids:
        one = coverage.catalogue.medoc[id_]
        title = markdown_link(one.title.in_(LANGUAGE), one.url)
        lines.append(f"- {title} : {told(coverage.presence[id_].top)}")
    return "\n".join(lines) or "Aucun."


def never(coverage: Coverage) -> str:
    """Return how many MEDOC are in no first ones, and the first of them."""
    ids = list(coverage.never())
    listed = medoc(coverage, ids[:NAMED], lambda _: "jamais")
    return f"{len(ids)} sur {len(coverage.presence)} ; les premiers, par identifiant :\n\n{listed}"


def main() -> None:
    """Look at every situation, draw, and write the figures."""
    pair = Library(ROOT / "medoc.toml", ROOT / "compasses").pair(COMPASS)

    def look(*by: str) -> Coverage:
        return survey(pair.compass, pair.catalogue, by, at_least=pair.compass.weighting.top)

    coverage = look("profile", "domain")
    PICTURE.write_text(to_svg(coverage, LANGUAGE, show=Show.MADE), encoding="utf-8")
    often = sorted(coverage.presence, key=lambda id_: (-coverage.presence[id_].top, id_))
    seen = [id_ for id_ in often if coverage.presence[id_].top]
    blocks: dict[str, Callable[[], str]] = {
        "figures": lambda: figures(coverage),
        "profiles": lambda: holes(
            coverage, PROFILE, DOMAIN, f"| profil | domaines avec moins de {coverage.at_least} | sans rien |"
        ),
        "domains": lambda: holes(
            coverage, DOMAIN, PROFILE, f"| domaine | profils avec moins de {coverage.at_least} | sans rien |"
        ),
        "levels": lambda: levels(look("profile", "domain", "level")),
        "never": lambda: never(coverage),
        "rare": lambda: medoc(
            coverage, seen[: -NAMED - 1 : -1], lambda top: f"{Grouped(top).in_(LANGUAGE)} situations"
        ),
        "often": lambda: medoc(coverage, often[:NAMED], lambda top: Share(top, coverage.looked_at).in_(LANGUAGE)),
    }
    page = PAGE.read_text("utf-8")
    for name, written in blocks.items():
        start, found, rest = page.partition(f"<!-- begin: {name} -->")
        if not found:
            message = f"{PAGE.name}: “<!-- begin: {name} -->” is not there."
            raise SystemExit(message)
        page = f"{start}{found}\n\n{spaced(written())}\n\n<!-- end -->{rest.partition('<!-- end -->')[2]}"
    PAGE.write_text(page, encoding="utf-8")
    sys.stdout.write(f"{PICTURE.relative_to(ROOT)}\n{PAGE.relative_to(ROOT)}\n")


if __name__ == "__main__":
    main()
