"""How this boussole was installed, and so the line that adds an extra to it.

Knows what pip, uv, pipx and `uv tool` leave behind: `direct_url.json` (PEP 610) and `INSTALLER` beside the package,
`pipx_metadata.json` and `uv-receipt.toml` in the environment. Nothing is run and nothing is looked up elsewhere.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

DISTRIBUTION = "boussole-medoc"
"""What is installed. The import and the command are `boussole`, which on the public index is somebody else's name."""


class Environment(NamedTuple):
    """Where boussole runs: its package, the environment's folder and Python, the current folder, the `pip` at hand."""

    package: Path
    prefix: Path
    python: Path
    folder: Path
    pip: Path | None = None
    windows: bool = os.name == "nt"

    @classmethod
    def current(cls) -> Environment:
        """Return the one this process runs in."""
        import shutil

        pip = shutil.which("pip")
        return cls(
            package=Path(__file__).parent,
            prefix=Path(sys.prefix),
            python=Path(sys.executable),
            folder=Path.cwd(),
            pip=Path(pip) if pip else None,
        )


def extra_command(extra: str, environment: Environment | None = None) -> str:
    """Return the line to type that adds `extra` (“batch”) to boussole as it is installed in `environment`, or here."""
    here = environment or Environment.current()
    source = _source(here)
    tool, had = _tool(here, editable=source.editable)
    words = [*tool, source.with_extras(sorted({*had, extra}))]
    return " ".join(_quoted(word, windows=here.windows) for word in words)


class _Source(NamedTuple):
    """What an installer is given: a folder, an archive or a repository at `url`, or the name alone."""

    folder: str | None = None
    url: str | None = None
    editable: bool = False

    def with_extras(self, extras: list[str]) -> str:
        listed = f"[{','.join(extras)}]"
        if self.folder is not None:
            return f"{self.folder}{listed}"
        return f"{DISTRIBUTION}{listed}" if self.url is None else f"{DISTRIBUTION}{listed} @ {self.url}"


def _source(here: Environment) -> _Source:
    checkout = here.package.parent.parent
    if here.package.parent.name == "src" and (checkout / "pyproject.toml").is_file():
        return _Source(folder=_typed_folder(checkout, here.folder), editable=True)
    found = _parsed(_metadata(here, "direct_url.json"))
    url = found.get("url")
    if not url:
        return _Source()
    if vcs := found.get("vcs_info"):
        return _Source(url=f"{vcs['vcs']}+{url}@{vcs.get('requested_revision') or vcs['commit_id']}")
    local = _local(url)
    if local is not None and not local.exists():
        return _Source()  # the folder or the wheel is gone: its name is all that is left to say
    if local is not None and "dir_info" in found:
        return _Source(folder=_typed_folder(local, here.folder))
    return _Source(url=url)


def _tool(here: Environment, *, editable: bool) -> tuple[list[str], set[str]]:
    """Return the words that install, and the extras to name again, which they would take away otherwise.

    pipx may itself install by uv, so that what `INSTALLER` says counts last.
    """
    pipx = _text(here.prefix / "pipx_metadata.json")
    if pipx is not None:
        main = _parsed(pipx).get("main_package", {})
        suffix = [f"--suffix={main['suffix']}"] if main.get("suffix") else []
        flag = ["--editable"] if editable else []
        return ["pipx", "install", "--force", *suffix, *flag], _extras(main.get("package_or_url") or "")
    receipt = _text(here.prefix / "uv-receipt.toml")
    if receipt is not None:
        return ["uv", "tool", "install", *(["--editable"] if editable else [])], _extras_of_receipt(receipt)
    flag = ["-e"] if editable else []
    python = _typed(here.python, here.folder)
    if _metadata(here, "INSTALLER").strip() == "uv":
        return ["uv", "pip", "install", "--python", python, *flag], set()
    at_hand = here.pip is not None and here.pip.parent.resolve() == here.python.parent.resolve()
    return [*(["pip"] if at_hand else [python, "-m", "pip"]), "install", *flag], set()


def _metadata(here: Environment, file: str) -> str:
    """Return what was written beside the package when it was installed, not beside another boussole."""
    from importlib.metadata import distributions

    found = next(iter(distributions(name=DISTRIBUTION, path=[str(here.package.parent)])), None)
    return (found.read_text(file) if found else None) or ""


def _extras(requirement: str) -> set[str]:
    _, _, rest = requirement.partition("[")
    listed, closed, _ = rest.partition("]")
    return {extra.strip() for extra in listed.split(",") if extra.strip()} if closed else set()


def _extras_of_receipt(receipt: str) -> set[str]:
    import tomllib

    required = _parsed(receipt, tomllib.loads).get("tool", {}).get("requirements", [])
    return {extra for one in required if one.get("name") == DISTRIBUTION for extra in one.get("extras", ())}


def _parsed(text: str, loads: Callable[[str], Any] | None = None) -> dict[str, Any]:
    """Return what a file of others says; nothing where it cannot be read: an advice never fails for that."""
    import json

    try:
        found = (loads or json.loads)(text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _text(path: Path) -> str | None:
    try:
        return path.read_text("utf-8", errors="replace")
    except OSError:
        return None


def _local(url: str) -> Path | None:
    from urllib.parse import urlsplit
    from urllib.request import url2pathname

    return Path(url2pathname(urlsplit(url).path)) if url.startswith("file:") else None


def _typed(path: Path, folder: Path) -> str:
    """Return a path as one types it in `folder`: from there where it is inside, else whole."""
    return str(path.relative_to(folder)) if path.is_relative_to(folder) else str(path)


def _typed_folder(path: Path, folder: Path) -> str:
    """Return the same for what is installed; a name alone would be looked for on the index."""
    typed = _typed(path, folder)
    return typed if typed == "." or Path(typed).is_absolute() else f".{os.sep}{typed}"


def _quoted(word: str, *, windows: bool) -> str:
    """Quote a word for the shell: cmd.exe knows no single quotes."""
    import re
    import shlex

    if not windows:
        return shlex.quote(word)
    return f'"{word}"' if re.search(r"[^\w.:=\\/-]", word) else word
