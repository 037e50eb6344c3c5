"""The page of each problem code, as it ships: what it means, an example, how to mend it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from boussole.errors import BoussoleError
from boussole.files.library import shipped_folder
from boussole.fuzzy import nearest
from boussole.i18n import DEFAULT_LANGUAGE, either, gettext

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from boussole.i18n import Message

_PAGES = "problems"
_CODE = "[ABMT][0-9][0-9][0-9]"


def explanation(code: str, language: str) -> str:
    """Return the page of the problem `code`, in capitals or not, as it is written in `language`.

    Raises:
        BoussoleError: when there is no such code; it names the nearest.

    """
    known = known_codes()
    name = code.strip().upper()
    if name not in known:
        raise BoussoleError(gettext("There is no problem code “{code}”.", code=code), _meant(name, known))
    ending = ".md" if language == DEFAULT_LANGUAGE else f".{language}.md"
    return (_folder() / f"{name}{ending}").read_text("utf-8")


def _meant(name: str, known: Sequence[str]) -> Message:
    """Return what to write instead: the codes that have the same number, else the nearest."""
    same = [code for code in known if code[1:] == name]
    if same:
        return gettext("Write {words}.", words=either(same))
    meant = nearest(name, known)
    return gettext("Did you mean “{word}”?", word=meant) if meant else gettext("Write a code such as B101.")


def known_codes() -> tuple[str, ...]:
    """Return every code that has a page, in order."""
    return tuple(sorted(page.stem for page in _folder().glob(f"{_CODE}.md")))


def _folder() -> Path:
    """Return the folder of the pages: inside a wheel, or among the documents of a source checkout."""
    inside = shipped_folder() / _PAGES
    return inside if inside.is_dir() else shipped_folder() / "docs" / _PAGES
