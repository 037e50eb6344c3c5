"""A phone in tests: it knows pages and forms as a browser without JavaScript does, and nothing of addresses."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import html5lib

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from xml.etree.ElementTree import Element

    import httpx2


class Choice(NamedTuple):
    """A box to tick, by the text of its label."""

    label: str
    value: str
    type: str


class Page:
    """A page as its reader sees it."""

    def __init__(self, response: httpx2.Response) -> None:
        """Read what was answered."""
        self.status = response.status_code
        self.url = response.url.path
        self.root: Element = html5lib.parse(response.text, treebuilder="etree", namespaceHTMLElements=False)

    def text(self, path: str) -> str:
        """Return what the first element at `path` says, "" where there is none."""
        found = self.root.find(path)
        return "" if found is None else _said(found)

    @property
    def heading(self) -> str:
        """Return the heading of the page."""
        return self.text(".//h1")

    @property
    def form(self) -> Element | None:
        """Return the first form."""
        return self.root.find(".//form")

    @property
    def choices(self) -> list[Choice]:
        """Return what can be ticked."""
        labels = {one.get("for"): _said(one) for one in self.root.iter("label")}
        return [
            Choice(labels[one.get("id")], one.get("value", ""), one.get("type", ""))
            for one in self.root.iter("input")
            if one.get("type") in {"radio", "checkbox"}
        ]

    @property
    def asks(self) -> bool:
        """Tell whether it asks a question: there is something to tick or to write."""
        return bool(self.choices) or self.written is not None

    @property
    def written(self) -> Element | None:
        """Return what is to be written in."""
        lines = [one for one in self.root.iter("input") if one.get("type") == "text"]
        return next(iter([*lines, *self.root.iter("textarea")]), None)

    def link(self, text: str) -> str:
        """Return where the link that says `text` leads."""
        return next(one.get("href", "") for one in self.root.iter("a") if _said(one) == text)

    def fields(self, button: str | None = None) -> dict[str, object]:
        """Return the hidden fields of the first form, and what its first button, or that named, sends."""
        assert self.form is not None
        found: dict[str, object] = {
            one.get("name", ""): one.get("value", "") for one in self.form.iter("input") if one.get("type") == "hidden"
        }
        buttons = [one for one in self.form.iter("button") if button in {None, _said(one)}]
        if (name := buttons[0].get("name")) is not None:
            found[name] = buttons[0].get("value", "")
        return found


def _said(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


class Phone:
    """A phone with its cookies, standing on a page."""

    def __init__(self, client: httpx2.Client, address: str) -> None:
        """Open an address."""
        self.client = client
        self.page = Page(client.get(address))

    def open(self, address: str) -> Page:
        """Open another page."""
        self.page = Page(self.client.get(address))
        return self.page

    def send(self, *ticked: str, written: str | None = None, button: str | None = None) -> Page:
        """Tick labels, or write, and press the first button or that named."""
        form = self.page.form
        assert form is not None
        fields = self.page.fields(button)
        values = [one.value for one in self.page.choices if one.label in ticked]
        assert len(values) == len(ticked), (ticked, self.page.choices)
        if values:
            fields["answer"] = values
        entry = self.page.written
        if written is not None and entry is not None:
            fields[entry.get("name", "")] = written
        self.page = Page(self.client.post(form.get("action", ""), data=fields))
        return self.page

    def answer_all(self, wanted: Mapping[str, Sequence[str]]) -> Page:
        """Answer questions by their words, the first choice where nothing is wanted, until nothing is asked."""
        while self.page.asks:
            self.send(*self.ticks(wanted), written="3")
        return self.page

    def ticks(self, wanted: Mapping[str, Iterable[str]]) -> Sequence[str]:
        """Return what to tick on this page."""
        if self.page.heading in wanted:
            return tuple(wanted[self.page.heading])
        return [one.label for one in self.page.choices[:1]]
