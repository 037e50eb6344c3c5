"""A room's server and its people, as `benchmarks/workshop.py` has them: a command, and phones that insist."""

from __future__ import annotations

import asyncio
import json
import os
import random
import re
import socket
import subprocess
import sys
import time
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode

ANSWERS = 10
CHANCE = random.Random(1)  # noqa: S311 - no secret
COMPASS = "agir-ensemble"
NAME = "load"
_PATIENCE = 60.0
_FORM = "application/x-www-form-urlencoded"


class Server:
    """The command, in a process of its own, with a state folder of its own."""

    def __init__(self, folder: Path) -> None:
        """Start a session."""
        with closing(socket.socket()) as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self._environment = os.environ | {"XDG_STATE_HOME": str(folder)}
        self.log = folder / "stderr"
        self.code = self.token = ""
        self.start("--host", "127.0.0.1", "--port", str(self.port), "--name", NAME)

    def start(self, *options: str) -> float:
        """Start it, wait until it listens; return how long that took, in seconds."""
        began = time.perf_counter()
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                self._command(COMPASS, *options, "--no-open"), stderr=log, env=self._environment
            )
        while not (found := re.search(r"/animer/(\S+)", self.log.read_text())):
            if self.process.poll() is not None:
                raise SystemExit(self.log.read_text())
            time.sleep(0.002)
        taken = time.perf_counter() - began
        self.token = found[1]
        self.code = re.search(rf":{self.port}/([A-Z]{{4}})\n", self.log.read_text())[1]  # type: ignore[index] # it is there
        return taken

    @staticmethod
    def _command(*words: str) -> list[str]:
        return [sys.executable, "-m", "boussole", "--lang", "en", "workshop", *words]

    def end(self, number: int) -> float:
        """End it by a signal; return how long that took, in seconds."""
        began = time.perf_counter()
        self.process.send_signal(number)
        self.process.wait(_PATIENCE)
        return time.perf_counter() - began

    def memory(self) -> float:
        """Return the most memory that it held, in MiB; 0 where the system does not say."""
        with suppress(OSError):
            status = Path(f"/proc/{self.process.pid}/status").read_text("ascii")
            return int(re.search(r"VmHWM:\s+(\d+)", status)[1]) / 1024  # type: ignore[index] # Linux has it
        return 0.0

    def sheets(self) -> list[dict[str, object]]:
        """Return what the session holds, as it is exported."""
        command = self._command("export", NAME)
        done = subprocess.run(command, env=self._environment, capture_output=True, check=True)
        return [json.loads(line) for line in done.stdout.splitlines()]


class Reply(NamedTuple):
    """What was answered."""

    status: int
    location: str
    cookie: str
    body: str


class Browser:
    """One connection that is kept open, with a cookie."""

    def __init__(self, port: int) -> None:
        """Note where to go."""
        self._port = port
        self.cookie = ""
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, path: str, fields: dict[str, str] | list[tuple[str, str]] | None = None) -> Reply:
        """Send one request, a form where there are fields.

        Raises:
            OSError, EOFError: when the connection is lost.

        """
        if self._streams is None:
            self._streams = await asyncio.open_connection("127.0.0.1", self._port)
        reader, writer = self._streams
        body = "" if fields is None else urlencode(fields)
        lines = [f"{'GET' if fields is None else 'POST'} {path} HTTP/1.1", f"Host: 127.0.0.1:{self._port}"]
        lines += [f"Cookie: {self.cookie}"] * bool(self.cookie) + ["Accept-Language: en"]
        if fields is not None:
            lines += [f"Content-Type: {_FORM}", f"Content-Length: {len(body)}"]
        try:
            writer.write("\r\n".join([*lines, "", body]).encode())
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            headers = dict(re.findall(r"(?m)^([^:\r\n]+): (.*?)\r$", head.partition("\r\n")[2]))
            headers = {name.lower(): value for name, value in headers.items()}
            text = await reader.readexactly(int(headers.get("content-length", "0")))
        except (OSError, EOFError):
            self.close()
            raise
        if given := re.search(r"(?im)^set-cookie: (boussole-[^;]+)", head):
            self.cookie = given[1]
        return Reply(int(head.split()[1]), headers.get("location", ""), self.cookie, text.decode())

    async def insist(self, path: str, fields: dict[str, str] | list[tuple[str, str]] | None = None) -> Reply:
        """Ask until it is answered."""
        until = time.monotonic() + _PATIENCE
        while True:
            try:
                reply = await self.ask(path, fields)
                if reply.status not in {429, 500, 503}:
                    return reply
            except (OSError, EOFError):
                pass
            if time.monotonic() > until:
                raise TimeoutError(path)
            await asyncio.sleep(CHANCE.uniform(0.05, 0.3))

    def close(self) -> None:
        """Hang up."""
        if self._streams is not None:
            self._streams[1].close()
        self._streams = None


@dataclass
class Person:
    """Somebody with a phone: what was acknowledged, and how long each thing took, in milliseconds."""

    browser: Browser
    acknowledged: dict[str, str] = field(default_factory=dict)
    late: list[float] = field(default_factory=list)
    pages: list[float] = field(default_factory=list)
    results: list[float] = field(default_factory=list)

    async def timed(self, times: list[float], path: str, fields: list[tuple[str, str]] | None = None) -> Reply:
        """Insist, and note how long it took."""
        began = time.perf_counter()
        reply = await self.browser.insist(path, fields)
        times.append((time.perf_counter() - began) * 1000)
        return reply

    async def run(self, code: str, seconds: float) -> None:
        """Join, answer at moments drawn over so many seconds, then answer what is left to have a whole sheet."""
        moments = sorted(CHANCE.uniform(0, seconds) for _ in range(ANSWERS + 1))
        began = time.monotonic()
        await asyncio.sleep(moments[0])
        await self.browser.insist("/rejoindre", {"code": code})
        there = "/suite"
        for moment in moments[1:]:
            await asyncio.sleep(max(0.0, began + moment - time.monotonic()))
            there = await self.answer(there)
        while not there.startswith("/relire"):
            there = await self.answer(there)
        await self.timed(self.results, "/resultat")

    async def answer(self, there: str) -> str:
        """Answer the question at an address, or where everything is answered, change one; return where that leads."""
        page = await self.timed(self.pages, there)
        while page.status == 303:  # noqa: PLR2004 - See Other
            page = await self.timed(self.pages, page.location)
        asked = re.search(r'action="(/q/([^"]+))"', page.body)
        if asked is None:
            return await self.answer(f"/q/{CHANCE.choice(list(self.acknowledged))}?relire=1")
        values = re.findall(r'name="answer" id="a\d+" value="([^"]+)"', page.body)
        value = CHANCE.choice(values)
        fields = [*re.findall(r'type="hidden" name="(\w+)" value="([^"]+)"', page.body), ("answer", value)]
        reply = await self.timed(self.late, asked[1], [*fields, ("do", "go")])
        assert reply.status == 303, (asked[1], value, reply.status)  # noqa: PLR2004, S101 - a benchmark that is wrong stops
        self.acknowledged[asked[2]] = value
        return reply.location
