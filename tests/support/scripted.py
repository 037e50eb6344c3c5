"""A scripted person: the replies to an interview, in order."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from boussole.terminal.lists import why_not
from boussole.terminal.prompter import Item, Navigation, Prompt

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

Reply = str | tuple[str, ...] | Navigation

RESULT = ""
REVIEW = "Here are your answers. Is everything right?"


class Scripted:
    """An `Asker` that gives the replies of a script, refusing those no terminal would let through.

    `asked` keeps, for each question shown, what was asked, the items, and what was preselected.
    """

    def __init__(self, *replies: Reply) -> None:
        """Take the replies, in order; when there are no more, the piped input ends."""
        self.replies = deque(replies)
        self.asked: list[tuple[Prompt, tuple[Item, ...], object]] = []
        self.refused: list[str] = []
        self.unknown: list[bool] = []
        self.before_reply: Callable[[], object] = lambda: None

    def choose(self, prompt: Prompt, items: Sequence[Item], current: str | None = None) -> str | Navigation:
        """Give a reply that is the value of an item."""
        reply = self._reply(prompt, items, current)
        if isinstance(reply, Navigation):
            return reply
        assert reply in [item.value for item in items]
        return str(reply)

    def choose_many(
        self,
        prompt: Prompt,
        items: Sequence[Item],
        current: Sequence[str] = (),
        *,
        least: int = 1,
        most: int | None = None,
    ) -> tuple[str, ...] | Navigation:
        """Give a reply that a list of several answers accepts, in the order of the items."""
        reply = self._reply(prompt, items, tuple(current))
        if isinstance(reply, Navigation):
            return reply
        assert isinstance(reply, tuple)
        chosen = [item for item in items if item.value in reply]
        assert len(chosen) == len(reply)
        assert why_not(chosen, least, most) is None
        return tuple(item.value for item in chosen)

    def write(
        self, prompt: Prompt, current: str = "", *, refuse: Callable[[str], str | None], unknown: bool = False
    ) -> str | Navigation:
        """Give the first reply that is not refused."""
        self.unknown.append(unknown)
        while True:
            reply = self._reply(prompt, (), current)
            if isinstance(reply, Navigation):
                return reply
            refusal = refuse(str(reply))
            if refusal is None:
                return str(reply)
            self.refused.append(refusal)

    def _reply(self, prompt: Prompt, items: Iterable[Item], current: object) -> Reply:
        self.asked.append((prompt, tuple(items), current))
        self.before_reply()
        if not self.replies:
            raise EOFError
        reply = self.replies.popleft()
        assert reply is not Navigation.BACK or prompt.can_go_back
        assert reply is not Navigation.REVIEW or prompt.can_review
        return reply

    @property
    def questions(self) -> list[str]:
        """What was asked, in order."""
        return [prompt.ask for prompt, _, _ in self.asked]

    @property
    def currents(self) -> list[object]:
        """What was preselected, in order."""
        return [current for _, _, current in self.asked]
