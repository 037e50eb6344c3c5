"""What libraries say is English: no French sentence holds it, whatever is opened."""

from __future__ import annotations

import random
import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from cli.conftest import Done

NOISE = random.Random(17).randbytes(3000)
ENGLISH = re.compile(
    r"\b(the|is|not|cannot|file|format|of|was|must|error|invalid|expected|detect|found)\b", re.IGNORECASE
)
STARTS = [b"", b"PK\x03\x04", b"%PDF-1.7\n", b"PAR1", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"SQLite format 3\x00"]


@pytest.mark.usefixtures("trial")
@pytest.mark.parametrize("start", STARTS)
@pytest.mark.parametrize("ending", ["xlsx", "xls", "xlsb", "ods", "parquet", "csv", "jsonl", "csv.gz", "zip"])
def test_a_table_that_is_none(boussole: Callable[..., Done], here: Path, ending: str, start: bytes) -> None:
    """Noise under the name of a table, whatever its first letters promise."""
    (here / f"t.{ending}").write_bytes(start + NOISE)
    done = boussole("batch", "essai", f"t.{ending}", lang="fr")
    assert (done.code, ENGLISH.findall(done.err)) == (2, [])


@pytest.mark.usefixtures("trial")
@pytest.mark.parametrize("start", STARTS)
@pytest.mark.parametrize("ending", ["pdf", "docx", "odt", "html", "md", "txt", "json", "toml", "zip"])
def test_answers_that_are_none(boussole: Callable[..., Done], here: Path, ending: str, start: bytes) -> None:
    """Noise under the name of a path; where it is one of a PDF, nobody is told to save it as UTF-8."""
    (here / f"a.{ending}").write_bytes(start + NOISE)
    done = boussole("recommend", "essai", "--answers", f"a.{ending}", lang="fr")
    assert (done.code, ENGLISH.findall(done.err)) == (2, [])
    assert ending != "pdf" or "UTF-8" not in done.err
