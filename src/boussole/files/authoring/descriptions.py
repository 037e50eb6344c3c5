"""What each table and key of the files is for, as an author reads it in an editor: catalogue, answers, conditions."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from boussole.i18n import Message, message

if TYPE_CHECKING:
    from collections.abc import Mapping


class Key(NamedTuple):
    """What a key is for, with a line of TOML that shows it where words are not enough."""

    text: Message
    example: str = ""

    def in_(self, language: str) -> str:
        """Return the description in `language`."""
        if not self.example:
            return self.text.in_(language)
        return message("{text} Example: {example}", text=self.text, example=f"`{self.example}`").in_(language)


class Table(NamedTuple):
    """What a table is called, what it is for, and its keys."""

    title: Message
    text: Message
    keys: Mapping[str, Key]


FORMAT = Key(message("The version of this form of file: always 1."), "format = 1")
ID = Key(
    message(
        "The short name that conditions, answers and exports use: lower-case letters, digits, - and _. "
        "It must not change once people have answered."
    ),
    'id = "mon-territoire"',
)
VERSION = Key(message("The version of this file. Change it each time you publish."), 'version = "2026.11"')
LANGUAGE = Key(message("The language of the texts that do not name theirs."), 'language = "fr"')
RENAMED = Key(
    message("Ids that changed, old = new, so that the answers already given follow."),
    'renamed = { old-id = "new-id" }',
)
_PROVEN = message("What is documented of the MEDOC in use: 0 means that nothing is known, not that it is bad.")

CATALOGUE: Mapping[str, Table] = {
    "CatalogueFile": Table(
        message("Catalogue"),
        message("A catalogue of MEDOC (methods, examples, data, tools, skills), with the facets they are filed under."),
        {
            "format": FORMAT,
            "id": ID,
            "version": VERSION,
            "language": LANGUAGE,
            "title": Key(message("The name of the catalogue."), 'title = { fr = "…", en = "…" }'),
            "licence": Key(message("The licence under which the catalogue is shared.")),
            "renamed": RENAMED,
            "facet": Key(message("The facets: each is a [[facet]] table. One must have the id kind.")),
            "medoc": Key(message("The MEDOC: each is a [[medoc]] table.")),
        },
    ),
    "FacetTable": Table(
        message("Facet"),
        message("A facet: a list of terms under which MEDOC are filed, and that tells where a person stands."),
        {
            "id": ID,
            "title": Key(message("The name of the facet, as people see it.")),
            "ordered": Key(message("True where the order of the terms means something: closeness then counts.")),
            "terms": Key(message("The terms, in order."), 'terms = [ { id = "local", title = "Local" } ]'),
        },
    ),
    "TermTable": Table(
        message("Term"),
        message("A term of the facet; it becomes an option of the questions about the facet."),
        {
            "id": ID,
            "title": Key(message("The term, as people see it.")),
            "hint": Key(message("A few words that make the term clear, shown beside it.")),
        },
    ),
    "MedocTable": Table(
        message("MEDOC"),
        message("A MEDOC: a method, an example, data, a tool or a skill that somebody can use."),
        {
            "id": ID,
            "kind": Key(message("What it is: a term of the facet kind."), 'kind = "outil"'),
            "stage": Key(message("When it serves: a term of the facet stage."), 'stage = "agir"'),
            "title": Key(message("Its title, as it was published.")),
            "code": Key(message("The number or name that people know it by; it is only shown."), 'code = "1.1.2"'),
            "summary": Key(message("What it holds and what one does with it, in two or three sentences.")),
            "publisher": Key(message("Who publishes it.")),
            "year": Key(message("The year of publication.")),
            "url": Key(message("The web address where it is found.")),
            "language": Key(message("The language it is in."), 'language = "fr"'),
            "format": Key(message("What form it takes, in your own words: kit, guide, webinar, database…")),
            "source": Key(message("Where anybody can check that it exists: an address or a reference.")),
            "checked": Key(message("The day somebody last checked the source."), "checked = 2026-11-22"),
            "expires": Key(message("After this day it is shown as out of date."), "expires = 2027-12-31"),
            "minutes": Key(message("How many minutes a first use takes.")),
            "for": Key(
                message("Whom and what it is made for, by facet. A facet that is left out suits all its terms."),
                'for = { profile = ["collectivites"], level = ["local"] }',
            ),
            "avoid": Key(message("When it must not be recommended, and why.")),
            "proven": Key(_PROVEN, "proven = { efficacy = 2, feasibility = 3 }"),
            "after": Key(message("The ids of the MEDOC to use before this one.")),
        },
    ),
    "AvoidTable": Table(
        message("Contraindication"),
        message("While the condition holds, the MEDOC is left out of the list."),
        {
            "when": Key(message("The condition. It looks only at facets."), 'when = { maturity = "agir" }'),
            "why": Key(message("The reason, as people will read it.")),
        },
    ),
    "ProvenTable": Table(
        message("Proof"),
        _PROVEN,
        {
            "efficacy": Key(message("Does it give what it promises? From 0 (nothing known) to 3.")),
            "feasibility": Key(message("Can one really put it to use? From 0 (nothing known) to 3.")),
            "safety": Key(message("Is it free of harm? From 0 (nothing known) to 3.")),
        },
    ),
}

ANSWERS: Mapping[str, Table] = {
    "AnswersFile": Table(
        message("Answers"),
        message("What somebody answered to a compass; boussole writes this file and opens it again."),
        {
            "format": FORMAT,
            "compass": Key(message("The id of the compass that was answered.")),
            "compass_version": Key(message("The version of the compass on that day.")),
            "compass_digest": Key(message("A fingerprint of the compass, which tells whether it has changed since.")),
            "catalogue": Key(message("The id of the catalogue.")),
            "catalogue_version": Key(message("The version of the catalogue on that day.")),
            "catalogue_digest": Key(
                message("A fingerprint of the catalogue, which tells whether it has changed since.")
            ),
            "saved": Key(message("The day and time when the answers were saved.")),
            "name": Key(message("The name the person gave, if any.")),
            "compass_file": Key(message("The file of the compass, where it was named by its file.")),
            "answers": Key(message("The answers, by id of question."), 'answers = { profile = "etat", confiance = 2 }'),
            "aside": Key(message("Answers to questions that are not asked any more: kept, and never counted.")),
        },
    ),
}

CONDITION = Table(
    message("Condition"),
    message("Every entry must hold; an empty table always holds. A key is the id of a question, an axis or a facet."),
    {
        "any": Key(
            message("At least one of these conditions holds."), 'any = [ { profile = "etat" }, { domain = "eau" } ]'
        ),
        "all": Key(message("All of these conditions hold."), 'all = [ { domain = "eau" }, { domain = "climat" } ]'),
        "not": Key(message("This condition does not hold."), 'not = { profile = "etat" }'),
    },
)

COMPARISON = Table(
    message("Comparison"),
    message("A comparison with bounds, with several values at once, or with the fact of having answered."),
    {
        "min": Key(message("At least this number; of several answers, at least so many.")),
        "max": Key(message("At most this number; of several answers, at most so many.")),
        "all": Key(message("Every one of these was chosen.")),
        "answered": Key(message("True: an answer is known. False: none is, or it is “I do not know”.")),
    },
)
