"""A terminal window: a real pseudo-terminal, the command line or a shell in it, and what its screen shows."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from typing import TYPE_CHECKING

import pyte

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

PATIENCE = 30.0
"""Seconds given to a busy machine before a screen is declared wrong."""

COLUMNS, ROWS = 100, 40


class _Screen(pyte.Screen):
    """A screen that answers a program asking where the cursor is, as terminals do."""

    def __init__(self, terminal: int) -> None:
        super().__init__(COLUMNS, ROWS)
        self._terminal = terminal

    def write_process_input(self, data: str) -> None:
        os.write(self._terminal, data.encode())


class Window:
    """`boussole` with `arguments`, in a window of its own; `deaf`: it is told nothing when the window closes.

    With `program`, that command runs instead of `boussole`.
    """

    def __init__(
        self,
        folder: Path,
        environment: Mapping[str, str],
        *arguments: str,
        deaf: bool = False,
        program: Sequence[str] = (sys.executable, "-m", "boussole"),
    ) -> None:
        """Open the window."""
        self._terminal, inside = pty.openpty()
        fcntl.ioctl(inside, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        self._screen = _Screen(self._terminal)
        self._stream = pyte.ByteStream(self._screen)
        self.said = ""

        def own_the_terminal() -> None:
            fcntl.ioctl(0, termios.TIOCSCTTY, 0)
            if deaf:
                signal.signal(signal.SIGHUP, signal.SIG_IGN)

        self.process = subprocess.Popen(
            [*program, *arguments],
            stdin=inside,
            stdout=inside,
            stderr=inside,
            cwd=folder,
            env=dict(environment),
            start_new_session=True,
            preexec_fn=own_the_terminal,  # noqa: PLW1509 - no thread is running here
        )
        os.close(inside)

    @property
    def screen(self) -> str:
        """What is on the screen, without the spaces at the ends of the rows."""
        return "\n".join(row.rstrip() for row in self._screen.display).rstrip()

    def press(self, *keys: str) -> Window:
        """Press keys, all at once."""
        os.write(self._terminal, "".join(keys).encode())
        return self

    def sees(self, text: str) -> Window:
        """Wait until the screen shows `text`."""
        limit = time.monotonic() + PATIENCE
        while text not in self.screen:
            alive = self._read(max(0.0, limit - time.monotonic()))
            assert text in self.screen or (alive and time.monotonic() < limit), f"{text!r} is not on:\n{self.screen}"
        return self

    def hears(self, text: str) -> Window:
        """Wait until `text` has been written since what was last heard."""
        limit = time.monotonic() + PATIENCE
        while text not in self.said:
            alive = self._read(max(0.0, limit - time.monotonic()))
            assert text in self.said or (alive and time.monotonic() < limit), f"{text!r} is not in:\n{self.said}"
        self.said = self.said.split(text, 1)[1]
        return self

    def ends(self) -> int:
        """Wait until the program ends; return its exit code."""
        limit = time.monotonic() + PATIENCE
        while self._read(max(0.0, limit - time.monotonic())):
            assert time.monotonic() < limit, f"it does not end:\n{self.screen}"
        return self.process.wait(PATIENCE)

    def kill(self) -> None:
        """Kill the program as a power cut would."""
        self.process.kill()
        self.process.wait(PATIENCE)

    def close(self) -> int | None:
        """Close the window; return the exit code of the program."""
        if self._terminal >= 0:
            os.close(self._terminal)
            self._terminal = -1
        return self.process.wait(PATIENCE)

    def shut(self) -> None:
        """Leave nothing behind, whatever happened."""
        if self.process.poll() is None:
            self.kill()
        self.close()

    def _read(self, seconds: float) -> bool:
        """Draw what the program writes within `seconds`; return whether it may still write."""
        ready, _, _ = select.select([self._terminal], [], [], seconds)
        if not ready:
            return True
        try:
            written = os.read(self._terminal, 65536)
        except OSError:  # on Linux, what closing the other side looks like
            return False
        self._stream.feed(written)
        self.said += written.decode(errors="replace")
        return bool(written)
