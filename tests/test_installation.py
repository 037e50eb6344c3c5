"""What a message advises fits how boussole was installed: in each environment, the line that its installer takes."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from boussole.errors import BoussoleError, need
from boussole.installation import DISTRIBUTION, Environment, extra_command
from support.paths import ROOT

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the lines are those of a POSIX shell")


def installed(prefix: Path, direct_url: dict[str, Any] | None = None, installer: str = "pip") -> Environment:
    """Make an environment in which an installer has put boussole."""
    package = prefix / "lib" / "site-packages" / "boussole"
    info = package.parent / "boussole_medoc-0.1.0.dist-info"
    package.mkdir(parents=True)
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.4\nName: {DISTRIBUTION}\nVersion: 0.1.0\n", "utf-8")
    (info / "INSTALLER").write_text(f"{installer}\n", "utf-8")
    if direct_url is not None:
        (info / "direct_url.json").write_text(json.dumps(direct_url), "utf-8")
    binaries = prefix / "bin"
    return Environment(package, prefix, binaries / "python", folder=Path("/elsewhere"), pip=binaries / "pip")


def checkout(folder: Path) -> Path:
    """Make a checkout and return its package."""
    package = folder / "src" / "boussole"
    package.mkdir(parents=True)
    (folder / "pyproject.toml").touch()
    return package


def pipx(here: Environment, **main: str) -> Environment:
    """Leave in an environment what pipx writes there."""
    written = {"main_package": {"package": DISTRIBUTION, "package_or_url": DISTRIBUTION, "suffix": ""} | main}
    (here.prefix / "pipx_metadata.json").write_text(json.dumps(written), "utf-8")
    return here


def uv_tool(here: Environment, requirement: str) -> Environment:
    """Leave in an environment what `uv tool install` writes there."""
    (here.prefix / "uv-receipt.toml").write_text(f"[tool]\nrequirements = [{requirement}]\n", "utf-8")
    return here


def test_a_wheel_by_its_name(tmp_path: Path) -> None:
    """Installed by name, boussole gets its extra by name: that of its distribution."""
    assert extra_command("batch", installed(tmp_path)) == "pip install 'boussole-medoc[batch]'"


def test_a_pip_that_is_another_environments(tmp_path: Path) -> None:
    """Where `pip` would install elsewhere, the environment's own Python runs it; inside the folder, from there."""
    here = installed(tmp_path / "venv")._replace(pip=Path("/usr/bin/pip"))
    assert extra_command("batch", here) == f"{tmp_path}/venv/bin/python -m pip install 'boussole-medoc[batch]'"
    here = here._replace(pip=None, folder=tmp_path)
    assert extra_command("batch", here) == "venv/bin/python -m pip install 'boussole-medoc[batch]'"


def test_a_wheel_by_its_file(tmp_path: Path) -> None:
    """The same wheel again, since no index may have it; its name once the file is gone."""
    wheel = tmp_path / "boussole_medoc-0.1.0-py3-none-any.whl"
    wheel.touch()
    here = installed(tmp_path / "venv", {"url": wheel.as_uri(), "archive_info": {}})
    assert extra_command("pdf", here) == f"pip install 'boussole-medoc[pdf] @ file://{wheel}'"
    wheel.unlink()
    assert extra_command("pdf", here) == "pip install 'boussole-medoc[pdf]'"


def test_a_folder(tmp_path: Path) -> None:
    """`pip install .`, as README says: the same folder, named from where one stands, a blank in it or not."""
    (tmp_path / "my boussole").mkdir()
    here = installed(tmp_path / "venv", {"url": (tmp_path / "my boussole").as_uri(), "dir_info": {}})
    assert extra_command("batch", here) == f"pip install '{tmp_path}/my boussole[batch]'"
    assert extra_command("batch", here._replace(folder=tmp_path / "my boussole")) == "pip install '.[batch]'"
    assert extra_command("batch", here._replace(folder=tmp_path)) == "pip install './my boussole[batch]'"


def test_a_repository(tmp_path: Path) -> None:
    """The same revision of the same repository, the commit where none was named."""
    vcs = {"vcs": "git", "commit_id": "c0ffee"}
    here = installed(tmp_path / "a", {"url": "https://example.org/b.git", "vcs_info": vcs})
    assert extra_command("docx", here) == "pip install 'boussole-medoc[docx] @ git+https://example.org/b.git@c0ffee'"
    vcs["requested_revision"] = "v1"
    here = installed(tmp_path / "b", {"url": "https://example.org/b.git", "vcs_info": vcs})
    assert extra_command("docx", here) == "pip install 'boussole-medoc[docx] @ git+https://example.org/b.git@v1'"


def test_a_checkout(tmp_path: Path) -> None:
    """Editable, or not installed at all: the checkout, editable."""
    here = Environment(checkout(tmp_path), tmp_path / ".venv", tmp_path / ".venv/bin/python", tmp_path)
    assert extra_command("batch", here) == ".venv/bin/python -m pip install -e '.[batch]'"
    here = here._replace(folder=Path("/elsewhere"), pip=tmp_path / ".venv/bin/pip")
    assert extra_command("batch", here) == f"pip install -e '{tmp_path}[batch]'"


def test_uv_in_an_environment(tmp_path: Path) -> None:
    """An environment of uv has no pip: uv is told which one is meant."""
    here = installed(tmp_path, installer="uv")._replace(folder=tmp_path, pip=None)
    assert extra_command("batch", here) == "uv pip install --python bin/python 'boussole-medoc[batch]'"


@pytest.mark.parametrize("installer", ["pip", "uv"])
def test_pipx(installer: str, tmp_path: Path) -> None:
    """Pipx installs again, whichever installer it uses itself, and keeps the extras and the suffix there are."""
    here = pipx(installed(tmp_path, installer=installer))
    assert extra_command("batch", here) == "pipx install --force 'boussole-medoc[batch]'"
    pipx(here, package_or_url="boussole-medoc[pdf, docx]", suffix="-new")
    again = "pipx install --force --suffix=-new 'boussole-medoc[batch,docx,pdf]'"
    assert extra_command("batch", here) == again


def test_pipx_from_a_checkout(tmp_path: Path) -> None:
    """Editable stays editable."""
    folder = tmp_path / "here"
    here = Environment(checkout(folder), tmp_path, tmp_path / "bin/python", folder)
    assert extra_command("batch", pipx(here)) == "pipx install --force --editable '.[batch]'"
    (tmp_path / "pipx_metadata.json").unlink()
    assert extra_command("batch", uv_tool(here, "")) == "uv tool install --editable '.[batch]'"


def test_uv_tool(tmp_path: Path) -> None:
    """`uv tool` takes away the extras that are not named again, so they are."""
    here = uv_tool(installed(tmp_path, installer="uv"), '{ name = "boussole-medoc" }')
    assert extra_command("batch", here) == "uv tool install 'boussole-medoc[batch]'"
    uv_tool(here, '{ name = "boussole-medoc", extras = ["pdf"] }, { name = "other", extras = ["x"] }')
    assert extra_command("batch", here) == "uv tool install 'boussole-medoc[batch,pdf]'"


@pytest.mark.parametrize("left", ["", "{", "[]", "\x00", '{"main_package": {}}'])
def test_damaged_records(left: str, tmp_path: Path) -> None:
    """What others wrote may be damaged; the advice is then by the name, and never an accident."""
    here = installed(tmp_path)
    (here.package.parent / "boussole_medoc-0.1.0.dist-info" / "direct_url.json").write_text(left, "utf-8")
    assert extra_command("batch", here) == "pip install 'boussole-medoc[batch]'"
    (tmp_path / "uv-receipt.toml").write_text(left, "utf-8")
    assert extra_command("batch", here) == "uv tool install 'boussole-medoc[batch]'"
    (tmp_path / "pipx_metadata.json").write_text(left, "utf-8")
    assert extra_command("batch", here) == "pipx install --force 'boussole-medoc[batch]'"


def test_another_boussole_beside(tmp_path: Path) -> None:
    """What the public index calls boussole is another program: what it left says nothing of ours."""
    here = installed(tmp_path)
    other = here.package.parent / "boussole-2.1.3.dist-info"
    other.mkdir()
    (other / "METADATA").write_text("Metadata-Version: 2.1\nName: boussole\nVersion: 2.1.3\n", "utf-8")
    (other / "INSTALLER").write_text("uv\n", "utf-8")
    assert extra_command("batch", here) == "pip install 'boussole-medoc[batch]'"


def test_quotes_that_cmd_knows(tmp_path: Path) -> None:
    """On Windows the requirement stands in double quotes."""
    assert extra_command("batch", installed(tmp_path)._replace(windows=True)) == 'pip install "boussole-medoc[batch]"'


def test_here() -> None:
    """The tests run from a checkout: so is it said, and that is the line in the error."""
    assert f"-e {ROOT}" in extra_command("batch").replace("'", "").replace("-e .", f"-e {ROOT}")
    with pytest.raises(BoussoleError) as error:
        need("batch", "boussole batch", "json", "no_such_library")
    assert error.value.in_("en") == (
        f"boussole batch needs “no_such_library”, which is not installed.\nRun {extra_command('batch')}."
    )
