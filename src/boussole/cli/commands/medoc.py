"""`boussole medoc`: search the catalogue, or show one MEDOC whole."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from boussole.cli.app import Settings
from boussole.cli.clock import now
from boussole.cli.echo import echo_lines, echo_stderr, fitted
from boussole.cli.output import LISTING, Format
from boussole.cli.parameters import medoc_named
from boussole.core.definitions.catalogue import KIND, STAGE
from boussole.core.definitions.search import Findings, fitting, search, search_most
from boussole.errors import BoussoleError
from boussole.escape import json_document, plain_text
from boussole.files.library import Library
from boussole.fuzzy import suggest
from boussole.i18n import N_, either, gettext, ngettext
from boussole.render.recommend.medoc import medoc_document, medoc_json, medoc_lines
from boussole.render.wording import kind_title, title_with_expiry

if TYPE_CHECKING:
    from collections.abc import Sequence

    from boussole.core.definitions.catalogue import Catalogue


def run(
    ctx: typer.Context,
    id_: Annotated[
        str | None, typer.Argument(metavar="[ID]", help=N_("The MEDOC to show whole"), show_default=False)
    ] = None,
    words: Annotated[
        str | None,
        typer.Option("--search", metavar="WORDS", help=N_("Words to find; accents, case and a typo do not matter")),
    ] = None,
    for_: Annotated[
        list[str] | None,
        typer.Option("--for", metavar="FACET=TERM", help=N_("Keep what suits this; repeat it for several")),
    ] = None,
    kind: Annotated[str | None, typer.Option(metavar="KIND", help=N_("Keep this kind"))] = None,
    stage: Annotated[str | None, typer.Option(metavar="STAGE", help=N_("Keep this stage"))] = None,
    to: Annotated[str, typer.Option(metavar=LISTING.words, help=N_("Form of the list"))] = "text",
) -> None:
    """Print one MEDOC, or a line for each that is found."""
    settings: Settings = ctx.find_root().obj
    catalogue, _ = Library(settings.catalogue, settings.compasses).catalogue()
    form = LISTING.named(to)
    if id_ is not None:
        medoc = medoc_named(id_, catalogue)
        if to == "json":
            typer.echo(medoc_json(medoc, catalogue, settings.language), nl=False)
            return
        echo_lines(medoc_lines(medoc, catalogue, settings.language, now().date()))
        return
    findings = search(catalogue, words) if words else Findings(tuple(catalogue.medoc.values()))
    if words and not findings.medoc and (most := search_most(catalogue, words)).medoc:
        echo_stderr(gettext("No MEDOC has all these words. Here are those that have the most of them."))
        findings = most
    terms = _terms(catalogue, [*(for_ or []), *_shortcut(KIND, kind), *_shortcut(STAGE, stage)])
    findings = findings._replace(medoc=tuple(fitting(findings.medoc, terms)))
    _print(findings, catalogue, settings.language, as_json=form is Format.JSON)
    for written, similar in findings.read_as.items():
        echo_stderr(
            gettext("No MEDOC has the word “{word}”; it was read as {similar}.", word=written, similar=either(similar))
        )
    echo_stderr(ngettext("{count} MEDOC.", "{count} MEDOC.", len(findings.medoc)))


def _shortcut(facet: str, term: str | None) -> list[str]:
    return [] if term is None else [f"{facet}={term}"]


def _terms(catalogue: Catalogue, conditions: Sequence[str]) -> dict[str, set[str]]:
    terms: dict[str, set[str]] = {}
    for condition in conditions:
        name, _, term = (part.strip() for part in condition.partition("="))
        facet = catalogue.facets.get(name)
        if facet is None:
            raise BoussoleError(gettext("there is no facet “{name}”.", name=name), suggest(name, catalogue.facets))
        if term not in facet.terms:
            raise BoussoleError(
                gettext("{facet}: there is no “{word}”.", facet=facet.title, word=term), suggest(term, facet.terms)
            )
        terms.setdefault(name, set()).add(term)
    return terms


def _print(findings: Findings, catalogue: Catalogue, language: str, *, as_json: bool) -> None:
    if as_json:
        rows = [medoc_document(one, catalogue, language) for one in findings.medoc]
        typer.echo(json_document(rows), nl=False)
        return
    bold = sys.stdout.isatty() and os.environ.get("TERM") != "dumb"
    for one in findings.medoc:
        kind = plain_text(kind_title(one, catalogue).in_(language))
        line = f"{one.id}  {title_with_expiry(one, language, now().date())} · {kind}"
        for row in fitted(line, sys.stdout):
            typer.echo(_marked(row, findings) if bold else row)


def _marked(line: str, findings: Findings) -> str:
    """Return a line of the list with the words that were found in bold."""
    for start, end in reversed(findings.places_in(line)):
        line = f"{line[:start]}\x1b[1m{line[start:end]}\x1b[22m{line[end:]}"
    return line
