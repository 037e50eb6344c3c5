"""The titles and small words of a personal path, in one language."""

from __future__ import annotations

from boussole.i18n import gettext
from boussole.render.path.model import Headings, Labels


def headings(language: str) -> Headings:
    """Return the titles of the sections."""
    return Headings(
        position=gettext("Where I stand").in_(language),
        path=gettext("My path").in_(language),
        ranked=gettext("My list").in_(language),
        left_out=gettext("Left out").in_(language),
        avoided=gettext("Contraindications avoided").in_(language),
        to_find_out=gettext("To find out").in_(language),
        answers=gettext("My answers").in_(language),
        about=gettext("How this list is made").in_(language),
        share=gettext("To share or reopen this path").in_(language),
    )


def labels(language: str) -> Labels:
    """Return the small words."""
    return Labels(
        colon=gettext(": ").in_(language),
        separator=gettext("; ").in_(language),
        read_first=gettext("Read first:").in_(language),
        why=gettext("Why").in_(language),
        rank=gettext("Rank").in_(language),
        score=gettext("Score").in_(language),
        kind=gettext("Kind").in_(language),
        caution=gettext("To be avoided when").in_(language),
        key=gettext("Kinds").in_(language),
        skip=gettext("Skip to my path").in_(language),
        contents=gettext("Contents").in_(language),
        qr=gettext("QR code of the line to share").in_(language),
        no_qr=gettext("This line is too long for a QR code.").in_(language),
    )
