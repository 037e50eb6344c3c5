"""What the interview needs from a terminal, whatever the terminal can do.

`menus.MenuAsker` redraws the screen (questionary); `plain.PlainAsker` prints numbered lines, for screen
readers, poor terminals and pipes. The interview knows only this protocol.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence


class Navigation(Enum):
    """What a person may do instead of answering."""

    BACK = "back"
    REVIEW = "review"


class Item(NamedTuple):
    """A line to choose: the text to show, a hint beside it, and the value it stands for.

    `alone`: in a multiple choice, it excludes the others (« aucun », « je ne sais pas »). `answer`: what was answered,
    where the text is a question. `uncounted`: it is number 0, and the others count from 1 all the same. `words`: what
    else people type for it, folded.
    """

    value: str
    text: str
    hint: str = ""
    alone: bool = False
    answer: str = ""
    uncounted: bool = False
    words: Collection[str] = ()


class Prompt(NamedTuple):
    """A question as shown: `progress` (« Question 3 sur 9 · Votre territoire »), `ask`, `help` (why it is asked).

    `can_go_back`: there is something before it; `can_review`: some answers exist already. `proposed`: what is
    preselected is the author's proposal, which nobody has answered yet. `told`: what the answer before changed.
    """

    ask: str
    progress: str = ""
    help: str = ""
    can_go_back: bool = False
    can_review: bool = False
    proposed: bool = False
    told: str = ""


class Prompter(Protocol):
    """The ways of asking. Each returns what was chosen, or a `Move`; Ctrl-C raises `KeyboardInterrupt`.

    The end of a piped input raises `EOFError`.
    """

    def choose(self, prompt: Prompt, items: Sequence[Item], current: str | None = None) -> str | Navigation:
        """Ask for one of `items`; `current` is preselected."""
        ...

    def choose_many(
        self,
        prompt: Prompt,
        items: Sequence[Item],
        current: Sequence[str] = (),
        *,
        least: int = 1,
        most: int | None = None,
    ) -> tuple[str, ...] | Navigation:
        """Ask for `least` to `most` of `items` (0: none is an answer); an `alone` item by itself always suffices."""
        ...

    def write(
        self, prompt: Prompt, current: str = "", *, refuse: Callable[[str], str | None], unknown: bool = False
    ) -> str | Navigation:
        """Ask for a line of text; `refuse` returns why a text is not accepted, or None.

        « Je ne sais pas » is offered where `unknown`, and only there.
        """
        ...
