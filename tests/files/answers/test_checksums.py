"""What was edited by hand in an exported path is seen; what nobody edited is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from boussole.core.answers.accepting import accepted
from boussole.core.answers.answers import Answers
from boussole.files.answers.checksums import Edited, fill_checksum
from boussole.files.answers.loading import load_answers
from boussole.files.answers.saved import answers_block, checksummed_file, save
from support.samples import FULL_ANSWERS, MOMENT, catalogue, compass

if TYPE_CHECKING:
    from pathlib import Path

SAVED = save(compass(), catalogue(), accepted(compass(), Answers.given(FULL_ANSWERS)), saved=MOMENT, name="Ann")
PAGE = fill_checksum(f"# My path\n\nSome words.\n\n{answers_block(SAVED, sealed=True)}")


def _edited(folder: Path, page: str) -> Edited:
    (folder / "path.md").write_bytes(page.encode())
    return load_answers(folder / "path.md").edited


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("", ""),
        ("\n", "\r\n"),
        ("# My path", "\N{ZERO WIDTH NO-BREAK SPACE}# My path"),
        ("1500\n```\n", "1500\n```\n\n\n"),
    ],
)
def test_what_mail_and_editors_change_does_not_count(old: str, new: str, tmp_path: Path) -> None:
    """Line ends, a byte order mark and empty lines at the end are nobody's edit."""
    assert old in PAGE
    assert _edited(tmp_path, PAGE.replace(old, new, 1) if old != "\n" else PAGE.replace(old, new)) is Edited.NOTHING


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Some words", "Other words"),
        ("profile = ", "profile  =  "),
        ("1500\n```\n", "1500\n```\n\nA note.\n"),
        ("# My path", "My path"),
    ],
)
def test_an_edit_of_the_text_is_seen(old: str, new: str, tmp_path: Path) -> None:
    """Anything else that changed is seen, and told apart from a change of the answers."""
    assert _edited(tmp_path, PAGE.replace(old, new)) is Edited.SOMETHING


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("1500", "1501"),
        ('"commune"', '"etat"'),
        ('name = "Ann"', 'name = "Zoé"'),
        ("answers=", "answers=0"),
        ("accord = ", "nom = "),
    ],
)
def test_an_edit_of_the_answers_is_seen(old: str, new: str, tmp_path: Path) -> None:
    """What the answers file says is held: another answer, another name; a sum that was cut is no sum."""
    expected = Edited.NOTHING if old == "answers=" else Edited.ANSWERS
    assert _edited(tmp_path, PAGE.replace(old, new)) is expected


def test_old_files_open_silently(tmp_path: Path) -> None:
    """A path without checksums, written before there were any, is said nothing of."""
    old = f"# My path\n\n{answers_block(SAVED)}"
    assert fill_checksum(old) == old
    assert _edited(tmp_path, old) is Edited.NOTHING
    assert _edited(tmp_path, old.replace("1500", "1501")) is Edited.NOTHING


def test_a_file_of_its_own_holds_its_answers(tmp_path: Path) -> None:
    """An answers file with an open seal is held by what it says, not by its text."""
    file = tmp_path / "answers.toml"
    file.write_text(checksummed_file(SAVED), "utf-8")
    assert load_answers(file).edited is Edited.NOTHING
    file.write_text(f"# A note\n{checksummed_file(SAVED)}", "utf-8")
    assert load_answers(file).edited is Edited.NOTHING
    file.write_text(checksummed_file(SAVED).replace("1500", "1501"), "utf-8")
    assert load_answers(file).edited is Edited.ANSWERS


def test_the_same_answers_give_the_same_seal() -> None:
    """Two files of one moment are the same bytes."""
    assert checksummed_file(SAVED) == checksummed_file(SAVED)
    assert PAGE.count("# checksum answers=") == 1
    assert "file=0000000000000000" not in PAGE
