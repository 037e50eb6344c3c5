"""From a ranking to what its personal path says, in one language: the content that every form lays out."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from boussole.core.definitions.catalogue import STAGE
from boussole.core.definitions.condition_words import describe_caution
from boussole.core.pathway import pathway
from boussole.escape import escaped_controls, plain_paragraphs, plain_text, web_address
from boussole.i18n import gettext, ngettext
from boussole.render.path.model import (
    AvoidedContent,
    Direction,
    Kind,
    Link,
    ListContent,
    OutOfList,
    PathContent,
    PathMetadata,
    PathStage,
    PathStep,
    PathwayContent,
    PositionContent,
    PositionLine,
    Ranked,
    ReasonLine,
    Reopening,
    RoseContent,
)
from boussole.render.path.words import headings, labels
from boussole.render.recommend.rose import Point, rose_points
from boussole.render.recommend.sensitivity_wording import sure_lines, sure_note
from boussole.render.theme import marks
from boussole.render.wording import (
    answer_text,
    day,
    duration,
    expiry_note,
    kind_title,
    language_note,
    line_to_share,
    next_address,
    path_time,
    pathway_rule,
    position,
    rank_label,
    source_note,
    tie_rule,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from boussole.core.definitions.catalogue import Medoc
    from boussole.core.pathway import Pathway, Step
    from boussole.core.ranking import LeftOut, Ranking, Recommendation
    from boussole.i18n import Localised
    from boussole.render.theme import Mark

MOST_AVOIDED = 10
_FULL = 100

__all__ = ["PathContent", "PathMetadata", "path_content"]


def path_content(
    ranking: Ranking,
    language: str,
    metadata: PathMetadata,
    *,
    shown: Sequence[Recommendation],
    left_out: bool = False,
) -> PathContent:
    """Return all that the path says; `shown` is the list, `left_out` asks for what is not in it, with why."""
    writer = _Writer(ranking, language, metadata, marks(ranking.context.catalogue))
    return writer.content(pathway(ranking), shown, left_out=left_out)


class _Writer(NamedTuple):
    """Says each part of one path."""

    ranking: Ranking
    language: str
    metadata: PathMetadata
    marks: dict[str, Mark]

    def say(self, text: Localised) -> str:
        return plain_text(text.in_(self.language))

    def clause(self, text: Localised) -> str:
        """Return a text that others may follow on its line: without its full stop, dots that say “and so on” kept."""
        line = self.say(text)
        return line[:-1] if line.endswith(".") and not line.endswith("..") else line

    def content(self, path: Pathway, shown: Sequence[Recommendation], *, left_out: bool) -> PathContent:
        compass, situation = self.ranking.context.compass, self.ranking.situation
        questions = compass.questions
        listing = self._listing(shown)
        return PathContent(
            language=self.language,
            title=self.say(gettext("My path: {compass}", compass=compass.title)),
            byline=self._byline(),
            summary=self.say(compass.summary) if compass.summary else "",
            headings=headings(self.language),
            labels=labels(self.language),
            position=self._position(),
            pathway=self._pathway(path, [one.kind for one in listing.ranked]),
            listing=listing,
            left_out=tuple(self._out(out) for out in self.ranking.left_out) if left_out else None,
            avoided=self._avoided(),
            to_find_out=tuple(self.say(questions[id_].ask) for id_ in (*situation.to_find_out, *situation.missing)),
            answers=tuple(
                (self.say(questions[id_].ask), self.say(answer_text(questions[id_], value)))
                for id_, value in situation.answers.items()
            ),
            about=self._about(),
            reopening=self._reopening(),
        )

    def _position(self) -> PositionContent:
        lines = tuple(PositionLine(self.say(title), self.say(terms)) for title, terms in position(self.ranking))
        return PositionContent(lines, self._axes(), self._rose())

    def _pathway(self, path: Pathway, listed: Sequence[Kind]) -> PathwayContent:
        stages = tuple(self._stages(path))
        kinds = {*(step.kind for stage in stages for step in stage.steps), *listed}
        return PathwayContent(
            rule=self.say(pathway_rule(path)),
            time=self.say(path_time(path)) if path.steps else "",
            stages=stages,
            kinds=tuple(sorted(kinds, key=lambda kind: kind.place)),
        )

    def _listing(self, shown: Sequence[Recommendation]) -> ListContent:
        sure, compass = self.metadata.sure, self.ranking.context.compass
        return ListContent(
            ranked=tuple(self._ranked(item) for item in shown),
            nothing="" if shown else self.say(gettext("No MEDOC fits these answers.")),
            sure=() if sure is None else tuple(self.say(line) for line in sure_lines(sure, compass)),
        )

    def _about(self) -> tuple[str, ...]:
        proof = gettext("Proof is provisional; where nothing is documented, it counts for nothing, good or bad.")
        return (self.say(tie_rule()), self.say(proof), self._versions())

    def _reopening(self) -> Reopening:
        name = self.ranking.context.compass.id
        block = gettext("This block reopens the path: boussole recommend {compass} --answers FILE", compass=name)
        file = gettext("This file reopens the path: boussole recommend {compass} --answers FILE", compass=name)
        return Reopening(
            reopen=self.say(block),
            reopen_file=self.say(file),
            share=self.say(line_to_share(name)),
            answers_block=escaped_controls(self.metadata.answers_block),
            answers_file=escaped_controls(self.metadata.answers_file),
            code=self.metadata.code,
        )

    def _byline(self) -> str:
        when, name = day(self.metadata.today), self.metadata.name
        return self.say(gettext("{name}, {day}", name=name, day=when) if name else gettext("{day}", day=when))

    def _axes(self) -> tuple[Direction, ...]:
        """Return the axes that have a value, by id."""
        axes = self.ranking.context.compass.axes
        return tuple(
            self._direction(Point(axes[id_].title, value)) for id_, value in self.ranking.situation.axes.items()
        )

    def _direction(self, point: Point) -> Direction:
        return Direction(self.say(point.title), point.value, self.say(gettext("{value} out of 100", value=point.value)))

    def _rose(self) -> RoseContent | None:
        points = rose_points(self.ranking)
        if not points:
            return None
        context = self.ranking.context
        facet = context.catalogue.facets.get(context.compass.rose or "")
        if facet is None:
            directions, title = tuple(self._direction(point) for point in points), gettext("My position on each axis")
        else:
            here, elsewhere = self.say(gettext("here")), self.say(gettext("not here"))
            directions = tuple(
                Direction(self.say(point.title), point.value, here if point.value == _FULL else elsewhere)
                for point in points
            )
            title = gettext("{facet}: where I stand", facet=facet.title)
        words = [gettext("{facet}: {terms}", facet=one.title, terms=one.words).in_(self.language) for one in directions]
        separator = gettext("; ").in_(self.language)
        return RoseContent(self.say(title), directions, facet is not None, separator.join(words))

    def _stages(self, path: Pathway) -> list[PathStage]:
        facet = self.ranking.context.catalogue.facets.get(STAGE)
        places = facet.places() if facet else {}
        return [
            PathStage(
                stage.term.id if stage.term else "",
                self.say(stage.term.title if stage.term else gettext("At any time")),
                places[stage.term.id] if stage.term else len(places),
                tuple(self._step(step) for step in stage.steps),
            )
            for stage in path.stages
        ]

    def _step(self, step: Step) -> PathStep:
        item, medoc = step.recommendation, step.recommendation.medoc
        reasons = item.reasons
        notes = (language_note(medoc, self.ranking.context.catalogue), expiry_note(medoc, self.metadata.today))
        in_favour = [reason.text for reason in reasons if reason.points > 0] or [reason.text for reason in reasons]
        why = gettext("; ").in_(self.language).join(map(self.clause, in_favour))
        line = gettext("Why (rank {rank}, score {score}): {why}", rank=rank_label(item), score=item.score, why=why)
        return PathStep(
            medoc=self._link(medoc),
            kind=self._kind(medoc),
            publisher=plain_text(medoc.publisher or ""),
            minutes="" if medoc.minutes is None else self.say(duration(medoc.minutes)),
            notes=tuple(self.say(note) for note in notes if note is not None),
            summary=self._summary(medoc),
            rank=rank_label(item),
            score=item.score,
            why=tuple(ReasonLine(self.clause(reason.text), reason.points) for reason in reasons),
            why_line=self.say(line),
            first=tuple(self._link(before) for before in step.first),
            cautions=tuple(
                self.clause(describe_caution(caution, self.ranking.context.catalogue)) for caution in medoc.avoid
            ),
        )

    def _summary(self, medoc: Medoc) -> tuple[tuple[str, ...], ...]:
        if medoc.summary is None:
            return ()
        return tuple(tuple(part.split("\n")) for part in plain_paragraphs(medoc.summary.in_(self.language)))

    def _link(self, medoc: Medoc) -> Link:
        url, note = web_address(medoc.url), source_note(medoc)
        source = None if note is None else next_address(medoc)
        return Link(medoc.id, self.say(medoc.title) or medoc.id, url, "" if note is None else self.say(note), source)

    def _kind(self, medoc: Medoc) -> Kind:
        mark = self.marks[medoc.kind]
        return Kind(medoc.kind, self.say(kind_title(medoc, self.ranking.context.catalogue)), mark.letter, mark.place)

    def _ranked(self, item: Recommendation) -> Ranked:
        firm = None if self.metadata.sure is None else self.metadata.sure.of(item.medoc.id)
        notes = (expiry_note(item.medoc, self.metadata.today), None if firm is None else sure_note(firm))
        return Ranked(
            rank_label(item),
            self._link(item.medoc),
            self._kind(item.medoc),
            item.score,
            self.say(gettext("score {score}", score=item.score)),
            tuple(self.say(note) for note in notes if note is not None),
        )

    def _out(self, out: LeftOut) -> OutOfList:
        return OutOfList(self._link(out.medoc), tuple(self.clause(reason.text) for reason in out.reasons))

    def _avoided(self) -> AvoidedContent:
        """Return what a contraindication alone keeps out, and how many others of them are not named."""
        alone = [out for out in self.ranking.left_out if out.cautions and not out.facets and not out.rules]
        more = len(alone) - MOST_AVOIDED
        others = ngettext("And {count} more.", "And {count} more.", more) if more > 0 else None
        medoc = tuple(self._out(out) for out in alone[:MOST_AVOIDED])
        return AvoidedContent(medoc, "" if others is None else self.say(others))

    def _versions(self) -> str:
        context = self.ranking.context
        versions = gettext(
            "Compass {compass}, version {compass_version}; catalogue {catalogue}, version {catalogue_version}.",
            compass=context.compass.id,
            compass_version=context.compass.version,
            catalogue=context.catalogue.id,
            catalogue_version=context.catalogue.version,
        )
        return self.say(versions)
