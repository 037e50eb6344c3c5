"""What each table and key of a compass is for, as an author reads it in an editor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from boussole.files.authoring.descriptions import FORMAT, ID, LANGUAGE, RENAMED, VERSION, Key, Table
from boussole.i18n import gettext

if TYPE_CHECKING:
    from collections.abc import Mapping

_RANKING = gettext("How the ranking is computed: how much each facet counts, and what it leaves out.")
_PATHWAY = gettext("How the personal path is drawn from the ranking.")
_ROSE = gettext("What the compass rose shows. Without it, the rose shows the axes.")
_EXPECT = gettext("What the imagined person should get. Write it before you look at the result.")

COMPASS: Mapping[str, Table] = {
    "CompassFile": Table(
        gettext("Compass"),
        gettext("A compass: questions, what the answers mean, and how the MEDOC of a catalogue are ranked by them."),
        {
            "format": FORMAT,
            "id": ID,
            "version": VERSION,
            "language": LANGUAGE,
            "catalogue": Key(gettext("The id of the catalogue that this compass is about."), 'catalogue = "le-rameau"'),
            "title": Key(gettext("The name of the compass, as people see it."), 'title = { fr = "…", en = "…" }'),
            "summary": Key(gettext("What the compass is for, in one sentence; it is shown when choosing one.")),
            "renamed": RENAMED,
            "section": Key(gettext("The groups of questions: each is a [[section]] table.")),
            "question": Key(gettext("The questions, in the order of asking: each is a [[question]] table.")),
            "axis": Key(gettext("Positions computed from answers: each is an [[axis]] table.")),
            "place": Key(
                gettext("Positions that a number, or several answers together, decide: each is a [[place]] table.")
            ),
            "ranking": Key(_RANKING),
            "pathway": Key(_PATHWAY),
            "rose": Key(_ROSE),
            "rule": Key(gettext("What the facets cannot say: each is a [[rule]] table.")),
            "intended": Key(
                gettext("Holes that are there on purpose: each is an [[intended]] table, which coverage shows apart.")
            ),
            "example": Key(
                gettext("Imagined people and what they should get: each is an [[example]] table, which check replays.")
            ),
        },
    ),
    "SectionTable": Table(
        gettext("Section"),
        gettext("A group of questions, shown with the progress."),
        {
            "id": ID,
            "title": Key(gettext("The name of the group, as people see it.")),
            "when": Key(
                gettext("The group is asked only while this condition holds."), 'when = { profile = "collectivites" }'
            ),
        },
    ),
    "QuestionTable": Table(
        gettext("Question"),
        gettext("A question. Its type decides which other keys it takes."),
        {
            "id": ID,
            "section": Key(gettext("The id of the group it belongs to.")),
            "type": Key(
                gettext(
                    "How it is answered: one (one option), many (several options), scale (a degree), yes-no, "
                    "number, date (a day) or text (never counted)."
                ),
                'type = "one"',
            ),
            "ask": Key(
                gettext("The question, as it is asked. About 90 characters at most."), 'ask = { fr = "…", en = "…" }'
            ),
            "help": Key(gettext("Why it is asked; people can read it before they answer.")),
            "facet": Key(
                gettext("The options are the terms of this facet, and the answer places the person there."),
                'facet = "profile"',
            ),
            "required": Key(gettext("False also offers “I do not know”. True by default."), "required = false"),
            "when": Key(
                gettext("It is asked only while this condition holds. It looks only at what stands before it."),
                'when = { profile = "collectivites" }',
            ),
            "min": Key(
                gettext("The lowest number, or the first day; of several options, how many at least (1 by default).")
            ),
            "max": Key(gettext("The highest number, or the last day; of several options, how many at most.")),
            "decimals": Key(
                gettext("How many decimals a number may have, from 1 to 3; without this, it is whole."), "decimals = 1"
            ),
            "unit": Key(gettext("What the number counts; shown beside the question."), 'unit = "habitants"'),
            "options": Key(
                gettext("What one can choose, in order."),
                'options = [ { id = "rien", text = "…", points = 0 }, { id = "partage", text = "…", points = 3 } ]',
            ),
            "labels": Key(
                gettext("The degrees of a scale, from the lowest: they are worth 0, 1, 2… points."),
                'labels = ["pas du tout", "un peu", "tout à fait"]',
            ),
            "default": Key(
                gettext(
                    "The answer proposed first in the interview. It counts for nothing until the person confirms it."
                ),
                'default = "local"',
            ),
        },
    ),
    "OptionTable": Table(
        gettext("Option"),
        gettext("One of the answers that can be chosen."),
        {
            "id": ID,
            "text": Key(gettext("The option, as people see it. About 60 characters at most.")),
            "hint": Key(gettext("A few words that make it clear, shown beside it.")),
            "points": Key(gettext("What it is worth on the axes. Without points, it is not counted there at all.")),
            "place": Key(gettext("Where choosing it places the person, by facet."), 'place = { maturity = "agir" }'),
            "alone": Key(gettext("Among several answers, true where this one excludes the others (“none”).")),
        },
    ),
    "AxisTable": Table(
        gettext("Axis"),
        gettext("A position from 0 to 100: the points obtained out of the points possible, by weight."),
        {
            "id": ID,
            "title": Key(gettext("The name of the axis, as people see it.")),
            "questions": Key(
                gettext("The questions that count, each with its weight."),
                "questions = { diagnostic = 2, confiance = 1 }",
            ),
            "facet": Key(gettext("The facet on which the axis places the person.")),
            "steps": Key(
                gettext("From which value on the axis places at which term, rising."),
                'steps = [ { from = 0, term = "s-informer" }, { from = 40, term = "se-former" } ]',
            ),
        },
    ),
    "StepTable": Table(
        gettext("Step"),
        gettext("From this value on, the axis places the person at this term."),
        {
            "from": Key(gettext("The value from which the step begins, 0 to 100.")),
            "term": Key(gettext("The term of the facet where it places the person.")),
        },
    ),
    "PlaceTable": Table(
        gettext("Place"),
        gettext("While the condition holds, the person stands at these terms."),
        {
            "when": Key(
                gettext("The condition. It may look at questions, axes and facets."),
                "when = { population = { max = 1999 } }",
            ),
            "at": Key(gettext("Where it places the person, by facet."), 'at = { level = ["local"] }'),
        },
    ),
    "RankingTable": Table(
        gettext("Ranking"),
        _RANKING,
        {
            "top": Key(gettext("How many MEDOC are shown first. The ranking itself is whole.")),
            "weights": Key(
                gettext(
                    "How much each facet counts, and proven. A facet that is not named does not count in the score."
                ),
                "weights = { profile = 3, level = 2, proven = 1 }",
            ),
            "require": Key(
                gettext("Facets where a MEDOC that does not fit at all is left out."), 'require = ["profile"]'
            ),
            "generic": Key(
                gettext("What a MEDOC made for everybody is worth on a facet, out of 1000. 500 by default.")
            ),
        },
    ),
    "PathwayTable": Table(
        gettext("Path"),
        _PATHWAY,
        {
            "size": Key(gettext("How many steps the path has. 8 by default.")),
            "minutes": Key(
                gettext("The question that asks for the time there is, and the minutes of its options: the path fits."),
                'minutes = { question = "temps", heure = 60, demi-journee = 240 }',
            ),
        },
    ),
    "RoseTable": Table(
        gettext("Compass rose"),
        _ROSE,
        {
            "facet": Key(gettext("The facet whose terms are the directions of the rose.")),
            "axes": Key(gettext("The axes that are its directions, in this order."), 'axes = ["a", "b"]'),
        },
    ),
    "RuleTable": Table(
        gettext("Rule"),
        gettext("Adds points to some MEDOC, leaves them out, or lets them in only while a condition holds."),
        {
            "when": Key(gettext("The condition. It may look at everything."), 'when = { diagnostic = "rien" }'),
            "medoc": Key(gettext("The ids of the MEDOC that the rule is about.")),
            "points": Key(gettext("What is added to the score while the condition holds; usually 50 to 150.")),
            "include": Key(gettext("True: these MEDOC are left out unless one of the rules that include them holds.")),
            "exclude": Key(gettext("True: these MEDOC are left out while the condition holds. It stands alone.")),
            "why": Key(gettext("The reason, as people will read it. Without it, the condition is told in words.")),
        },
    ),
    "IntendedTable": Table(
        gettext("Intended hole"),
        gettext("People for whom few MEDOC are there on purpose. It changes no result; coverage shows it apart."),
        {
            "at": Key(gettext("For whom, by facet."), 'at = { profile = "medias", domain = ["eau", "energie"] }'),
            "why": Key(
                gettext("The reason, as the readers of coverage see it."),
                'why = { fr = "…", en = "…" }',
            ),
        },
    ),
    "ExampleTable": Table(
        gettext("Worked example"),
        gettext("An imagined person, what they answer, and what they should get. The check command replays it."),
        {
            "title": Key(gettext("Who it is, in a few words.")),
            "answers": Key(
                gettext("What they answer, by id of question."),
                'answers = { profile = "collectivites", confiance = 2 }',
            ),
            "expect": Key(_EXPECT),
        },
    ),
    "ExpectTable": Table(
        gettext("Expectation"),
        _EXPECT,
        {
            "first": Key(gettext("The id of the MEDOC that comes first.")),
            "top": Key(gettext("How many of the first are looked at; by default, those of the ranking.")),
            "includes": Key(gettext("The ids of MEDOC that must be among the first.")),
            "excludes": Key(gettext("The ids of MEDOC that must not be among the first.")),
            "places": Key(gettext("Where the person should stand, by facet."), 'places = { maturity = "se-former" }'),
            "axes": Key(gettext("The value that each axis should have."), "axes = { cooperation = 52 }"),
        },
    ),
}
