"""Small valid objects and files for tests: each states only the part that the test is about."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Any

from boussole.core.answers.accepting import accepted
from boussole.core.answers.answers import Answers
from boussole.core.definitions.catalogue import Catalogue, Facet, Medoc, Term
from boussole.core.definitions.compass import Axis, Compass, Option, Placement, Question, QuestionType, Rule, Weighting
from boussole.core.definitions.compass import Step as AxisStep
from boussole.core.definitions.conditions import AnyOf, Subject, SubjectKind
from boussole.core.definitions.text import Text
from boussole.core.ranking import rank
from boussole.core.situation import situate

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from boussole.core.definitions.conditions import Condition
    from boussole.core.ranking import Ranking
    from boussole.core.situation import Situation

CHECKED = dt.date(2026, 11, 22)
KINDS = ("methode", "exemple", "donnee", "outil", "competence")
STAGES = ("s-informer", "se-former", "agir")


# --- Core objects ----------------------------------------------------------------------------------------------------


def make_text(fr: str, en: str | None = None) -> Text:
    """Return a text in French, and in English where it is given."""
    return Text({"fr": fr} if en is None else {"fr": fr, "en": en}, "fr")


def make_facet(id_: str, *terms: str, ordered: bool = False, at_most: bool = False) -> Facet:
    """Return a facet whose terms are titled by their ids in capitals."""
    made = {term: Term(term, make_text(term.upper())) for term in terms}
    return Facet(id_, make_text(id_.capitalize()), made, ordered, at_most=at_most)


def make_medoc(
    id_: str,
    *,
    kind: str = "outil",
    title: Text | None = None,
    suits: Mapping[str, Iterable[str]] | None = None,
    **rest: Any,  # noqa: ANN401 - as Medoc
) -> Medoc:
    """Return a MEDOC; `suits` may hold any collections of terms."""
    return Medoc(
        id=id_,
        kind=kind,
        title=title or make_text(f"Titre de {id_}"),
        source="https://example.org/",
        checked=CHECKED,
        suits={facet: frozenset(terms) for facet, terms in (suits or {}).items()},
        **rest,
    )


def make_catalogue(*medoc: Medoc, facets: Iterable[Facet] = (), dated: dt.date | None = None) -> Catalogue:
    """Return a catalogue with the facets `kind` and `stage`, unless `facets` has others by these names."""
    all_facets = [make_facet("kind", *KINDS), make_facet("stage", *STAGES, ordered=True), *facets]
    return Catalogue(
        "le-rameau",
        "1",
        "fr",
        make_text("Catalogue"),
        {facet.id: facet for facet in all_facets},
        {one.id: one for one in medoc},
        dated=dated,
    )


def make_option(id_: str, points: int | None = None, *, alone: bool = False, **place: Iterable[str]) -> Option:
    """Return an option; keywords are the terms it places at, by facet."""
    terms = {facet: frozenset(terms) for facet, terms in place.items()}
    return Option(id_, make_text(f"Option {id_}"), None, points, terms, alone)


def make_question(
    id_: str,
    type_: str = "one",
    options: Sequence[str | Option] | Mapping[str, int | None] | Facet = ("a", "b", "c"),
    **rest: Any,  # noqa: ANN401 - as Question
) -> Question:
    """Return a question; `options` are ids, options, points by id, or the facet that it is about.

    A `scale` has four labels, a `yes-no` its two usual options, whatever `options` says.
    """
    kind = QuestionType(type_)
    if isinstance(options, Facet):
        rest["facet"] = options.id
        given = [Option(term.id, term.title) for term in options.terms.values()]
    elif kind is QuestionType.YES_NO:
        given = [make_option("yes", 1), make_option("no", 0)]
    elif kind not in {QuestionType.ONE, QuestionType.MANY}:
        given = []
    else:
        points = options if isinstance(options, dict) else {}
        given = [one if isinstance(one, Option) else make_option(one, points.get(one)) for one in options]
    if kind is QuestionType.SCALE:
        rest.setdefault("labels", tuple(make_text(f"Degré {degree}") for degree in range(4)))
    return Question(id_, kind, make_text(f"Question {id_} ?"), options={one.id: one for one in given}, **rest)


def make_axis(id_: str, questions: Mapping[str, int], facet: str | None = None, **steps: int) -> Axis:
    """Return an axis; keywords are the values from which its terms are reached."""
    return Axis(id_, make_text(f"Axe {id_}"), questions, facet, tuple(AxisStep(v, k) for k, v in steps.items()))


def make_rule(when: Condition, *medoc: str, **rest: Any) -> Rule:  # noqa: ANN401 - as Rule
    """Return a rule about `medoc`."""
    return Rule(when, medoc, **rest)


def make_place(when: Condition, **at: Iterable[str]) -> Placement:
    """Return a placement; keywords are its terms by facet."""
    return Placement(when, {facet: frozenset(terms) for facet, terms in at.items()})


def make_compass(
    *questions: Question,
    weights: Mapping[str, int] | None = None,
    axes: Iterable[Axis] = (),
    **rest: Any,  # noqa: ANN401
) -> Compass:
    """Return a compass; keywords go to its weighting (top, require, generic) or to the compass itself."""
    weighting = {key: rest.pop(key) for key in ("top", "generic") if key in rest}
    return Compass(
        "agir",
        "1",
        "fr",
        "le-rameau",
        make_text("Boussole"),
        {question.id: question for question in questions},
        axes={axis.id: axis for axis in axes},
        weighting=Weighting(weights=weights or {}, require=frozenset(rest.pop("require", ())), **weighting),
        **rest,
    )


def question(id_: str) -> Subject:
    """Return the subject of a condition about a question."""
    return Subject(SubjectKind.QUESTION, id_)


def axis(id_: str) -> Subject:
    """Return the subject of a condition about an axis."""
    return Subject(SubjectKind.AXIS, id_)


def facet(id_: str) -> Subject:
    """Return the subject of a condition about a facet."""
    return Subject(SubjectKind.FACET, id_)


def is_(subject: Subject, *words: str) -> AnyOf:
    """Return the condition that `subject` is, or contains, one of `words`."""
    return AnyOf(subject, frozenset(words))


def situated(compass: Compass, /, **answers: object) -> Situation:
    """Return the situation of somebody who gave these answers, checked as any surface checks them."""
    return situate(compass, accepted(compass, Answers.given(answers)))


def ranked(compass: Compass, catalogue: Catalogue, /, **answers: object) -> Ranking:
    """Return the ranking for somebody who gave these answers."""
    return rank(compass, catalogue, situated(compass, **answers))


def summary(ranking: Ranking) -> list[object]:
    """Return all that a ranking says, in plain values that can be compared and written."""
    shown = [
        [
            one.medoc.id,
            one.score,
            one.rank,
            one.tied,
            [[r.facet, r.points, r.weight, r.fit, str(r.text)] for r in one.reasons],
        ]
        for one in ranking.recommendations
    ]
    out = [[one.medoc.id, [[o.kind, o.facet, str(o.text)] for o in one.reasons]] for one in ranking.left_out]
    return [shown, out]


# --- Files -----------------------------------------------------------------------------------------------------------


def catalogue_document(**parts: object) -> dict[str, Any]:
    """Return a small valid catalogue file as a document; `parts` replace or (None) remove top-level keys."""
    document: dict[str, Any] = {
        "format": 1,
        "id": "le-rameau",
        "version": "1",
        "language": "fr",
        "title": {"fr": "Catalogue", "en": "Catalogue"},
        "licence": "Licence Ouverte 2.0",
        "facet": [
            {
                "id": "kind",
                "title": "Sorte",
                "terms": [{"id": "outil", "title": "Outil"}, {"id": "donnee", "title": "Donnée"}],
            },
            {
                "id": "stage",
                "title": "Étape",
                "ordered": True,
                "terms": [
                    {"id": "s-informer", "title": "S’informer"},
                    {"id": "agir", "title": {"fr": "Agir", "en": "Act"}},
                ],
            },
            {
                "id": "profile",
                "title": "Profil",
                "terms": [{"id": "etat", "title": "État", "hint": "agence"}, {"id": "medias", "title": "Média"}],
            },
        ],
        "medoc": [
            {"id": "kit", "kind": "outil", "title": "Kit", "source": "https://a.example/", "checked": CHECKED},
            {
                "id": "atlas",
                "kind": "donnee",
                "stage": "agir",
                "title": {"fr": "Atlas", "en": "Atlas"},
                "code": "1.1",
                "summary": "Des cartes",
                "publisher": "IGN",
                "year": 2020,
                "url": "https://b.example/",
                "language": "fr",
                "format": "carte",
                "source": "https://b.example/",
                "checked": CHECKED,
                "expires": dt.date(2027, 1, 1),
                "minutes": 90,
                "for": {"profile": ["etat"]},
                "avoid": [{"when": {"profile": "medias"}, "why": "Pas pour vous"}],
                "proven": {"efficacy": 1, "feasibility": 2, "safety": 3},
                "after": ["kit"],
            },
        ],
    }
    return _with(document, parts)


def compass_document(**parts: object) -> dict[str, Any]:
    """Return a valid compass file that uses every table of the format; `parts` as in `catalogue_document`."""
    document: dict[str, Any] = {
        "format": 1,
        "id": "agir",
        "version": "1",
        "language": "fr",
        "catalogue": "le-rameau",
        "title": {"fr": "Agir", "en": "Act"},
        "summary": "En bref",
        "ranking": {
            "top": 5,
            "weights": {"profile": 3, "stage": 1, "proven": 1},
            "require": ["profile"],
            "generic": 500,
        },
        "pathway": {"size": 4},
        "section": [{"id": "vous", "title": "Vous", "when": {}}],
        "question": [
            {
                "id": "profile",
                "section": "vous",
                "type": "one",
                "ask": "Qui ?",
                "help": "Pour trier",
                "facet": "profile",
            },
            {
                "id": "moyens",
                "type": "many",
                "ask": "Quels moyens ?",
                "min": 0,
                "max": 2,
                "options": [
                    {"id": "argent", "text": "De l’argent", "points": 2, "hint": "un peu"},
                    {"id": "temps", "text": {"fr": "Du temps", "en": "Time"}, "points": 1, "place": {"stage": "agir"}},
                    {"id": "rien", "text": "Rien", "points": 0, "alone": True},
                ],
            },
            {
                "id": "confiance",
                "type": "scale",
                "ask": "Confiance ?",
                "required": False,
                "labels": ["non", "un peu", "oui"],
            },
            {"id": "accord", "type": "yes-no", "ask": "Un accord ?", "when": {"not": {"moyens": "rien"}}},
            {"id": "habitants", "type": "number", "ask": "Combien ?", "unit": "habitants", "min": 1, "max": 9000000},
            {"id": "nom", "type": "text", "ask": "Quel nom ?", "required": False, "when": {"avancement": {"min": 10}}},
        ],
        "axis": [
            {
                "id": "avancement",
                "title": "Avancement",
                "questions": {"moyens": 2, "confiance": 1, "accord": 1},
                "facet": "stage",
                "steps": [{"from": 0, "term": "s-informer"}, {"from": 50, "term": "agir"}],
            }
        ],
        "place": [{"when": {"habitants": {"max": 1999}}, "at": {"stage": ["s-informer"]}}],
        "rule": [
            {
                "when": {"any": [{"accord": "no"}, {"profile": ["etat"]}]},
                "medoc": ["kit"],
                "points": 50,
                "why": "Pour l’accord",
            },
            {"when": {"confiance": 0}, "medoc": ["atlas"], "exclude": True},
            {"when": {"nom": {"answered": False}}, "medoc": ["kit"], "points": -10, "include": True},
        ],
        "example": [
            {
                "title": "Un cas",
                "answers": {
                    "profile": "etat",
                    "moyens": ["argent"],
                    "confiance": "?",
                    "accord": "no",
                    "habitants": 100,
                },
                "expect": {
                    "first": "kit",
                    "top": 2,
                    "includes": ["kit"],
                    "excludes": [],
                    "places": {"stage": "s-informer"},
                    "axes": {"avancement": 33},
                },
            }
        ],
    }
    return _with(document, parts)


def map_document(**parts: object) -> dict[str, Any]:
    """Return a valid map of a table for that compass, with every key; `parts` as in `catalogue_document`."""
    document: dict[str, Any] = {
        "format": 1,
        "compass": "agir",
        "set": {"moyens": ["argent"], "habitants": 100},
        "column": [
            {
                "name": "Type",
                "default": {"profile": ""},
                "empty": {},
                "reject": ["Autre"],
                "values": {"Ministère": {"profile": "etat", "nom": "M"}, "Presse": {"profile": "medias"}, "X": ""},
            },
            {
                "name": "Lien",
                "question": "confiance",
                "list": "|",
                "default": "",
                "empty": "?",
                "values": {"Bon": 2, "Nul": 0},
            },
        ],
    }
    return _with(document, parts)


def _with(document: dict[str, Any], parts: Mapping[str, object]) -> dict[str, Any]:
    return {key: value for key, value in {**document, **parts}.items() if value is not None}


def toml(document: Mapping[str, Any]) -> str:
    """Return a document as TOML: plain values first, lists of tables as `[[…]]`, one key a line."""
    lines = [f"{_key(key)} = {_value(value)}" for key, value in document.items() if not _is_tables(value)]
    for key, tables in document.items():
        for table in tables if _is_tables(tables) else ():
            lines += ["", f"[[{_key(key)}]]", *(f"{_key(name)} = {_value(value)}" for name, value in table.items())]
    return "\n".join(lines) + "\n"


def catalogue_toml(**parts: object) -> str:
    """Return the text of a small valid catalogue file."""
    return toml(catalogue_document(**parts))


def compass_toml(**parts: object) -> str:
    """Return the text of a valid compass file that uses every table of the format."""
    return toml(compass_document(**parts))


def _is_tables(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(one, dict) for one in value)


def _key(key: str) -> str:
    plain = key.replace("-", "a").replace("_", "a")
    return key if plain.isascii() and plain.isalnum() else _value(key)


def _value(value: object) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{_key(key)} = {_value(one)}" for key, one in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(_value(one) for one in value) + "]"
    if isinstance(value, (dt.datetime, dt.date, dt.time)):
        return value.isoformat()
    if isinstance(value, int) and value.bit_length() > 999:
        return hex(value)  # in decimal, Python refuses to write it
    return (
        json.dumps(value, ensure_ascii=False)
        .replace("\x7f", "\\u007f")
        .replace("NaN", "nan")
        .replace("Infinity", "inf")
    )
