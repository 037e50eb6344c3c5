"""The options of `boussole workshop`, as they are typed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, TypeAlias

import typer

from boussole.i18n import N_

Words: TypeAlias = Annotated[
    list[str],
    typer.Argument(
        metavar="COMPASS|sheets|export|forget [NAME]",
        help=N_("A compass, its id or its file; or what to do: sheets COMPASS, export NAME, forget [NAME]"),
    ),
]
Host: TypeAlias = Annotated[
    str | None, typer.Option(metavar="ADDRESS", help=N_("Address to serve at; by default every network"))
]
Port: TypeAlias = Annotated[str | None, typer.Option(metavar="N", help=N_("Port: 8765, kept with the session"))]
Name: TypeAlias = Annotated[str | None, typer.Option(metavar="NAME", help=N_("Name of the session"))]
Resume: TypeAlias = Annotated[
    bool, typer.Option("--resume", help=N_("Go on with the session NAME, by default the latest"))
]
Rounds: TypeAlias = Annotated[str | None, typer.Option(metavar="N", help=N_("How many rounds: 2, or up to 9"))]
Smallest: TypeAlias = Annotated[
    str | None, typer.Option(metavar="K", help=N_("Smallest group inside the group that is shown: 3, or up to 20"))
]
Rehearse: TypeAlias = Annotated[
    str | None, typer.Option(metavar="N", help=N_("Fill the room with N people drawn by chance, marked as such"))
]
Wifi: TypeAlias = Annotated[
    str | None,
    typer.Option(metavar="SSID", help=N_("Wi-Fi of the room, shown as a QR code; its password is asked")),
]
NoOpen: TypeAlias = Annotated[bool, typer.Option("--no-open", help=N_("Do not open the big screen in a browser"))]
Output: TypeAlias = Annotated[
    list[Path] | None,
    typer.Option("-o", "--output", metavar="FILE", help=N_("File to write; its ending says the form")),
]
