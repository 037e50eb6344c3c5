"""Boussole: a short questionnaire turns a catalogue of proven resources into my ranked list and my path.

The names below are the library; each is loaded when it is first used, so that importing boussole costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from boussole.api import group, load_catalogue, next_question, recommend, recommend_many, to_markdown
    from boussole.core.answers.answers import Answers
    from boussole.core.definitions.catalogue import Catalogue
    from boussole.core.definitions.compass import Compass
    from boussole.core.pathway import Pathway, pathway
    from boussole.core.ranking import Ranking
    from boussole.errors import AnswersError, BoussoleError, DefinitionError
    from boussole.files.definitions.compass import load_compass
    from boussole.files.definitions.table_map import load_map

__version__ = "0.1.0"

__all__ = [
    "Answers",
    "AnswersError",
    "BoussoleError",
    "Catalogue",
    "Compass",
    "DefinitionError",
    "Pathway",
    "Ranking",
    "group",
    "load_catalogue",
    "load_compass",
    "load_map",
    "next_question",
    "pathway",
    "recommend",
    "recommend_many",
    "to_markdown",
]

_MODULES = {
    "Answers": "core.answers.answers",
    "AnswersError": "errors",
    "BoussoleError": "errors",
    "Catalogue": "core.definitions.catalogue",
    "Compass": "core.definitions.compass",
    "DefinitionError": "errors",
    "Pathway": "core.pathway",
    "Ranking": "core.ranking",
    "group": "api",
    "load_catalogue": "api",
    "load_compass": "files.definitions.compass",
    "load_map": "files.definitions.table_map",
    "next_question": "api",
    "pathway": "core.pathway",
    "recommend": "api",
    "recommend_many": "api",
    "to_markdown": "api",
}


def __getattr__(name: str) -> object:
    """Load a public name (PEP 562)."""
    module = _MODULES.get(name)
    if module is None:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    from importlib import import_module

    found = getattr(import_module(f"{__name__}.{module}"), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    """List the public names with the rest."""
    return sorted({*globals(), *__all__})
