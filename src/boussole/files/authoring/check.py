"""Everything that can be found wrong with definition files: what the readers refuse, and what the reviews see."""

from __future__ import annotations

from typing import TYPE_CHECKING

from boussole.core.check.conflicts import review_conflicts, review_ignorance
from boussole.core.check.examples import failed_expectations
from boussole.core.check.intended import review_intended
from boussole.core.check.never_recommended import review_never_recommended
from boussole.core.check.oddities import review_catalogue, review_compass, review_superseded
from boussole.core.check.readability import review_readability, review_sources
from boussole.core.check.unreachable import review_cautions, review_reachability
from boussole.core.explore.satisfiability import Satisfiability
from boussole.errors import BoussoleError, DefinitionError, Finding, Severity
from boussole.files.authoring.checked import Checked, refused, reported, reviewed, told
from boussole.files.authoring.mended_source import FileKind, kind_of, place_of, source_of
from boussole.files.authoring.review.names import has_its_name, of_its_name, of_one_id
from boussole.files.authoring.review.sound_part import sound_catalogue, sound_compass
from boussole.files.definitions.compass import problems_of_itself, read_compass
from boussole.files.definitions.table_map import declared_compass, read_map
from boussole.files.library import Origin
from boussole.files.toml.map_tables import MapFile
from boussole.files.toml.parsing import parse, read_bytes
from boussole.files.toml.tables import CatalogueFile, CompassFile
from boussole.i18n import gettext
from boussole.limits.table import CATALOGUE_BYTES

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Iterable, Iterator
    from pathlib import Path

    from boussole.core.definitions.catalogue import Catalogue
    from boussole.core.definitions.compass import Compass
    from boussole.errors import Problem
    from boussole.files.authoring.mended_source import Source
    from boussole.files.library import Library

    Pairs = dict[Path, dict[Path, tuple[Compass, Satisfiability]]]
    """Compasses without errors, by the file of their catalogue and their own, each with what decides about it."""


_PLACING = {"question", "axis", "place"}


def check_files(library: Library, files: Iterable[Path], today: dt.date) -> list[Checked]:
    """Return what is found in each of `files`: catalogues, then compasses, then maps of tables."""
    of_kind: dict[FileKind, list[Path]] = {kind: [] for kind in FileKind}
    for file in dict.fromkeys(files):
        of_kind[kind_of(file)].append(file)
    found = _check(library, of_kind[FileKind.CATALOGUE], of_kind[FileKind.COMPASS], today)
    return found + [_check_map(library, file) for file in of_kind[FileKind.MAP]]


def check_all(library: Library, today: dt.date) -> list[Checked]:
    """Return what is found in the first catalogue in reach, and in every compass.

    Whoever has a file of their own is told of their files: what ships, they did not write and cannot change. It is
    read with theirs all the same, and a compass that ships and cannot be used with their catalogue is `unfit`.
    """
    catalogue = library.catalogue_file()
    catalogues = [] if catalogue is None else [catalogue.path]
    compasses = [*library.compass_files(), *library.hidden_files()]
    if catalogue is not None and catalogue.origin is Origin.OPTION:  # it judges only what was written for it
        ids = {_says(catalogue.path, key) for key in ("id", "extends")}
        compasses = [
            found
            for found in compasses
            if found.origin is Origin.OPTION or _says(found.path, "catalogue") in {*ids, None}
        ]
    found = [*([] if catalogue is None else [catalogue]), *compasses]
    shipped = {one.path for one in found if one.origin is Origin.SHIPPED}
    aside = shipped if len(shipped) < len(found) else set()
    checked = _check(library, catalogues, [one.path for one in compasses], today, aside)
    return [_aside(one) if one.file in aside else one for one in checked]


def _aside(checked: Checked) -> Checked:
    """Return what is said of a file that whoever checks did not write."""
    errors = {one.code for one in checked.problems if one.severity is Severity.ERROR}
    unfit = checked.unusable is not None or bool(errors - {"B209"})  # nothing is known of it beside a broken catalogue
    return Checked(checked.file, catalogue=checked.catalogue, unfit=unfit)


def _says(file: Path, key: str) -> str | None:
    """Return the word that a file holds for `key`; None where it has none, or cannot be read."""
    try:
        said = parse(source_of(file, read_bytes(file, CATALOGUE_BYTES)).content, str(file)).get(key)
    except BoussoleError:
        return None
    return said if isinstance(said, str) else None


def _check(
    library: Library, catalogues: list[Path], compasses: list[Path], today: dt.date, aside: Collection[Path] = ()
) -> list[Checked]:
    """Return what is found in catalogues and compasses; those `aside` need not be usable."""
    pairs: Pairs = {}
    said: set[str] = set()
    seen = {file for file in compasses if has_its_name(file)}
    found = [_check_compass(library, file, pairs if file in seen else {}, said) for file in compasses]
    twins = of_one_id(seen)
    found = [
        _with(one, [*(of_its_name(one.file) if one.unusable is None else []), *twins.get(one.file, [])])
        for one in found
    ]
    sound = set().union(*pairs.values())
    if not sound >= seen - set(aside):  # what a broken compass would reach cannot be said never to be
        pairs.clear()
    by_catalogue = [(file, list(pairs.get(file.resolve(), {}).values())) for file in catalogues]
    return [_check_catalogue(library, file, of_it, today) for file, of_it in by_catalogue] + found


def _check_compass(library: Library, file: Path, pairs: Pairs, said: set[str]) -> Checked:
    """Return what is found in a compass; `said` holds the catalogues of which it is said that they cannot be used."""
    try:
        source = source_of(file, read_bytes(file), CompassFile)
    except DefinitionError as error:
        return Checked(file, error.problems)
    except BoussoleError as error:
        return Checked(file, unusable=error)
    try:
        catalogue, catalogue_file = library.catalogue_for(file)
    except DefinitionError as error:
        return _without_catalogue(source, error, said)
    except BoussoleError as error:
        return Checked(file, unusable=error)
    try:
        compass = read_compass(source.content, str(file), catalogue)
    except DefinitionError as error:
        return refused(source, CompassFile, error, _of_the_sound_part(source, catalogue))
    if source.read.lost:
        return reviewed(source, CompassFile, ())
    decider = Satisfiability(compass)
    if all(problem.severity is not Severity.ERROR for problem in source.read.problems):
        pairs.setdefault(catalogue_file.path.resolve(), {})[file] = (compass, decider)
    return reviewed(source, CompassFile, _findings(compass, catalogue, decider))


def _of_the_sound_part(source: Source, catalogue: Catalogue) -> Iterator[Finding]:
    """Yield what is found in what is sound of a compass that has errors."""
    document = parse(source.content, str(source.file))
    sound = None if source.read.lost or not document else sound_compass(document, str(source.file), catalogue)
    if sound is None:
        return
    compass, part = sound
    if not part.ranks_alike:
        compass = compass._replace(examples=())
    for finding in part.moved(_findings(compass, catalogue, Satisfiability(compass))):
        # there is an example, that could not be played; a question, that could not be read
        if {"B529": "example", "B532": "question"}.get(finding.code) in document:
            continue
        if finding.code == "B543" and part.taken & _PLACING:  # what was taken out may place people there
            continue
        yield finding


def _without_catalogue(source: Source, error: DefinitionError, said: set[str]) -> Checked:
    """Return what is found in a compass whose catalogue cannot be used, which is said once for all its compasses."""
    problems = list(problems_of_itself(source.content, str(source.file)))
    if error.source == str(source.file):  # the catalogue that it names is not there
        problems += error.problems
    elif error.source not in said:
        said.add(error.source)
        what = gettext("its catalogue, {file}, cannot be used.", file=error.source)
        remedy = gettext("Mend the catalogue first: boussole check {file}", file=error.source)
        problems += reported(source, [Finding(("catalogue",), "B209", what, remedy)]).problems
    return Checked(source.file, source.told(problems))


def _findings(compass: Compass, catalogue: Catalogue, decider: Satisfiability) -> Iterator[Finding]:
    for index, example in enumerate(compass.examples):
        for what in failed_expectations(compass, catalogue, example):
            yield Finding(("example", index, "expect"), "B401", what)
    yield from review_reachability(compass, decider)
    yield from review_conflicts(compass, decider)
    yield from review_readability(compass, decider)
    yield from review_compass(compass)
    yield from review_superseded(compass, catalogue)
    yield from review_intended(compass, catalogue)


def _check_catalogue(
    library: Library, file: Path, pairs: list[tuple[Compass, Satisfiability]], today: dt.date
) -> Checked:
    try:
        source = source_of(file, read_bytes(file, CATALOGUE_BYTES), CatalogueFile)
    except DefinitionError as error:
        return Checked(file, error.problems)
    except BoussoleError as error:
        return Checked(file, unusable=error)
    try:
        catalogue = library.catalogue_in(file, source.content)
    except DefinitionError as error:
        return refused(source, CatalogueFile, error, _of_the_sound_catalogue(source, library, today))
    except BoussoleError as error:
        return Checked(file, unusable=error)
    findings = _catalogue_findings(catalogue, pairs, today)
    if catalogue.layers:
        findings = _of_the_last_layer(catalogue, findings)
    return reviewed(source, CatalogueFile, findings)._replace(catalogue=catalogue)


def _of_the_sound_catalogue(source: Source, library: Library, today: dt.date) -> Iterator[Finding]:
    """Yield what is found in what is sound of a catalogue that has errors."""
    document = parse(source.content, str(source.file))
    try:
        sound = None if source.read.lost else sound_catalogue(document, str(source.file), library.base_of(source.file))
    except BoussoleError:  # what it extends cannot be read, which is told
        return
    if sound is not None:
        catalogue, part = sound
        findings: Iterable[Finding] = _catalogue_findings(catalogue, [], today)
        if "medoc" in part.taken:  # those that could not be read are there all the same
            findings = (finding for finding in findings if finding.code not in {"B532", "B542"})
        yield from part.moved(_of_the_last_layer(catalogue, findings) if catalogue.layers else findings)


def _of_the_last_layer(catalogue: Catalogue, findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield what is found about the file itself, which is laid over another catalogue: its MEDOC at their place.

    The facets are those of the other catalogue.
    """
    own = {id_: place for place, id_ in enumerate(catalogue.layers[-1].medoc)}
    ids = list(catalogue.medoc)
    for finding in findings:
        if finding.keys[:1] == ("facet",):
            continue
        if finding.keys[:1] != ("medoc",):
            yield finding
        elif (place := own.get(ids[int(finding.keys[1])])) is not None:
            yield finding._replace(keys=("medoc", place, *finding.keys[2:]))


def _catalogue_findings(
    catalogue: Catalogue, pairs: list[tuple[Compass, Satisfiability]], today: dt.date
) -> Iterator[Finding]:
    yield from review_cautions(catalogue, [decider for _, decider in pairs])
    yield from review_ignorance(catalogue, [compass for compass, _ in pairs])
    yield from review_never_recommended(catalogue, [compass for compass, _ in pairs])
    yield from review_sources(catalogue, today)
    yield from review_catalogue(catalogue, [compass for compass, _ in pairs], today)


def _with(checked: Checked, problems: list[Problem]) -> Checked:
    return checked._replace(problems=tuple(sorted([*checked.problems, *problems], key=place_of)))


def _check_map(library: Library, file: Path) -> Checked:
    try:
        source = source_of(file, read_bytes(file), MapFile)
    except DefinitionError as error:
        return Checked(file, error.problems)
    except BoussoleError as error:
        return Checked(file, unusable=error)
    try:
        name = declared_compass(source.content, str(file))
    except DefinitionError as error:
        return Checked(file, source.told(error.problems))
    try:
        pair = library.pair(name)
    except BoussoleError as error:
        return told(source, [_compass_unusable(error)])
    try:
        read_map(source.content, str(file), pair.compass, pair.catalogue)
    except DefinitionError as error:
        return Checked(file, source.told(error.problems))
    return Checked(file, source.told(()))


def _compass_unusable(error: BoussoleError) -> Finding:
    """Return why the compass that a map names cannot be used."""
    if isinstance(error, DefinitionError):
        what = gettext("its compass cannot be used: {file} has problems.", file=error.source)
        remedy = gettext("Mend that file first: boussole check {file}", file=error.source)
        return Finding(("compass",), "M106", what, remedy)
    return Finding(("compass",), "M106", error.what, error.hint or gettext("Name a folder with --compasses DIR."))
