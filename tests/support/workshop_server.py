"""A session served in a process of its own, on 127.0.0.1, as tests start, signal and kill it."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
from contextlib import ExitStack, closing, contextmanager
from typing import IO, TYPE_CHECKING

import httpx2

from support.phones import Phone

if TYPE_CHECKING:
    from collections.abc import Iterator

_PATIENCE = 30.0
NAME = "soir"


class Served:
    """A server in a process of its own."""

    def __init__(self, command: list[str]) -> None:
        """Start it."""
        self._command = command
        self._stack = ExitStack()
        self.address = ""
        self._start()

    def _start(self) -> None:
        """Wait until it says where phones go."""
        self.process = self._stack.enter_context(
            subprocess.Popen(self._command, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True)
        )
        assert self.process.stderr is not None
        self._stderr: IO[str] = self.process.stderr
        self.lines: list[str] = []
        found = None
        while found is None:
            line = self._stderr.readline()
            assert line, self.lines
            self.lines.append(line.rstrip())
            found = re.fullmatch(r"\s*(http://\S+:\d+/[A-Z]{4})\s*", line)
        self.address = found[1]

    def again(self) -> None:
        """Resume it after its end."""
        self._command = [*self._command[:4], "essai", "--resume", NAME, "--no-open", "--lang", "en"]
        self._start()

    def phone(self, cookies: httpx2.Cookies | None = None) -> Phone:
        """Return a phone that joined, or that did, which its cookies tell."""
        client = self._stack.enter_context(
            httpx2.Client(
                base_url=self.address.rpartition("/")[0], follow_redirects=True, headers={"accept-language": "en"}
            )
        )
        client.cookies.update(cookies)
        phone = Phone(client, self.address)
        if cookies is None:
            phone.send()
        return phone

    def close(self) -> None:
        """Put the phones away, and kill what is left."""
        self.process.kill()
        self._stack.close()

    def end(self, number: int) -> tuple[int, str]:
        """End it by a signal; return its exit code and what else it said."""
        self.process.send_signal(number)
        _, said = self.process.communicate(timeout=_PATIENCE)
        return self.process.returncode, "\n".join(self.lines) + said


@contextmanager
def serving(*arguments: str) -> Iterator[Served]:
    """Serve a session, and kill what is left of it."""
    with closing(Served([sys.executable, "-m", "boussole", "workshop", *arguments, "--lang", "en"])) as served:
        yield served


def free_port() -> str:
    with closing(socket.socket()) as one:
        one.bind(("127.0.0.1", 0))
        return str(one.getsockname()[1])


def local(*arguments: str) -> list[str]:
    return ["essai", "--host", "127.0.0.1", "--port", free_port(), "--name", NAME, "--no-open", *arguments]
