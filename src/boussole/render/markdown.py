"""A personal path as Markdown: what a participant keeps, and can reopen.

Whatever the texts are, a CommonMark parser finds these items, letter by letter, and no HTML.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from boussole.core.pathway import pathway
from boussole.messages import message
from boussole.render.escape import escaped_controls, markdown_link, markdown_text, plain_paragraphs
from boussole.render.wording import (
    answer_text,
    day,
    duration,
    expiry_note,
    kind_title,
    language_note,
    pathway_rule,
    position,
    rank_label,
    tie_rule,
)

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from boussole.core.catalogue import Medoc
    from boussole.core.pathway import Pathway, Step
    from boussole.core.ranking import Ranking, Recommendation
    from boussole.messages import Localised


class Keepsake(NamedTuple):
    """What the file says besides the result: the day, the name where one was given, the answers to reopen."""

    today: dt.date
    answers_block: str
    name: str | None = None


def to_markdown(
    ranking: Ranking,
    language: str,
    keepsake: Keepsake,
    *,
    shown: Sequence[Recommendation],
    left_out: bool = False,
) -> str:
    """Return the whole path as CommonMark: position, path by stage, list, what to find out, rules, answers."""
    page = _Page(ranking, language, keepsake)
    path = pathway(ranking)
    parts = [
        page.head(),
        page.position(),
        page.path(path),
        page.ranked(shown),
        page.left_out() if left_out else [],
        page.to_find_out(),
        page.answers(),
        page.about(path),
        page.block(),
    ]
    return "\n".join(line for part in parts for line in part)


class _Page(NamedTuple):
    """Writes each part of one page, as lines; a part ends in an empty line."""

    ranking: Ranking
    language: str
    keepsake: Keepsake

    def say(self, text: Localised) -> str:
        return markdown_text(text.in_(self.language))

    def title(self, level: int, text: Localised) -> list[str]:
        return [f"{'#' * level} {self.say(text)}", ""]

    def head(self) -> list[str]:
        compass = self.ranking.context.compass
        when = day(self.keepsake.today)
        line = (
            message("{name}, {day}", name=self.keepsake.name, day=when)
            if self.keepsake.name
            else message("{day}", day=when)
        )
        lines = [*self.title(1, message("My path: {compass}", compass=compass.title)), self.say(line), ""]
        return [*lines, self.say(compass.summary), ""] if compass.summary else lines

    def position(self) -> list[str]:
        axes = self.ranking.context.compass.axes
        values = self.ranking.situation.axes.items()
        out_of_100 = [(axis, message("{value} out of 100", value=value)) for axis, value in values]
        lines = [f"- {self.say(title)}{self.colon()}{self.say(terms)}" for title, terms in position(self.ranking)]
        lines += [f"- {self.say(axes[axis].title)}{self.colon()}{self.say(value)}" for axis, value in out_of_100]
        return [*self.title(2, message("Where I stand")), *lines, ""]

    def colon(self) -> str:
        return message(": ").in_(self.language)

    def separated(self, texts: Sequence[Localised]) -> str:
        return message("; ").in_(self.language).join(text.in_(self.language) for text in texts)

    def path(self, path: Pathway) -> list[str]:
        lines = [*self.title(2, message("My path")), self.say(pathway_rule(path)), ""]
        for stage in path.stages:
            lines += self.title(3, stage.term.title if stage.term else message("At any time"))
            for step in stage.steps:
                lines += self._step(step)
            lines.append("")
        return lines

    def _step(self, step: Step) -> Iterator[str]:
        item = step.recommendation
        yield f"- {self._heading(item.medoc)}"
        for paragraph in self._summary(item.medoc):
            yield from ("", f"  {paragraph}")
        yield ""
        in_favour = [reason.text for reason in item.reasons if reason.points > 0]
        why = self.separated(in_favour or [reason.text for reason in item.reasons])
        told = message("Why (rank {rank}, score {score}): {why}", rank=rank_label(item), score=item.score, why=why)
        yield f"  {self.say(told)}"
        if step.first:
            links = ", ".join(markdown_link(medoc.title.in_(self.language), medoc.url) for medoc in step.first)
            read_first = self.say(message("Read first:"))
            yield from ("", f"  {read_first} {links}")
        yield ""

    def _summary(self, medoc: Medoc) -> list[str]:
        if medoc.summary is None:
            return []
        paragraphs = plain_paragraphs(medoc.summary.in_(self.language))
        return ["\\\n  ".join(markdown_text(line) for line in paragraph.split("\n")) for paragraph in paragraphs]

    def _heading(self, medoc: Medoc) -> str:
        catalogue = self.ranking.context.catalogue
        notes: list[Localised | None] = [
            kind_title(medoc, catalogue),
            None if medoc.minutes is None else duration(medoc.minutes),
            language_note(medoc, catalogue),
            expiry_note(medoc, self.keepsake.today),
        ]
        title = markdown_link(medoc.title.in_(self.language), medoc.url)
        said = [f"**{title}**"] if title else []  # nothing cannot be bold
        if medoc.publisher:
            said.append(markdown_text(medoc.publisher))
        return " · ".join([*said, *(self.say(note) for note in notes if note is not None)])

    def ranked(self, shown: Sequence[Recommendation]) -> list[str]:
        lines = self.title(2, message("My list"))
        for item in shown:
            score = self.say(message("score {score}", score=item.score))
            kind = self.say(kind_title(item.medoc, self.ranking.context.catalogue))
            link = markdown_link(item.medoc.title.in_(self.language), item.medoc.url)
            expired = expiry_note(item.medoc, self.keepsake.today)
            notes = f" · {self.say(expired)}" if expired else ""
            lines.append(f"- **{rank_label(item)}** {link} · {kind} · {score}{notes}")
        if not shown:
            lines.append(self.say(message("No MEDOC fits these answers.")))
        return [*lines, ""]

    def left_out(self) -> list[str]:
        lines = self.title(2, message("Left out"))
        for out in self.ranking.left_out:
            why = markdown_text(self.separated([reason.text for reason in out.reasons]))
            lines.append(f"- {markdown_link(out.medoc.title.in_(self.language), out.medoc.url)}{self.colon()}{why}")
        return [*lines, ""]

    def to_find_out(self) -> list[str]:
        situation, questions = self.ranking.situation, self.ranking.context.compass.questions
        ids = [*situation.to_find_out, *situation.missing]
        if not ids:
            return []
        return [*self.title(2, message("To find out")), *(f"- {self.say(questions[id_].ask)}" for id_ in ids), ""]

    def answers(self) -> list[str]:
        questions = self.ranking.context.compass.questions
        lines = [
            f"- {self.say(questions[id_].ask)} {self.say(answer_text(questions[id_], value))}"
            for id_, value in self.ranking.situation.answers.items()
        ]
        return [*self.title(2, message("My answers")), *lines, ""]

    def about(self, path: Pathway) -> list[str]:
        context = path.ranking.context
        versions = message(
            "Compass {compass}, version {compass_version}; catalogue {catalogue}, version {catalogue_version}.",
            compass=context.compass.id,
            compass_version=context.compass.version,
            catalogue=context.catalogue.id,
            catalogue_version=context.catalogue.version,
        )
        proven = message("Proof is provisional; where nothing is documented, it counts for nothing, good or bad.")
        lines = [line for text in (tie_rule(), proven, versions) for line in (self.say(text), "")]
        return [*self.title(2, message("How this list is made")), *lines]

    def block(self) -> list[str]:
        explanation = self.say(message("This block reopens the path: boussole recommend COMPASS --answers FILE"))
        return [explanation, "", escaped_controls(self.keepsake.answers_block.rstrip("\n")), ""]
