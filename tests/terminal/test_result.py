"""What is shown after the last question, and everything that its menu does."""

from __future__ import annotations

import datetime as dt
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from boussole.cli.asking.effects import refuse_file
from boussole.core.answers.answers import Answers
from boussole.core.pathway import pathway
from boussole.errors import BoussoleError
from boussole.i18n import gettext
from boussole.render.recommend.medoc import medoc_lines
from boussole.render.recommend.plain import list_lines, pathway_lines, result_lines
from boussole.render.recommend.sensitivity_wording import matters_most, sure_line
from boussole.render.why.formats import why_lines
from boussole.terminal.interview import Interview
from boussole.terminal.prompter import Item, Navigation, Prompt
from boussole.terminal.result import Effects, Result
from boussole.vectorized.why.explanation import explain
from boussole.vectorized.why.sensitivity import sensitivity
from support.builders import (
    is_,
    make_catalogue,
    make_compass,
    make_facet,
    make_medoc,
    make_question,
    make_rule,
    question,
    ranked,
)
from support.scripted import RESULT, REVIEW, Reply, Scripted

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from boussole.core.ranking import Ranking, Recommendation
    from boussole.core.why.sensitivity import Explanation, Sensitivity

TODAY = dt.date(2026, 11, 22)
PROFILES = make_facet("profile", "etat", "medias")
CATALOGUE = make_catalogue(
    make_medoc("atlas", suits={"profile": ["etat"]}, year=2020),
    make_medoc("bd", suits={"profile": ["medias"]}, year=2019),
    make_medoc("charte", year=2018),
    make_medoc("dico", year=2017),
    facets=[PROFILES],
)
COMPASS = make_compass(
    make_question("profile", "one", PROFILES),
    make_question("detail", when=is_(question("profile"), "medias")),
    weights={"profile": 1},
    require=["profile"],
    top=2,
)
FILE = ("save", "mine.md", "")
SURE = "Your path is not saved, and your answers will be forgotten. Go on?"


@dataclass
class Room:
    """What was shown and saved while a result was looked at; `sure` are the lines that say how sure it is."""

    asker: Scripted
    shown: list[list[str]] = field(default_factory=list)
    sure: list[str] = field(default_factory=list)
    saved: list[tuple[Ranking, Answers, Path, str | None, Sensitivity | None]] = field(default_factory=list)
    again: bool = False

    def asked(self, ask: str) -> list[tuple[Prompt, tuple[Item, ...], object]]:
        """Return the questions that asked `ask`."""
        return [one for one in self.asker.asked if one[0].ask == ask]


def looked_at(
    *replies: Reply,
    language: str = "en",
    save: Callable[[Path], None] = lambda _path: None,
    answers: Answers | None = None,
) -> Room:
    """Return what happened when somebody, who answered already, replied so after the result."""
    room = Room(Scripted(*replies))

    def save_file(ranking: Ranking, answers: Answers, path: Path, name: str | None, sure: Sensitivity | None) -> None:
        save(path)
        room.saved.append((ranking, answers, path, name, sure))

    def share(_ranking: Ranking, answers: Answers) -> None:
        room.shown.append([f"code of {dict(answers.by_question)}"])

    def show(lines: Sequence[str]) -> None:
        if lines and lines[0].startswith(("How sure", "À quel point")):
            room.sure += lines
        else:
            room.shown.append(list(lines))

    outside = Effects(None, None, show, save_file, TODAY, share, refuse_file)
    interview = Interview(COMPASS, room.asker, language, answers or Answers.of(profile="etat"), lambda _: None)
    room.again = Result(CATALOGUE, COMPASS, room.asker, language, outside, f"agir-{TODAY}").run(interview)
    return room


STATE = ranked(COMPASS, CATALOGUE, profile="etat")
STATE_ANSWERS = Answers.of(profile="etat")
MEDIA = Answers.of(profile="medias", detail="a")
TOO_LARGE = COMPASS._replace(rules=(make_rule(is_(question("profile"), "etat"), "atlas", points=2**63),))


def account(medoc: str) -> Explanation:
    """Return what there is to say of a MEDOC."""
    return explain(STATE, STATE_ANSWERS, CATALOGUE.medoc[medoc], 2)


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


# --- What is shown ---------------------------------------------------------------------------------------------------


def test_the_result_comes_first_then_the_menu() -> None:
    """The result is shown as lines where nothing may be drawn, then everything one can do with it."""
    room = looked_at("leave", "yes")
    assert room.shown == [result_lines(STATE, "en", shown=STATE.top())]
    assert room.asker.asked[0] == (
        Prompt("What would you like to do?"),
        (
            Item("path", "My path, step by step"),
            Item("one", "One MEDOC whole"),
            Item("more", "More of the list"),
            Item("why", "Why, or why not this one?"),
            Item("what-if", "What if…?"),
            Item("change", "Change an answer"),
            Item("save", "Save my path in a file"),
            Item("share", "My answers as a code to share"),
            Item("group", "Add my answers to those of a group"),
            Item("again", "Start again"),
            Item("leave", "Leave"),
        ),
        None,
    )


def test_answers_are_shared_as_a_code() -> None:
    """The code is shown, and saves nothing: leaving still asks."""
    room = looked_at("share", "leave", "yes")
    assert [lines[0].startswith("code of {'profile': ") for lines in room.shown[1:]] == [True]
    assert room.asked("Your path is not saved, and your answers will be forgotten. Go on?")


def test_answers_are_added_to_a_group() -> None:
    """The code is shown, and what whoever gathers them does with it; nothing is saved."""
    room = looked_at("group", "leave", "yes")
    code, how = room.shown[1:]
    assert code[0].startswith("code of {'profile': ")
    assert how[-1].strip() == f"boussole group {COMPASS.id} FOLDER"
    assert room.saved == []


def test_a_screen_shows_the_result_in_parts() -> None:
    """Where things may be drawn, the drawing is given what to show under the rest, and draws the list too."""
    asker = Scripted("more", "leave", "yes")
    drawn: list[str] = []

    def show_result(ranking: Ranking, below: Sequence[str]) -> None:
        drawn.append(f"result of {len(ranking.recommendations)}")
        drawn.append(f"{len(below)} line: {below[0][:8]}")

    def show_list(_ranking: Ranking, shown: Sequence[Recommendation]) -> None:
        drawn.append(f"list of {len(shown)}")

    def nothing(*_args: object) -> None:
        pytest.fail("a file was saved, or answers were shared")

    def show_lines(lines: Sequence[str]) -> None:
        drawn.append(f"{len(lines)} line: {lines[0][:8]}")

    outside = Effects(show_result, show_list, show_lines, nothing, TODAY, nothing, refuse_file)
    interview = Interview(COMPASS, asker, "en", Answers.of(profile="etat"), nothing)
    assert not Result(CATALOGUE, COMPASS, asker, "en", outside, "agir").run(interview)
    assert drawn == ["result of 3", "2 line: How sure", "list of 1"]


def test_the_path() -> None:
    """« My path » shows the steps, and the menu comes back."""
    room = looked_at("path", "leave", "yes", language="fr")
    assert room.shown[1:] == [pathway_lines(pathway(STATE), "fr")]


def test_one_medoc_whole() -> None:
    """One MEDOC of those shown, with its rank, is shown whole."""
    room = looked_at("one", "charte", "leave", "yes")
    (prompt, items, _) = room.asked("Which one?")[0]
    assert prompt.can_go_back
    assert items == (Item("atlas", "Titre de atlas", "rank 1"), Item("charte", "Titre de charte", "rank 2="))
    assert room.shown[1:] == [medoc_lines(CATALOGUE.medoc["charte"], CATALOGUE, "en", TODAY)]


def test_no_medoc_after_all() -> None:
    """Going back from the list of MEDOC shows none."""
    assert looked_at("one", Navigation.BACK, "leave", "yes").shown[1:] == []


def test_more_of_the_list() -> None:
    """« More » shows the next ones alone, which can then be shown whole like those before; then that there are none."""
    room = looked_at("more", "more", "one", "dico", "leave", "yes")
    assert STATE.top() == STATE.recommendations[:2]
    assert room.shown[1:3] == [list_lines("en", shown=STATE.recommendations[2:]), ["The list is over: 3 MEDOC."]]
    assert len(room.asked("Which one?")[0][1]) == 3


def test_more_of_another_list() -> None:
    """Once an answer is another one, « more » goes on from the list that was shown for it."""
    room = looked_at("more", "change", "profile", "etat", RESULT, "more", "leave", "yes")
    assert room.shown[1] == room.shown[-1] == list_lines("en", shown=STATE.recommendations[2:])


def test_nothing_fits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no MEDOC fits, there is none to choose: it is said."""
    empty = make_catalogue(make_medoc("bd", suits={"profile": ["medias"]}), facets=[PROFILES])
    monkeypatch.setitem(globals(), "CATALOGUE", empty)
    room = looked_at("one", "leave", "yes")
    assert room.shown[1:] == [["No MEDOC fits these answers."]]


def test_how_sure_it_is_comes_after_each_result() -> None:
    """How often each of the top holds, then the answer that matters most."""
    room = looked_at("change", "profile", "medias", "a", RESULT, "leave", "yes")
    firm = [sensitivity(COMPASS, CATALOGUE, one, 2) for one in (STATE_ANSWERS, MEDIA)]
    told = [line for one in firm for line in (sure_line(one), matters_most(one, COMPASS)) if line is not None]
    assert room.sure == [line.in_("en") for line in told]
    assert "The answer that matters most: “Question profile ?”" in room.sure


def test_what_is_too_large_to_compute_with(monkeypatch: pytest.MonkeyPatch) -> None:
    """Numbers that only the ranking can hold are told instead, and the menu goes on."""
    monkeypatch.setitem(globals(), "COMPASS", TOO_LARGE)
    room = looked_at("why", "", "atlas", "leave", "yes")
    assert [lines[0] for lines in room.shown[1:]] == [
        "The points or weights of this compass are too large to compute with."
    ] * 2


# --- Wondering -------------------------------------------------------------------------------------------------------


def test_why_one_of_the_list() -> None:
    """Without a word, one of the list is told about: why it stands where it stands."""
    room = looked_at("why", "", "charte", "leave", "yes")
    (prompt, items, _) = room.asked("Which one?")[0]
    assert prompt.can_go_back
    assert items == (Item("atlas", "Titre de atlas", "rank 1"), Item("charte", "Titre de charte", "rank 2="))
    assert room.shown[1:] == [why_lines(account("charte"), "en", TODAY)]


def test_why_not_another_one() -> None:
    """By words, also what is left out is found; words that nothing has are refused on the spot."""
    room = looked_at("why", "nothing like it", "BD", "bd", "leave", "yes")
    assert room.asker.refused == ["No MEDOC has these words."]
    assert room.asked("Which one?")[0][1] == (Item("bd", "Titre de bd", "left out"),)
    assert room.shown[1:] == [why_lines(account("bd"), "en", TODAY)]
    assert "“Question profile ?”: MEDIAS (now: ETAT)" in room.shown[1][-2]


@pytest.mark.parametrize(
    "replies", [("why", Navigation.BACK), ("why", "", Navigation.BACK), ("what-if", Navigation.BACK)]
)
def test_wondering_can_be_left(replies: tuple[Reply, ...]) -> None:
    """Going back from any question shows nothing, and changes nothing."""
    room = looked_at(*replies, *FILE, "leave")
    assert room.shown[1:] == []
    assert room.saved[0][1] == STATE_ANSWERS


def test_why_where_nothing_fits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the list is empty, what is left out can still be asked about by words."""
    empty = make_catalogue(make_medoc("bd", suits={"profile": ["medias"]}), facets=[PROFILES])
    monkeypatch.setitem(globals(), "CATALOGUE", empty)
    room = looked_at("why", "", "why", "bd", "bd", "leave", "yes")
    assert room.shown[1] == ["No MEDOC fits these answers."]
    assert room.shown[2][0] == "Titre de bd"
    assert room.sure == []


def test_all_that_is_found_can_be_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is found comes a page at a time, on to the last and back."""
    monkeypatch.setattr("boussole.terminal.what_if.PAGE", 2)
    room = looked_at("why", "titre", "", Navigation.BACK, "", "dico", *FILE, "leave")
    pages = [(prompt.progress, [item.value for item in items]) for prompt, items, _ in room.asked("Which one?")]
    first, last = ("1 to 2 of 4 found", ["atlas", "bd", ""]), ("3 to 4 of 4 found", ["charte", "dico"])
    assert pages == [first, last, first, last]
    assert room.shown[1][0].startswith("Titre de dico")
    room = looked_at("why", "titre", Navigation.BACK, *FILE, "leave")
    assert len(room.shown) == 1


def test_what_if() -> None:
    """Another answer shows what moves, and changes nothing until it is kept."""
    room = looked_at("what-if", "profile", "medias", "back", *FILE, "leave")
    assert room.asked("Which answer would be another one?")[0][1] == (
        Item("profile", "Question profile ?", answer="ETAT"),
    )
    assert room.shown[1:] == [
        [
            "If “Question profile ?” were answered: MEDIAS",
            "1. Titre de bd · new (it was left out)",
            "2. Titre de charte · same place",
            "",
            "No longer in the first 2",
            "- Titre de atlas · left out",
            "",
            "This answer opens other questions: the list may move again.",
        ]
    ]
    assert [item.value for item in room.asked("What now?")[0][1]] == ["back", "keep", "other"]
    assert room.saved[0][1] == STATE_ANSWERS


def test_what_if_is_kept() -> None:
    """Kept, the answer is one like any other: what it opens is asked, the new result shown, and nothing saved yet."""
    room = looked_at(*FILE, "what-if", "profile", "medias", "keep", "a", "leave", "yes")
    media = ranked(COMPASS, CATALOGUE, profile="medias", detail="a")
    assert room.shown[-1] == result_lines(media, "en", shown=media.top())
    assert len(room.asked(SURE)) == 1


@pytest.mark.parametrize("again", ["other", Navigation.BACK])
def test_what_if_otherwise(again: Reply) -> None:
    """One answer after the other can be tried; going back from a question chooses another one."""
    room = looked_at(
        "what-if",
        "profile",
        "etat",
        again,
        "profile",
        Navigation.BACK,
        "profile",
        Navigation.REVIEW,
        Navigation.BACK,
        *FILE,
        "leave",
    )
    assert room.shown[1:] == [["If “Question profile ?” were answered: ETAT", "Nothing moves in the first 2."]]
    assert len(room.asked("Which answer would be another one?")) == 4
    assert room.saved[0][1] == STATE_ANSWERS


def test_what_if_nothing_was_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without an answer there is nothing to try otherwise."""
    monkeypatch.setitem(globals(), "COMPASS", make_compass(weights={"profile": 1}))
    assert looked_at("what-if", "leave", "yes").asked("Which answer would be another one?") == []


# --- Changing an answer ----------------------------------------------------------------------------------------------


def test_a_changed_answer_ranks_again() -> None:
    """After a change the new result is shown, and what is asked of it is about the new one."""
    room = looked_at("change", "profile", "medias", "a", RESULT, "path", "leave", "yes")
    media = ranked(COMPASS, CATALOGUE, profile="medias", detail="a")
    assert media.recommendations[0].medoc.id == "bd"
    assert room.shown[1:] == [
        result_lines(media, "en", shown=media.top()),
        pathway_lines(pathway(media), "en"),
    ]


def test_a_review_without_a_change_shows_the_result_again() -> None:
    """Looking at the answers and going on is harmless."""
    room = looked_at("change", RESULT, "leave", "yes")
    assert room.shown == [result_lines(STATE, "en", shown=STATE.top())] * 2


def test_a_pipe_that_ends_inside_a_change() -> None:
    """A change that opened a question nobody answers is no finished interview: the end of the pipe is told."""
    with pytest.raises(EOFError):
        looked_at("change", "profile", "medias")


# --- Saving ----------------------------------------------------------------------------------------------------------


def test_saving() -> None:
    """The path is saved under the name typed, with the answers and how sure the top is."""
    room = looked_at("save", " out.csv ", "", "leave")
    assert room.saved == [
        (STATE, STATE_ANSWERS, Path("out.csv"), None, sensitivity(COMPASS, CATALOGUE, STATE_ANSWERS, 2))
    ]
    prompt, _, current = room.asked("Name of the file")[0]
    assert current == "agir-2026-11-22.html"
    assert prompt.can_go_back
    assert ".toml (my answers only)" in prompt.help


@pytest.mark.parametrize(("typed", "name"), [("", None), ("   ", None), (" Zoé L. ", "Zoé L.")])
def test_a_name_is_written_only_when_typed(typed: str, name: str | None) -> None:
    """Enter leaves the file without a name."""
    assert looked_at("save", "out.md", typed, "leave").saved[0][3] == name


def test_a_file_needs_a_name() -> None:
    """An empty file name is refused on the spot."""
    room = looked_at("save", " ", "out.md", "", "leave")
    assert room.asker.refused == ["Type a name."]
    assert [one[2] for one in room.saved] == [Path("out.md")]


@pytest.mark.parametrize("replies", [("save", Navigation.BACK), ("save", "out.md", Navigation.BACK)])
def test_saving_can_be_left(replies: tuple[Reply, ...]) -> None:
    """Going back from either question saves nothing, and the path is still unsaved."""
    room = looked_at(*replies, "leave", "yes")
    assert room.saved == []
    assert len(room.asked(SURE)) == 1


@pytest.mark.parametrize("refusal", ["no", Navigation.BACK])
def test_an_existing_file_is_replaced_only_on_a_yes(refusal: Reply) -> None:
    """« No », which comes first, and going back both leave the file as it is."""
    Path("mine.md").write_text("before", "utf-8")
    room = looked_at(*FILE, refusal, *FILE, "yes", "leave")
    prompt, items, _ = room.asked("“mine.md” exists. Replace it?")[0]
    assert items == (Item("no", "No"), Item("yes", "Yes"))
    assert prompt.can_go_back
    assert len(room.saved) == 1


def test_a_failure_is_told_and_the_menu_goes_on() -> None:
    """A file that cannot be written is told, with what to do, and counts as unsaved."""

    def fail(path: Path) -> None:
        raise BoussoleError(gettext("“{path}” cannot be written: {reason}.", path=path, reason="x"), gettext("Options"))

    room = looked_at(*FILE, "leave", "yes", save=fail)
    assert room.shown[1:] == [["“mine.md” cannot be written: x.", "Options"]]
    assert len(room.asked(SURE)) == 1


def test_the_home_folder() -> None:
    """« ~ » is the home folder, as in a shell."""
    room = looked_at("save", "~/out.md", "", "leave")
    assert room.saved[0][2] == Path.home() / "out.md"


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("mine", "Write a name that ends in"),
        ("mine.xyz", "Write a name that ends in"),
        ("absent/mine.md", "Make this folder first, or choose another one."),
        ("folder.md", "Give the name of a file."),
        ("~nobody-of-this-name/out.md", "Make this folder first"),
        (f"{'x' * 300}.md", "Give a shorter name."),
        (f"{'x/' * 3000}out.md", "Give a shorter name."),
        ("  ", "Type a name."),
    ],
)
def test_the_name_of_a_file_is_judged_as_soon_as_it_is_typed(tmp_path: Path, name: str, told: str) -> None:
    """Its ending, its folder, what stands there already: before anything else is asked."""
    (tmp_path / "folder.md").mkdir()
    room = looked_at("save", name, "mine.md", "", "leave")
    assert [one[2] for one in room.saved] == [Path("mine.md")]
    assert len(room.asker.refused) == 1
    assert told in room.asker.refused[0]


@pytest.mark.skipif(os.name != "posix" or not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root writes all")
def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    """One may not write there: it is said at once."""
    (tmp_path / "closed").mkdir(mode=0o500)
    room = looked_at("save", "closed/out.md", "mine.md", "", "leave")
    assert "Choose a folder where you may write." in room.asker.refused[0]


# --- Leaving ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("action", "again"), [("leave", False), ("again", True)])
def test_what_is_not_saved_is_asked_about(action: str, again: bool) -> None:  # noqa: FBT001 - a parameter of the test
    """Leaving or starting again asks first; « no », which comes first, returns to the menu."""
    room = looked_at(action, "no", action, Navigation.BACK, action, "yes")
    assert room.again is again
    assert [items[0].value for _, items, _ in room.asked(SURE)] == ["no"] * 3


@pytest.mark.parametrize(("action", "again"), [("leave", False), ("again", True)])
def test_what_is_saved_is_left_at_once(action: str, again: bool) -> None:  # noqa: FBT001 - a parameter of the test
    """After saving nothing more is asked."""
    room = looked_at(*FILE, action)
    assert room.again is again
    assert room.asked(SURE) == []


def test_a_change_is_not_saved() -> None:
    """What was saved before a change is no longer the result: leaving asks again."""
    room = looked_at(*FILE, "change", RESULT, "leave", "yes")
    assert len(room.asked(SURE)) == 1


@pytest.mark.parametrize("replies", [(), ("path",), ("leave",), ("again",)])
def test_a_pipe_need_not_say_goodbye(replies: tuple[Reply, ...]) -> None:
    """The end of piped answers at the menu, or when asked whether to leave, leaves."""
    assert not looked_at(*replies).again


@pytest.mark.parametrize("replies", [("save",), ("save", "out.md"), ("one",)])
def test_a_pipe_that_ends_in_the_middle_of_an_action(replies: tuple[Reply, ...]) -> None:
    """An action that could not be finished is not taken for a goodbye."""
    with pytest.raises(EOFError):
        looked_at(*replies)


def test_the_menu_speaks_the_language_of_the_interview() -> None:
    """Every question of the menu is said in French to who answers in French."""
    Path("mine.md").touch()
    room = looked_at(*FILE, "yes", "change", RESULT, "one", "atlas", "leave", "yes", language="fr")
    assert room.asker.questions == [
        "Que voulez-vous faire\N{NARROW NO-BREAK SPACE}?",
        "Nom du fichier",
        "Votre nom, si vous le voulez sur le fichier (Entrée\N{NO-BREAK SPACE}: aucun)",
        "«\N{NO-BREAK SPACE}mine.md\N{NO-BREAK SPACE}» existe. Le remplacer\N{NARROW NO-BREAK SPACE}?",
        "Que voulez-vous faire\N{NARROW NO-BREAK SPACE}?",
        "Voici vos réponses. Tout est juste\N{NARROW NO-BREAK SPACE}?",
        "Que voulez-vous faire\N{NARROW NO-BREAK SPACE}?",
        "Lequel\N{NARROW NO-BREAK SPACE}?",
        "Que voulez-vous faire\N{NARROW NO-BREAK SPACE}?",
        "Votre parcours n’est pas enregistré, et vos réponses seront oubliées. Continuer\N{NARROW NO-BREAK SPACE}?",
    ]
    assert REVIEW not in room.asker.questions
