"""What each table and key of the files is for, as an author reads it in an editor: catalogue, answers, conditions."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from boussole.i18n import Message, gettext

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
        return gettext("{text} Example: {example}", text=self.text, example=f"`{self.example}`").in_(language)


class Table(NamedTuple):
    """What a table is called, what it is for, and its keys."""

    title: Message
    text: Message
    keys: Mapping[str, Key]


FORMAT = Key(gettext("The version of this form of file: always 1."), "format = 1")
ID = Key(
    gettext(
        "The short name that conditions, answers and exports use: lower-case letters, digits, - and _. "
        "It must not change once people have answered."
    ),
    'id = "mon-territoire"',
)
VERSION = Key(gettext("The version of this file. Change it each time you publish."), 'version = "2026.11"')
LANGUAGE = Key(gettext("The language of the texts that do not name theirs."), 'language = "fr"')
RENAMED = Key(
    gettext("Ids that changed, old = new, so that the answers already given follow."),
    'renamed = { old-id = "new-id" }',
)
_PROVEN = gettext("What is documented of the MEDOC in use: 0 means that nothing is known, not that it is bad.")

CATALOGUE: Mapping[str, Table] = {
    "CatalogueFile": Table(
        gettext("Catalogue"),
        gettext("A catalogue of MEDOC (methods, examples, data, tools, skills), with the facets they are filed under."),
        {
            "format": FORMAT,
            "id": ID,
            "version": VERSION,
            "language": LANGUAGE,
            "title": Key(gettext("The name of the catalogue."), 'title = { fr = "…", en = "…" }'),
            "licence": Key(gettext("The licence under which the catalogue is shared.")),
            "dated": Key(gettext("The day that the catalogue as a whole speaks for."), "dated = 2026-12-01"),
            "extends": Key(
                gettext("The id of the catalogue that this one adds to: it then has MEDOC, and no facet."),
                'extends = "le-rameau"',
            ),
            "renamed": RENAMED,
            "facet": Key(gettext("The facets: each is a [[facet]] table. One must have the id kind.")),
            "medoc": Key(gettext("The MEDOC: each is a [[medoc]] table.")),
            "gone": Key(gettext("What left the catalogue: each is a [[gone]] table.")),
        },
    ),
    "FacetTable": Table(
        gettext("Facet"),
        gettext("A facet: a list of terms under which MEDOC are filed, and that tells where a person stands."),
        {
            "id": ID,
            "title": Key(gettext("The name of the facet, as people see it.")),
            "ordered": Key(gettext("True where the order of the terms means something: closeness then counts.")),
            "from": Key(
                gettext("What its terms are computed from: nobody declares them. Each but the last has an upto."),
                'from = "minutes"',
            ),
            "at_most": Key(gettext("True where less is as good: only what is beyond what one has is far from it.")),
            "terms": Key(gettext("The terms, in order."), 'terms = [ { id = "local", title = "Local" } ]'),
        },
    ),
    "TermTable": Table(
        gettext("Term"),
        gettext("A term of the facet; it becomes an option of the questions about the facet."),
        {
            "id": ID,
            "title": Key(gettext("The term, as people see it.")),
            "hint": Key(gettext("A few words that make the term clear, shown beside it.")),
            "upto": Key(gettext("In a computed facet, the most that still counts as this term."), "upto = 60"),
        },
    ),
    "MedocTable": Table(
        gettext("MEDOC"),
        gettext("A MEDOC: a method, an example, data, a tool or a skill that somebody can use."),
        {
            "id": ID,
            "kind": Key(gettext("What it is: a term of the facet kind."), 'kind = "outil"'),
            "stage": Key(gettext("When it serves: a term of the facet stage."), 'stage = "agir"'),
            "title": Key(gettext("Its title, as it was published.")),
            "code": Key(gettext("The number or name that people know it by; it is only shown."), 'code = "1.1.2"'),
            "summary": Key(gettext("What it holds and what one does with it, in two or three sentences.")),
            "publisher": Key(gettext("Who publishes it.")),
            "year": Key(gettext("The year of publication.")),
            "url": Key(gettext("The web address where it is found.")),
            "language": Key(gettext("The language it is in."), 'language = "fr"'),
            "format": Key(gettext("What form it takes, in your own words: kit, guide, webinar, database…")),
            "source": Key(gettext("Where anybody can check that it exists: an address or a reference.")),
            "checked": Key(gettext("The day somebody last checked the source."), "checked = 2026-11-22"),
            "expires": Key(gettext("After this day it is shown as out of date."), "expires = 2027-12-31"),
            "minutes": Key(gettext("How many minutes a first use takes.")),
            "for": Key(
                gettext("Whom and what it is made for, by facet. A facet that is left out suits all its terms."),
                'for = { profile = ["collectivites"], level = ["local"] }',
            ),
            "avoid": Key(gettext("When it must not be recommended, and why.")),
            "proven": Key(_PROVEN, "proven = { efficacy = 2, feasibility = 3 }"),
            "after": Key(gettext("The ids of the MEDOC to use before this one.")),
            "reference": Key(
                gettext("How far practitioners regard it as a first reference, from 0 to 3: an editor’s judgement."),
                "reference = 3",
            ),
            "words": Key(gettext("Words it is found by in a search; they are never shown."), 'words = ["subvention"]'),
            "added": Key(gettext("The day it entered the catalogue."), "added = 2026-11-22"),
            "changed": Key(gettext("The day its substance last changed."), "changed = 2026-12-01"),
            "superseded_by": Key(
                gettext("The id of the MEDOC that replaces it: it stays here, and is left out of every ranking.")
            ),
        },
    ),
    "GoneTable": Table(
        gettext("MEDOC that left"),
        gettext("A MEDOC that is no longer in the catalogue, so that old answers and news can say so."),
        {
            "id": ID,
            "on": Key(gettext("The day it left."), "on = 2026-11-30"),
            "title": Key(gettext("Its title.")),
            "why": Key(gettext("The reason, as people will read it.")),
            "instead": Key(gettext("The ids of the MEDOC that serve now.")),
        },
    ),
    "AvoidTable": Table(
        gettext("Contraindication"),
        gettext("While the condition holds, the MEDOC is left out of the list."),
        {
            "when": Key(gettext("The condition. It looks only at facets."), 'when = { maturity = "agir" }'),
            "why": Key(gettext("The reason, as people will read it.")),
        },
    ),
    "ProvenTable": Table(
        gettext("Proof"),
        _PROVEN,
        {
            "efficacy": Key(gettext("Does it give what it promises? From 0 (nothing known) to 3.")),
            "feasibility": Key(gettext("Can one really put it to use? From 0 (nothing known) to 3.")),
            "safety": Key(gettext("Is it free of harm? From 0 (nothing known) to 3.")),
        },
    ),
}

ANSWERS: Mapping[str, Table] = {
    "AnswersFile": Table(
        gettext("Answers"),
        gettext("What somebody answered to a compass; boussole writes this file and opens it again."),
        {
            "format": FORMAT,
            "compass": Key(gettext("The id of the compass that was answered.")),
            "compass_version": Key(gettext("The version of the compass on that day.")),
            "compass_digest": Key(gettext("A fingerprint of the compass, which tells whether it has changed since.")),
            "catalogue": Key(gettext("The id of the catalogue.")),
            "catalogue_version": Key(gettext("The version of the catalogue on that day.")),
            "catalogue_digest": Key(
                gettext("A fingerprint of the catalogue, which tells whether it has changed since.")
            ),
            "saved": Key(gettext("The day and time when the answers were saved.")),
            "name": Key(gettext("The name the person gave, if any.")),
            "compass_file": Key(gettext("The file of the compass, where it was named by its file.")),
            "sheet": Key(
                gettext("What tells this sheet from others, drawn by chance; the same each time it is saved.")
            ),
            "share": Key(gettext("false: these answers are counted in no group and no observatory.")),
            "people": Key(gettext("How many people answered together, a table for instance; 1 when left out.")),
            "answers": Key(gettext("The answers, by id of question."), 'answers = { profile = "etat", confiance = 2 }'),
            "aside": Key(gettext("Answers to questions that are not asked any more: kept, and never counted.")),
        },
    ),
}

CONDITION = Table(
    gettext("Condition"),
    gettext("Every entry must hold; an empty table always holds. A key is the id of a question, an axis or a facet."),
    {
        "any": Key(
            gettext("At least one of these conditions holds."), 'any = [ { profile = "etat" }, { domain = "eau" } ]'
        ),
        "all": Key(gettext("All of these conditions hold."), 'all = [ { domain = "eau" }, { domain = "climat" } ]'),
        "not": Key(gettext("This condition does not hold."), 'not = { profile = "etat" }'),
    },
)

COMPARISON = Table(
    gettext("Comparison"),
    gettext("A comparison with bounds, with several values at once, or with the fact of having answered."),
    {
        "min": Key(gettext("At least this number, or this day or later; of several answers, at least so many.")),
        "max": Key(gettext("At most this number, or this day or earlier; of several answers, at most so many.")),
        "all": Key(gettext("Every one of these was chosen.")),
        "answered": Key(gettext("True: an answer is known. False: none is, or it is “I do not know”.")),
    },
)
