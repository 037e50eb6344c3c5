"""Keeping the answers of one interview on disk, alone; what could not be kept is said, and so is how to go on."""

from __future__ import annotations

import os
import shlex
from typing import TYPE_CHECKING

from boussole.cli.clock import now
from boussole.cli.echo import echo_stderr
from boussole.cli.language import chosen_language
from boussole.errors import BoussoleError, cannot_write, remedy_of
from boussole.files.answers.draft_lock import own_new_draft
from boussole.files.answers.drafts import drafts_folder, keep
from boussole.files.answers.saved import save
from boussole.files.library import Origin
from boussole.i18n import Joined, gettext

if TYPE_CHECKING:
    from boussole.cli.app import Settings
    from boussole.core.answers.answers import Answers
    from boussole.files.answers.draft_lock import OwnDraft
    from boussole.files.library import Pair
    from boussole.i18n import Localised


class Keeper:
    """What keeps one interview; `own` is its draft, which nobody else writes, from the first answer on."""

    def __init__(self, pair: Pair, own: OwnDraft | None = None, name: str | None = None, people: int = 1) -> None:
        """Go on with the draft `own`, or make one at the first answer, of the table `name` of so many `people`."""
        self._pair = pair
        self._own = own
        self._kept_once = own is not None
        self._failed: BoussoleError | None = None
        self.name = name
        self._people = people

    def keep(self, answers: Answers) -> Localised | None:
        """Put the answers on disk; return why they are not, to be said on the screen that comes next."""
        failed_before = self._failed is not None
        try:
            self._put_on_disk(answers)
        except BoussoleError as error:
            self._failed = error
            goes_on = gettext("The interview goes on, but nothing is kept if it stops: save your path at the end.")
            return error if failed_before else Joined([error, goes_on], " ")
        self._failed = None
        self._kept_once = True
        return gettext("Your answers are kept again.") if failed_before else None

    def _put_on_disk(self, answers: Answers) -> None:
        pair = self._pair
        if self._own is None:
            try:
                self._own = own_new_draft(pair.compass.id, now())
            except OSError as error:
                raise BoussoleError(cannot_write(drafts_folder(), error), remedy_of(error)) from error
        saved = save(pair.compass, pair.catalogue, answers, saved=now(), name=self.name, people=self._people)
        if pair.compass_file.origin in {Origin.OPTION, Origin.FOLDER}:  # not in reach from everywhere
            saved = saved._replace(compass_file=str(pair.compass_file.path.resolve()))
        keep(self._own.path, saved)

    def say_not_kept(self) -> None:
        """Say again, where the last answers are on no disk, that the path is to be saved."""
        if self._failed is not None:
            echo_stderr(self._failed)
            echo_stderr(gettext("Your answers are not kept: save your path before you leave."))

    def finish(self) -> None:
        """Forget the answers: the interview is over."""
        if self._own is not None:
            self._own.finish()
            self._own = None

    def stop(self, settings: Settings, *, plain: bool) -> bool:
        """Let go of the draft; say what is kept of it, and how to go on; tell whether there is something to say."""
        if self._own is None and self._failed is None:
            return False
        there = self._kept_once and self._own is not None and self._own.path.exists()
        if self._failed is not None:
            echo_stderr(self._failed)
        if self._own is not None:
            self._own.release()
        command = resuming(settings, plain=plain)
        if there and self._failed is None:
            echo_stderr(gettext("What you answered is kept. To go on, type: {command}", command=command))
        elif there:
            echo_stderr(
                gettext("Your last answers are not kept. To go on from those before, type: {command}", command=command)
            )
        else:
            echo_stderr(gettext("Your answers are not kept."))
        return True


def resuming(settings: Settings, *, plain: bool) -> str:
    """Return the line that goes on as now: in the same language, the same way, with the same definitions."""
    words = ["boussole", "ask", "--resume"]
    if settings.language != chosen_language([], os.environ):
        words += ["--lang", settings.language]
    if plain:
        words.append("--plain")
    if settings.catalogue is not None:
        words += ["--catalogue", str(settings.catalogue.resolve())]
    if settings.compasses is not None:
        words += ["--compasses", str(settings.compasses.resolve())]
    return shlex.join(words)
