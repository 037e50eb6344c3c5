"""A coverage as a page of HTML or a picture in SVG, by templates that escape all they are given.

Both hold everything they need: nothing is asked of a network, and no script runs.
"""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from boussole.escape import markup_text
from boussole.i18n import gettext
from boussole.render.coverage.drawing import draw
from boussole.render.coverage.findings import sections
from boussole.render.coverage.heat_map import MARKS, Level, not_drawn, picture
from boussole.render.coverage.wording import headlines
from boussole.render.templating import environment, style_digest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from boussole.core.check.coverage import Coverage
    from boussole.i18n import Localised
    from boussole.render.coverage.heat_map import Show


def _title(coverage: Coverage) -> Localised:
    return gettext("{compass}: who finds what", compass=coverage.compass.title)


def to_html(coverage: Coverage, language: str, *, show: Show, command: Sequence[str]) -> str:
    """Return a whole page: the maps as tables, then what they say."""

    def say(text: Localised | str) -> str:
        return markup_text(text if isinstance(text, str) else text.in_(language))

    templates = environment().overlay()
    templates.filters = {**templates.filters, "say": say, "quoted": shlex.join}
    shown = picture(coverage, show)
    style = templates.get_template("coverage.css").render()
    return templates.get_template("coverage.html").render(
        language=language,
        style_hash=style_digest(style),
        title=_title(coverage),
        headlines=list(headlines(coverage)),
        picture=shown,
        marks={level: MARKS.get(level, "") for level in Level},
        gone=gettext("nothing leads there"),
        left=not_drawn(shown),
        sections=list(sections(coverage, command)),
    )


def to_svg(coverage: Coverage, language: str, *, show: Show) -> str:
    """Return the maps as a picture, with what they say as its text alternative."""
    shown = picture(coverage, show)
    sentences = [*headlines(coverage), shown.meaning]
    for section in sections(coverage, ()):
        sentences += [*section.sentences, *(entry.text for entry in section.entries)]
    drawing = draw(shown, language, _title(coverage), [*headlines(coverage), not_drawn(shown)])
    return (
        environment()
        .get_template("coverage.svg")
        .render(
            language=language,
            title=markup_text(_title(coverage).in_(language)),
            description=" ".join(markup_text(line.in_(language)) for line in sentences),
            **drawing._asdict(),
        )
    )
