"""Draw the pictures of docs/identity.md: kinds, rose, and a path on a phone, a desktop, in the dark, as PDF and DOCX.

From the root of the repository: .venv/bin/python docs/pictures/make_path.py

The drawings need nothing; the photographs need Debian's chromium, poppler-utils and libreoffice-writer, and each is
left as it is where one of these is not there.
"""

from __future__ import annotations

import datetime as dt
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from boussole.core.answers.accepting import accepted
from boussole.core.answers.answers import Answers
from boussole.core.ranking import rank
from boussole.core.situation import situate
from boussole.files.answers.saved import answers_block, checksummed_file, save
from boussole.files.answers.share_code import to_code
from boussole.files.library import Library
from boussole.render.path.docx.document import to_docx
from boussole.render.path.html import to_html
from boussole.render.path.model import PathMetadata
from boussole.render.path.pdf import to_pdf
from boussole.render.templating import environment
from boussole.render.theme import KIND_COLOURS, marks

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDER = Path(__file__).parent
LANGUAGE = "fr"
MOMENT = dt.datetime(2026, 11, 24, 10, 0, tzinfo=dt.UTC)
ANSWERS = {
    "profile": "collectivites",
    "domain": ["eau"],
    "level": "local",
    "objective": "projets-de-territoire",
    "partenaires": "divers",
    "temps": "heure",
}
WIDTH, HEIGHT = 720, 220
STEP = 140
SCALE = 6
FLAGS = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync")
DRAWN = ("-png", "-r", "72", "-f", "1", "-singlefile")
SHOTS = {"path-phone": (390, 844, "light"), "path-desktop": (1100, 900, "light"), "path-dark": (1100, 900, "dark")}


def kinds_svg(library: Library) -> str:
    """Return the five kinds, each on white and on black: shape, letter, name."""
    catalogue = library.pair("agir-ensemble").catalogue
    terms = catalogue.facets["kind"].terms
    drawn = []
    for id_, mark in marks(catalogue).items():
        shape, colours = mark.shape, mark.colours
        for row, (fill, letter) in enumerate(((colours.light, "#ffffff"), (colours.dark, "#0b1620"))):
            x, y = 40 + mark.place * STEP, 24 + row * (HEIGHT // 2)
            points = " ".join(f"{px:g},{py:g}" for px, py in shape.outline)
            body = f'<polygon points="{points}"/>' if points else '<circle cx="5" cy="5" r="5"/>'
            said, ink = terms[id_].title.in_(LANGUAGE), ("#17212b", "#e8edf1")[row]
            drawn.append(
                f'<g transform="translate({x} {y}) scale({SCALE})" fill="{fill}">{body}'
                f'<text x="5" y="{shape.foot}" font-size="6" font-weight="700" text-anchor="middle" fill="{letter}">'
                f"{mark.letter}</text></g>"
                f'<text x="{x + 30}" y="{y + 80}" text-anchor="middle" fill="{ink}">{said}</text>'
            )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" lang="{LANGUAGE}" '
        'font-family="system-ui, DejaVu Sans, sans-serif" font-size="15">'
        "<title>Les cinq genres : une lettre, une forme, une couleur, sur fond clair et sur fond sombre</title>"
        f'<rect width="{WIDTH}" height="{HEIGHT // 2}" fill="#ffffff"/>'
        f'<rect y="{HEIGHT // 2}" width="{WIDTH}" height="{HEIGHT // 2}" fill="#121a22"/>{"".join(drawn)}</svg>\n'
    )


class Forms(NamedTuple):
    """The same path as a page, a PDF and a Word document."""

    html: str
    pdf: bytes
    docx: bytes


def forms(library: Library) -> Forms:
    """Return a path in each form, on a day that does not change."""
    pair = library.pair("agir-ensemble")
    answers = accepted(pair.compass, Answers.given(ANSWERS))
    ranking = rank(pair.compass, pair.catalogue, situate(pair.compass, answers))
    saved = save(pair.compass, pair.catalogue, answers, saved=MOMENT)
    kept = PathMetadata(MOMENT.date(), answers_block(saved), answers_file=checksummed_file(saved), code=to_code(saved))
    shown = ranking.top()
    return Forms(
        to_html(ranking, LANGUAGE, kept, shown=shown),
        to_pdf(ranking, LANGUAGE, kept, shown=shown),
        to_docx(ranking, LANGUAGE, kept, shown=shown),
    )


def rose_svg(html: str) -> str:
    """Return the rose of a page as a picture of its own, in the light colours of the page."""
    found = re.search(r'<svg class="rose"(.*?)</svg>', html, re.DOTALL)
    if found is None:
        message = "the page has no rose"
        raise SystemExit(message)
    style = environment().get_template("path.css").render(colours=KIND_COLOURS)
    colours = style.partition(":root {")[2].partition("}")[0]
    classes = (".rose", ".ring", ".outline", ".dark", ".light", ".tip")
    rules = "\n".join(line for line in style.split("\n") if line.startswith(classes))
    head, _, drawn = found[1].partition(">")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="rose"{head}>\n'
        f"<style>svg {{ {' '.join(colours.split())} background: #ffffff; font-family: system-ui, 'DejaVu Sans'; }}\n"
        f"{rules}</style>{drawn}</svg>\n"
    )


def photographs(html: str) -> None:
    """Take the pictures of the page, where there is a browser."""
    chromium = shutil.which("chromium")
    if chromium is None:
        print("no chromium: the photographs stay as they are")
        return
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        file = Path(folder) / "path.html"
        file.write_text(html, encoding="utf-8")
        browser = driver.chromium.launch(executable_path=chromium, args=list(FLAGS))
        for name, (width, height, scheme) in SHOTS.items():
            dark = scheme == "dark"
            shown = browser.new_page(
                viewport={"width": width, "height": height}, color_scheme="dark" if dark else "light"
            )
            shown.goto(file.as_uri())
            shown.screenshot(path=FOLDER / f"{name}.png")
            print(f"docs/pictures/{name}.png")
        browser.close()


def sheets(made: Forms) -> None:
    """Take the pictures of the first page of the PDF, and of the Word document as LibreOffice shows it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "path-pdf.pdf").write_bytes(made.pdf)
        (folder / "path-docx.docx").write_bytes(made.docx)
        office = shutil.which("soffice")
        if office is not None:
            command = [office, "--headless", "--convert-to", "pdf", "--outdir", folder, folder / "path-docx.docx"]
            subprocess.run(command, check=True, capture_output=True)
        draw = shutil.which("pdftoppm")
        for sheet in sorted(folder.glob("*.pdf")) if draw else ():
            subprocess.run([draw, *DRAWN, sheet, FOLDER / sheet.stem], check=True)
            print(f"docs/pictures/{sheet.stem}.png")


def main() -> None:
    """Draw everything."""
    library = Library(ROOT / "medoc.toml", ROOT / "compasses")
    made = forms(library)
    for name, drawn in (("kinds", kinds_svg(library)), ("rose", rose_svg(made.html))):
        (FOLDER / f"{name}.svg").write_text(drawn, encoding="utf-8")
        sys.stdout.write(f"docs/pictures/{name}.svg\n")
    photographs(made.html)
    sheets(made)


if __name__ == "__main__":
    main()
