"""Definitions and answers with hostile texts everywhere, for the forms that people open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from boussole.core.answers.accepting import accepted
from boussole.core.answers.answers import Answers
from boussole.core.definitions.text import Text
from boussole.core.ranking import Ranking, rank
from boussole.core.situation import situate
from boussole.files.answers.saved import answers_block, checksummed_file, save
from boussole.files.answers.share_code import to_code
from boussole.render.path.model import PathMetadata
from support.samples import MOMENT, TODAY, catalogue, compass, replace

if TYPE_CHECKING:
    from boussole.core.definitions.catalogue import Catalogue, Facet, Medoc
    from boussole.core.definitions.compass import Compass, Question

INJECTIONS = [
    "<script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "</pre><img src=x onerror=alert(1)>",
    "</code></svg><svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<math><mtext></p><style><img src=x onerror=alert(1)>",
    "<style>*{display:none}</style>",
    "<img src=x onerror=alert(1)",
    '" onmouseover="alert(1)" x="',
    "' autofocus onfocus=alert(1) '",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\nscript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "data:image/svg+xml,<svg onload=alert(1)>",
    "vbscript:msgbox(1)",
    'https://a.example/"><script>alert(1)</script>',
    "https://a.example/' onclick='alert(1)",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "&#x6A;avascript:alert(1)",
    "<!--", "-->", "]]>", "<![CDATA[", "<?xml version='1.0'?>", "<!DOCTYPE html>",
    "<base href=https://evil.example/>",
    "<meta http-equiv=refresh content='0;url=https://evil.example/'>",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "<a href=javascript:alert(1)>", "<form action=https://evil.example/><button>",
    "<template>", "</template>", "<noscript>", "</body></html>", "<plaintext>", "<textarea>", "<xmp>",
    "{{ 7 * 7 }}", "{% raw %}", "${7*7}", "# checksum answers=0123456789abcdef file=0123456789abcdef",
]  # fmt: skip
"""What somebody writes who wants a page to do something."""


class Hostile:
    """The sample definitions with every text replaced by one of `texts`, in turn."""

    def __init__(self, texts: list[str]) -> None:
        """Take the texts, and rank for somebody who typed one of them too."""
        self._texts = texts
        self._next = 0
        self.catalogue = self._catalogue(catalogue())
        self.compass = self._compass(compass())
        self.name = self._string()
        answers = {
            "profile": "commune",
            "domain": ["eau"],
            "confiance": "?",
            "habitants": 3,
            "nom": self._string() or "x",
        }
        if not str(answers["nom"]).strip():
            answers["nom"] = "x"
        self.answers = accepted(self.compass, Answers.given(answers))
        self.ranking: Ranking = rank(self.compass, self.catalogue, situate(self.compass, self.answers))

    def _string(self) -> str:
        self._next += 1
        return self._texts[self._next % len(self._texts)]

    def _text(self) -> Text:
        return Text({"en": self._string()}, "en")

    def _facet(self, facet: Facet) -> Facet:
        terms = {id_: replace(term, title=self._text()) for id_, term in facet.terms.items()}
        return replace(facet, title=self._text(), terms=terms)

    def _medoc(self, medoc: Medoc) -> Medoc:
        return replace(
            medoc,
            title=self._text(),
            summary=self._text(),
            publisher=self._string(),
            url=self._string() if medoc.url is None else f"https://a.example/{self._string()}",
            source=self._string() if medoc.minutes is None else f"https://b.example/{self._string()}",
            language=self._string() or None,
        )

    def _catalogue(self, made: Catalogue) -> Catalogue:
        return replace(
            made,
            version=self._string(),
            facets={id_: self._facet(one) for id_, one in made.facets.items()},
            medoc={id_: self._medoc(one) for id_, one in made.medoc.items()},
        )

    def _question(self, one: Question) -> Question:
        options = {id_: replace(option, text=self._text()) for id_, option in one.options.items()}
        unit = self._text() if one.unit else None
        return replace(
            one, ask=self._text(), unit=unit, options=options, labels=tuple(self._text() for _ in one.labels)
        )

    def _compass(self, made: Compass) -> Compass:
        return replace(
            made,
            version=self._string(),
            title=self._text(),
            summary=self._text(),
            questions={id_: self._question(one) for id_, one in made.questions.items()},
            axes={id_: replace(axis, title=self._text()) for id_, axis in made.axes.items()},
            rules=tuple(replace(rule, why=self._text()) for rule in made.rules),
        )

    def keepsake(self) -> PathMetadata:
        """Return what a path says besides the result."""
        saved = save(self.compass, self.catalogue, self.answers, saved=MOMENT, name=self.name)
        block = answers_block(saved)
        return PathMetadata(TODAY, block, self.name, answers_file=checksummed_file(saved), code=to_code(saved))
