"""A text that an author wrote, in one or several languages."""

from collections.abc import Mapping
from typing import NamedTuple


class Text(NamedTuple):
    """Plain text by language code; `language` is the one its file is written in.

    It is never markup: every surface shows it as it stands, escaped for that surface.
    """

    by_language: Mapping[str, str]
    language: str

    def in_(self, language: str) -> str:
        """Return the text in `language`, else in the file's language, else in any it has."""
        texts = self.by_language
        found = texts.get(language)
        if found is None:
            found = texts.get(self.language)
        return texts[min(texts)] if found is None else found

    def __repr__(self) -> str:
        """Return the text between quotes, in its file's language."""
        return repr(str(self))

    def __str__(self) -> str:
        """Return the text in its file's language."""
        return self.in_(self.language)
