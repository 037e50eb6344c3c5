"""What is said of an impact, whatever the form: its headlines, its MEDOC, its answers to ask again, its worst cases."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from boussole.i18n import Joined, Listing, gettext, ngettext

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from boussole.core.compare.impact import ResultChange
    from boussole.core.compare.impact_totals import Impact, MedocImpact, UnheldAnswers
    from boussole.i18n import Localised

    Entry = list[Localised]
    """A line, and those that stand under it."""

MEDOC_SHOWN = 20
_NAMES_SHOWN = 10

HEADING = gettext("What changes for those who already answered")
MEDOC_TITLE = gettext("MEDOC that came, left or moved")
COLUMNS = (gettext("Came"), gettext("Left"), gettext("Moved"))


class Reading(NamedTuple):
    """What is said besides the impact: what could not be read and why, and the sheets about other compasses, by id."""

    unread: Sequence[tuple[str, Localised]]
    others: Mapping[str, int]


def share(impact: Impact) -> Localised:
    """Return the share of the results that change."""
    whole, tenth = divmod(impact.changed * 1000 // impact.sheets, 10)
    if impact.changed and not (whole or tenth):
        return gettext("less than 0.1%")
    return gettext("{whole}.{tenth}%", whole=whole, tenth=tenth)


def headlines(impact: Impact, reading: Reading) -> Iterator[Localised]:
    """Yield what to know first: the definitions compared, how many results change, what was left aside."""
    for one in impact.compasses:
        old, new = one.change.old, one.change.new
        compass = became((old.compass.id, old.compass.version), (new.compass.id, new.compass.version))
        catalogue = became((old.catalogue.id, old.catalogue.version), (new.catalogue.id, new.catalogue.version))
        if len(impact.compasses) == 1:
            yield gettext("{compass} · {catalogue}", compass=compass, catalogue=catalogue)
            continue
        yield gettext(
            "{compass} · {catalogue}: {changed} out of {sheets}",
            compass=compass,
            catalogue=catalogue,
            changed=ngettext("{count} result changes", "{count} results change", one.changed),
            sheets=one.sheets,
        )
    yield ngettext("{count} sheet compared.", "{count} sheets compared.", impact.sheets)
    yield ngettext(
        "{count} result changes: {share}.", "{count} results change: {share}.", impact.changed, share=share(impact)
    )
    yield ngettext("{count} first place changes.", "{count} first places change.", impact.first_changed)
    if reading.unread:
        names = [name for name, _ in reading.unread[:_NAMES_SHOWN]]
        yield ngettext(
            "{count} sheet could not be read: {names}.",
            "{count} sheets could not be read: {names}.",
            len(reading.unread),
            names=Listing(names) if len(reading.unread) <= _NAMES_SHOWN else Joined([*names, "…"], ", "),
        )
    for id_, count in reading.others.items():
        yield ngettext(
            "{count} sheet is about “{compass}”, which is not on both sides: left aside.",
            "{count} sheets are about “{compass}”, which is not on both sides: left aside.",
            count,
            compass=id_,
        )


def became(old: tuple[str, str], new: tuple[str, str]) -> Localised:
    """Return the id and version of definitions, and what they become."""
    (id_, version), (new_id, new_version) = old, new
    if id_ != new_id:
        return gettext(
            "{id} {version} → {new_id} {new_version}", id=id_, version=version, new_id=new_id, new_version=new_version
        )
    if version != new_version:
        return gettext("{id} {version} → {new_version}", id=id_, version=version, new_version=new_version)
    return gettext("{id} {version}", id=id_, version=version)


def figures(one: MedocImpact) -> tuple[int, int, int]:
    """Return what stands under `COLUMNS`."""
    return one.came, one.left, one.moved


def notes(one: MedocImpact) -> Iterator[Localised]:
    """Yield which catalogue lacks a MEDOC, if one does, then its best move and its worst one, and for whom."""
    if one.gone:
        yield gettext("no longer in the catalogue")
    if one.new:
        yield gettext("new in the catalogue")
    if one.best is not None:
        places, sheet = one.best
        yield ngettext("up {count} place for {sheet}", "up {count} places for {sheet}", places, sheet=sheet)
    if one.worst is not None:
        places, sheet = one.worst
        yield ngettext("down {count} place for {sheet}", "down {count} places for {sheet}", -places, sheet=sheet)


def in_short(one: MedocImpact) -> list[Localised]:
    """Return the figures of a MEDOC that are not 0, each with its name, then the notes."""
    named = zip(COLUMNS, figures(one), strict=True)
    return [*(gettext("{name}: {value}", name=name, value=value) for name, value in named if value), *notes(one)]


def not_shown(impact: Impact) -> Iterator[Localised]:
    """Yield how many MEDOC are not shown, where some are not."""
    left = len(impact.medoc) - MEDOC_SHOWN
    if left > 0:
        yield ngettext("And {count} other, which --to json gives.", "And {count} others, which --to json gives.", left)


def sections(impact: Impact, worst: int) -> Iterator[tuple[Localised, list[Entry]]]:
    """Yield the parts that follow the MEDOC: a title and its entries."""
    several = len(impact.compasses) > 1
    now = [_unheld(one, several=several) for one in impact.unheld if not one.already]
    already = [_unheld(one, several=several) for one in impact.unheld if one.already]
    if now:
        hint = gettext(
            "Did something only change its name? Write {example} in the new file.",
            example='renamed = { old = "new" }',
        )
        yield gettext("Answers that no longer hold"), [*now, [hint]]
    if already:
        yield gettext("Answers that did not hold before either"), already
    if impact.asked:
        asked: list[Entry] = [
            [_about(one.compass, one.question, one.ask, one.sheets, several=several)] for one in impact.asked
        ]
        yield gettext("Required questions that would have to be asked"), asked
    if cases := impact.cases[:worst]:
        yield gettext("The worst cases"), [_case(one, several=several) for one in cases]


def _about(compass: str, question: str, said: Localised, sheets: int, *, several: bool) -> Localised:
    where = f"{compass} › {question}" if several else question
    return gettext(
        "{question}: {said} ({sheets})",
        question=where,
        said=said,
        sheets=ngettext("{count} sheet", "{count} sheets", sheets),
    )


def _unheld(one: UnheldAnswers, *, several: bool) -> Entry:
    parts: list[object] = [] if one.problem.remedy is None else [one.problem.remedy]
    if not one.already:
        parts.append(
            ngettext(
                "The question would be asked again of {count} person.",
                "The question would be asked again of {count} people.",
                one.again,
            )
            if one.again
            else gettext("The question would not be asked again.")
        )
    first = _about(one.compass, one.question, one.problem.what, one.sheets, several=several)
    return [first, Joined(parts, " ")] if parts else [first]


def _case(outcome: ResultChange, *, several: bool) -> Entry:
    change = outcome.change
    left, places = outcome.cost
    parts: list[object] = [outcome.name, *([change.new.compass.id] if several else [])]
    if left:
        parts.append(ngettext("{count} MEDOC leaves", "{count} MEDOC leave", left))
    if places:
        parts.append(
            ngettext("the others move by {count} place in all", "the others move by {count} places in all", places)
            if left
            else ngettext("MEDOC move by {count} place in all", "MEDOC move by {count} places in all", places)
        )
    entry: Entry = [Joined(parts, " · ")]
    if outcome.left:
        entry.append(gettext("left: {titles}", titles=Listing([change.title(id_) for id_ in outcome.left])))
    if outcome.came:
        entry.append(gettext("came: {titles}", titles=Listing([change.title(id_) for id_ in outcome.came])))
    if outcome.first_changed:
        before, after = (change.title(ids[0]) if ids else gettext("nothing") for ids in (outcome.before, outcome.after))
        entry.append(gettext("first: {before} → {after}", before=before, after=after))
    return entry
