"""The library: a few functions over the core, for scripts and notebooks.

Everything is a pure function of (catalogue, compass, answers); answers are checked on the way in, as everywhere.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Any

from boussole.core import interview
from boussole.core.answers.accepting import accepted
from boussole.core.answers.answers import Answers
from boussole.core.ranking import rank
from boussole.core.situation import situate
from boussole.errors import BoussoleError
from boussole.i18n import DEFAULT_LANGUAGE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from boussole.core.answers.table_map import TableMap
    from boussole.core.definitions.catalogue import Catalogue
    from boussole.core.definitions.compass import Compass, Question
    from boussole.core.group.synthesis import Synthesis
    from boussole.core.pathway import Pathway
    from boussole.core.ranking import Ranking


def load_catalogue(path: str | Path) -> Catalogue:
    """Return the catalogue in the file `path`, with the one that it extends, looked up where the command line does.

    Raises:
        DefinitionError: with every problem of the file.
        BoussoleError: when it cannot be read.

    """
    from boussole.files.library import Library

    return Library().catalogue_in(Path(path))


def next_question(compass: Compass, answers: Answers) -> Question | None:
    """Return the next question to ask, or None when nothing is left.

    Raises:
        AnswersError: when an answer does not fit `compass`.

    """
    return interview.next_question(compass, accepted(compass, answers))


def recommend(compass: Compass, catalogue: Catalogue, answers: Answers) -> Ranking:
    """Return the whole ranking of `catalogue` for `answers`; `ranking.top(5)` are its first five.

    Raises:
        AnswersError: when an answer does not fit `compass`.

    """
    return rank(compass, catalogue, situate(compass, accepted(compass, answers)))


def recommend_many(
    compass: Compass,
    catalogue: Catalogue,
    frame: Any,  # noqa: ANN401 - of libraries that this one does not import
    *,
    top: int | None = None,
    table_map: TableMap | None = None,
    language: str = DEFAULT_LANGUAGE,
) -> Any:  # noqa: ANN401 - of the kind that was given
    """Return `frame` with a recommendation for each row: a Polars, pandas or Arrow frame, or a lazy one of Polars.

    Columns answer questions by their names, or as `table_map` (from `load_map`) says. What comes back is of the kind
    that was given (for a record batch, one of the same rows; for a lazy frame, what it gives; for any other that has
    the Arrow C stream, as DuckDB's relations, a Polars frame): its columns, then `boussole_status` (`ok`, `partial`,
    `rejected`), `boussole_error`, in `language`, and the ids `boussole_1` to `boussole_N`, where N is `top`, else what
    the compass shows. It is a pure function of its arguments, row by row. It needs the extra `batch`.

    Raises:
        TableError: when this is no frame, or no column answers a question.
        BoussoleError: when `top` is no whole number from 1 on. Both say so in `language`.

    """
    from boussole.batch.dataframe import recommend_frame

    try:
        return recommend_frame(compass, catalogue, frame, top=top, table_map=table_map, language=language)
    except BoussoleError as error:
        error.language = language
        raise


def group(
    compass: Compass,
    catalogue: Catalogue,
    many_answers: Iterable[Answers],
    *,
    smallest: int = 3,
    by: str | None = None,
) -> Synthesis:
    """Return what the answers of a group have in common, what divides it and what goes unheard.

    Each of `many_answers` is a person; their order changes nothing. Groups inside the group are shown from `smallest`
    people on; the question or facet `by` makes them, by default the first required choice that has a facet. Under five
    people `parts` is None.

    Raises:
        AnswersError: when an answer does not fit `compass`.
        BoussoleError: when `by` makes no groups, or `smallest` is not from 3 to 20.

    """
    from boussole.core.group.synthesis import check_request, synthesise
    from boussole.vectorized.group.people import rank_people

    check_request(compass, smallest, by)
    situations = [situate(compass, accepted(compass, answers)) for answers in many_answers]
    return synthesise(compass, catalogue, rank_people(compass, catalogue, situations), smallest=smallest, by=by)


def to_markdown(pathway: Pathway, language: str = DEFAULT_LANGUAGE, *, name: str | None = None) -> str:
    """Return the personal path as Markdown that `boussole recommend --answers FILE` reopens, dated today."""
    from boussole.files.answers.checksums import fill_checksum
    from boussole.files.answers.saved import answers_block, save
    from boussole.render.path.markdown import to_markdown as render
    from boussole.render.path.model import PathMetadata

    ranking = pathway.ranking
    context = ranking.context
    given = Answers.given(context.situation.answers)
    today = dt.datetime.now().astimezone().replace(microsecond=0)
    saved = save(context.compass, context.catalogue, given, saved=today, name=name)
    metadata = PathMetadata(today.date(), answers_block(saved, sealed=True), name)
    return fill_checksum(render(ranking, language, metadata, shown=ranking.top()))
