"""Serving a session: found or made, shown at the terminal, kept at Ctrl-C with the line that resumes it."""

from __future__ import annotations

import asyncio
import shlex
import shutil
import sys
import webbrowser
from contextlib import ExitStack, closing
from typing import TYPE_CHECKING, NamedTuple

from boussole.cli.clock import now
from boussole.cli.commands.workshop.paper import wifi_password
from boussole.cli.console import qr_text
from boussole.cli.echo import echo_stderr
from boussole.core.group.synthesis import SMALLEST, check_request
from boussole.errors import BoussoleError
from boussole.files.library import Library, Origin
from boussole.files.sessions import forget_session, holding, new_session, session_file, session_names
from boussole.i18n import gettext
from boussole.render.wording import Plain
from boussole.workshop.chance import new_code, new_token
from boussole.workshop.facts import MOST_ROUNDS, ROUNDS, Facts, facts_written, read_facts
from boussole.workshop.network import ANYWHERE, Adapter, adapters, known_hosts, listen, url_host
from boussole.workshop.rehearsal import MOST_DRAWN, rehearse
from boussole.workshop.room import Room
from boussole.workshop.store import read_kept, write_now

if TYPE_CHECKING:
    import socket
    from pathlib import Path

    from boussole.cli.app import Settings
    from boussole.files.library import Found, Pair

PORT = 8765
_LINES_SAID = 12
"""How many lines are said beside the QR codes, at most."""
_LINES_BELOW = 6
"""How many of them come after the code that phones open."""
_UNREACHED = 180.0
"""Seconds after which advice is given where no phone opened the page."""
_ADVICE = gettext(
    "No phone has opened the page yet. Are they on the same Wi-Fi, with mobile data off? "
    "Try the other addresses above. Does the firewall of this computer let Python through? "
    "A network of guests keeps devices apart: use a hotspot, or a router of yours."
)


class Wanted(NamedTuple):
    """What the command line asks for; None where it does not say."""

    compass: str
    name: str | None
    host: str | None
    port: int | None
    rounds: int | None
    smallest: int | None
    rehearse: int | None
    wifi: str | None
    open: bool


def serve_session(settings: Settings, wanted: Wanted, *, resume: bool) -> None:
    """Serve until Ctrl-C.

    Raises:
        KeyboardInterrupt: then, once it is said how to resume.
        BoussoleError: when the session cannot be found, made or served.

    """
    library = Library(settings.catalogue, settings.compasses)
    pair = library.pair(wanted.compass)
    check_request(pair.compass, SMALLEST if wanted.smallest is None else wanted.smallest, None)
    for number, most in ((wanted.rounds, MOST_ROUNDS), (wanted.rehearse, MOST_DRAWN)):
        if number is not None and number > most:
            raise BoussoleError(
                gettext("{value} is out of bounds.", value=number),
                gettext("Write a whole number from {low} to {high}.", low=1, high=most),
            )
    path = _kept(pair, wanted) if resume else new_session(wanted.name, pair.compass.id, now())
    with ExitStack() as stack:
        stack.enter_context(holding(path))
        if resume:
            listening = stack.enter_context(closing(_listen_again(path)))
        else:
            listening = stack.enter_context(closing(_start(path, settings, pair, wanted)))
        room = Room(path, pair.compass, pair.catalogue, lambda: now().date())
        if wanted.rehearse is not None:
            asyncio.run(rehearse(room, wanted.rehearse))
        _serve(room, listening, pair, open_=wanted.open)


def _start(path: Path, settings: Settings, pair: Pair, wanted: Wanted) -> socket.socket:
    """Write down what a new session is, and return where it listens; where it cannot, nothing stays of it."""
    host = wanted.host or ANYWHERE
    try:
        password = "" if wanted.wifi is None else wifi_password()
        listening = listen(host, wanted.port or PORT, exactly=wanted.port is not None)
    except BoussoleError:
        forget_session(path)
        raise
    facts = Facts(
        name=_name_of(path),
        compass=pair.compass.id,
        compass_digest=pair.compass.digest,
        language=settings.language,
        code=new_code(),
        token=new_token(),
        host=host,
        port=listening.getsockname()[1],
        smallest=SMALLEST if wanted.smallest is None else wanted.smallest,
        rounds=ROUNDS if wanted.rounds is None else wanted.rounds,
        wifi=wanted.wifi or "",
        wifi_password=password,
        compass_file=_own_file(pair.compass_file),
        catalogue_file=_own_file(pair.catalogue_file),
    )
    write_now(path, *facts_written(facts))
    return listening


def _own_file(found: Found) -> str:
    """Return where a definition is, "" where it is shipped: another version of boussole ships it elsewhere."""
    return "" if found.origin is Origin.SHIPPED else str(found.path.absolute())


def _name_of(path: Path) -> str:
    return path.name.rpartition(".")[0]


def _kept(pair: Pair, wanted: Wanted) -> Path:
    """Find the session to go on with: that of the name, else the latest of the compass."""
    for name in session_names() if wanted.name is None else [wanted.name]:
        path = session_file(name)
        facts = read_facts(read_kept(path).facts)
        if facts.compass == pair.compass.id:
            _refuse_other_options(facts, wanted)
            if facts.compass_digest != pair.compass.digest:
                changed = gettext(
                    "The compass changed since this session began: answers it no longer takes are left out."
                )
                echo_stderr(changed)
            return path
        if wanted.name is not None:
            raise BoussoleError(
                gettext(
                    "The session “{name}” is about the compass “{kept}”, not “{asked}”.",
                    name=name,
                    kept=facts.compass,
                    asked=pair.compass.id,
                )
            )
    raise BoussoleError(
        gettext("There is no session to go on with."), gettext("Start one: the same line without --resume.")
    )


def _refuse_other_options(facts: Facts, wanted: Wanted) -> None:
    """Refuse what would change a session that phones know: it keeps its address, its rules and its people."""
    kept = {
        "--host": (wanted.host, facts.host),
        "--port": (wanted.port, facts.port),
        "--rounds": (wanted.rounds, facts.rounds),
        "--smallest": (wanted.smallest, facts.smallest),
        "--wifi": (wanted.wifi, facts.wifi),
    }
    for option, (asked, was) in kept.items():
        if asked is not None and asked != was:
            raise BoussoleError(
                gettext(
                    "{option} {asked} does not go with --resume: the session “{name}” keeps what it started with, "
                    "{kept}.",
                    option=option, asked=asked, name=facts.name, kept=was or "–",
                ),
                gettext("Leave {option} out, or start another session.", option=option),
            )  # fmt: skip
    if wanted.rehearse is not None:
        raise BoussoleError(
            gettext(
                "--rehearse does not go with --resume: drawn people would join those of “{name}”.", name=facts.name
            ),
            gettext("Leave {option} out, or start another session.", option="--rehearse"),
        )


def _listen_again(path: Path) -> socket.socket:
    """Listen where the session listened: phones know no other address."""
    facts = read_facts(read_kept(path).facts)
    return listen(facts.host, facts.port, exactly=True)


def _serve(room: Room, listening: socket.socket, pair: Pair, *, open_: bool) -> None:
    from boussole.workshop.web.app import make_app
    from boussole.workshop.web.running import serve

    facts = room.facts
    networks = adapters() if facts.host == ANYWHERE else [Adapter(facts.host, "")]
    likely = url_host((networks or [Adapter("127.0.0.1", "")])[0].address)
    advice: list[asyncio.TimerHandle] = []

    def reached() -> None:
        echo_stderr(gettext("A phone opened the page: the network lets phones through."))
        for one in advice:
            one.cancel()

    hosts = known_hosts(facts.host, facts.port, networks)
    app = make_app(room, hosts, f"{likely}:{facts.port}", reached=reached)
    here = f"http://{'127.0.0.1' if facts.host == ANYWHERE else url_host(facts.host)}:{facts.port}"

    def started() -> None:
        _tell(room, networks, here)
        if facts.host == ANYWHERE and networks:
            advice.append(asyncio.get_running_loop().call_later(_UNREACHED, echo_stderr, _ADVICE))
        if open_ and sys.stderr.isatty():
            webbrowser.open(f"{here}/animer/{facts.token}")

    try:
        serve(app, listening, started=started, stopping=room.stop)
    except KeyboardInterrupt:
        echo_stderr(gettext("Everything is kept. To go on, type: {command}", command=_resuming(pair, facts)))
        raise
    finally:
        room.close()


def _resuming(pair: Pair, facts: Facts) -> str:
    compass = str(pair.compass_file.path) if pair.compass_file.origin is Origin.OPTION else pair.compass.id
    named = ["--catalogue", str(pair.catalogue_file.path)] if pair.catalogue_file.origin is Origin.OPTION else []
    return shlex.join(["boussole", "workshop", compass, "--resume", facts.name, *named])


def _tell(room: Room, networks: list[Adapter], here: str) -> None:
    """Say where the phones go, likely address first, and what only the facilitator may open."""
    facts = room.facts
    reached = networks or [Adapter("127.0.0.1", "")]
    bases = [f"http://{url_host(one.address)}:{facts.port}" for one in reached]
    echo_stderr(gettext("Session “{name}”, code {code}. The phones open:", name=facts.name, code=facts.code))
    for one, base in zip(reached, bases, strict=True):
        if one.name:
            echo_stderr(Plain(f"{one.name}:"))
        echo_stderr(Plain(f"  {base}/{facts.code}"))  # alone on its line, to be copied
    shown = _show_qr(f"{bases[0]}/{facts.code}", below=_LINES_BELOW if networks else _LINES_BELOW + 2)
    if not networks:
        echo_stderr(gettext("This computer is on no network: phones cannot reach it. Join a Wi-Fi, or open a hotspot."))
    echo_stderr(gettext("The big screen, for you alone: {address}", address=f"{here}/animer/{facts.token}"))
    remote = f"{bases[0]}/animer/{facts.token}"
    echo_stderr(gettext("The same on your phone, to lead from anywhere: {address}", address=remote))
    _show_qr(remote, below=1, beside=shown + _LINES_SAID)  # never so that what phones open scrolls away
    echo_stderr(gettext("Ctrl-C stops, and keeps everything."))


def _show_qr(address: str, *, below: int, beside: int = 0) -> int:
    """Show an address as a QR code at a terminal, or say that it does not fit; return how many lines it takes.

    So many lines come `below` it; with `beside`, nothing is shown where there is no room for so many others.
    """
    if not sys.stderr.isatty():
        return 0
    instead = gettext(
        "This window is too small for the QR code: make it larger before you start, or have the address typed."
    )
    lines = qr_text(address, on_screen=True, instead=instead, beside=below).splitlines()[:-1]
    if beside and len(lines) + beside > shutil.get_terminal_size().lines:
        return 0
    sys.stderr.writelines(f"{line}\n" for line in lines)
    return len(lines)
