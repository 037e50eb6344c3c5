"""The files that tools and forges read say what is so: versions, hooks, forms, what catalogues of software list."""

from __future__ import annotations

import re
import shutil
import subprocess
import tomllib
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from boussole import __version__
from boussole.installation import DISTRIBUTION
from support.paths import ROOT

if TYPE_CHECKING:
    from pathlib import Path

PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
DECLARED = [
    Requirement(line)
    for lines in (PROJECT["dependencies"], *PROJECT["optional-dependencies"].values())
    for line in lines
]
ISSUE_FORMS = sorted(one for one in (ROOT / ".github" / "ISSUE_TEMPLATE").glob("*.yml") if one.name != "config.yml")
OUTSIDE = [ROOT / name for name in ("publiccode.yml", "constraints.txt", ".pre-commit-config.yaml", ".editorconfig")]


def read_yaml(path: Path) -> Any:  # noqa: ANN401 - whatever the file says
    """Return what a YAML file says."""
    return yaml.safe_load(path.read_text("utf-8"))


def test_the_distribution_has_the_name_that_messages_say() -> None:
    """An advice to install names what pyproject.toml makes; its extras take each other by that name."""
    assert PROJECT["name"] == DISTRIBUTION
    assert {one.name for one in DECLARED if one.extras} <= {DISTRIBUTION}


# --- Versions --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("one", [one for one in DECLARED if one.name != DISTRIBUTION], ids=str)
def test_each_dependency_has_a_tested_version(one: Requirement) -> None:
    """constraints.txt has a version of it, within what pyproject.toml allows; where not: `just constraints`."""
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    tested = dict(line.split("==") for line in lines if not line.startswith("#"))
    assert canonicalize_name(one.name) in tested
    assert one.specifier.contains(tested[canonicalize_name(one.name)], prereleases=True)


def test_constraints_hold_no_address() -> None:
    """Names and numbers only: where packages come from is each person's choice."""
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    assert [line for line in lines if not re.fullmatch(r"#.*|[a-z0-9-]+==[a-z0-9.+!]+", line)] == []


def test_an_upper_bound_has_its_reason() -> None:
    """Only a dependency that a comment or a decision page speaks of is held back."""
    bounded = {one.name for one in DECLARED if "<" in str(one.specifier)}
    assert bounded == {"typer", "typst"}  # decision 0001; what missing_glyphs.py reads


# --- Hooks and recipes -----------------------------------------------------------------------------------------------


def test_hooks_run_what_is_checked() -> None:
    """Each hook is a line of .ci/check, with the options that hooks need, and fetches nothing."""
    check = (ROOT / ".ci" / "check").read_text("utf-8").replace('"$bin/', ".venv/bin/").replace('"', "")
    (repository,) = read_yaml(ROOT / ".pre-commit-config.yaml")["repos"]
    assert repository["repo"] == "local"
    for hook in repository["hooks"]:
        assert hook["language"] == "unsupported"  # pre-commit's word for: the tool is there already
        assert hook["entry"].replace(" --force-exclude", "") in check


@pytest.mark.skipif(shutil.which("just") is None, reason="needs just")
def test_recipes_can_be_read() -> None:
    """The justfile has the things that CONTRIBUTING.md speaks of."""
    done = subprocess.run(["just", "--summary"], cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S607
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    assert set(done.stdout.split()) >= set(re.findall(r"`just (\w+)", text)) >= {"setup", "test", "check", "ci"}


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="needs the history")
def test_commits_that_blame_passes_over_exist() -> None:
    """Each line of .git-blame-ignore-revs is a commit of the history, unless that is shallow."""
    listed = re.findall(r"^[0-9a-f]{40}", (ROOT / ".git-blame-ignore-revs").read_text("utf-8"), re.MULTILINE)
    assert listed
    git = shutil.which("git") or pytest.skip("needs git")
    shallow = subprocess.run([git, "rev-parse", "--is-shallow-repository"], cwd=ROOT, capture_output=True, check=False)
    if shallow.stdout.strip() != b"false":
        pytest.skip("needs the whole history")
    for commit in listed:
        assert subprocess.run([git, "cat-file", "-e", f"{commit}^{{commit}}"], cwd=ROOT, check=False).returncode == 0


# --- Forms -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ISSUE_FORMS, ids=lambda path: path.stem)
def test_issue_forms(form: Path) -> None:
    """Each part has what a forge asks of its type, and an id of its own; each is in both languages."""
    said = read_yaml(form)
    assert "·" in said["name"]
    assert said["description"]
    ids = [part["id"] for part in said["body"] if part["type"] != "markdown"]
    assert len(ids) == len(set(ids))
    assert any(part.get("validations", {}).get("required") for part in said["body"])
    for part in said["body"]:
        asked = {"markdown": "value", "checkboxes": "options", "dropdown": "options"}.get(part["type"], "label")
        assert part["attributes"][asked]
        assert part["type"] == "markdown" or part["attributes"]["label"]


def test_the_workflow_runs_what_counts() -> None:
    """.ci/run on Linux; the tests on three systems and every Python that pyproject.toml admits."""
    jobs = read_yaml(ROOT / ".github" / "workflows" / "checks.yml")["jobs"]
    assert {"run": ".ci/run"} in jobs["all-holds"]["steps"]
    matrix = jobs["tests"]["strategy"]["matrix"]
    assert matrix["os"] == ["ubuntu-latest", "macos-latest", "windows-latest"]
    assert matrix["python"] == ["3.11", "3.12", "3.13", "3.14"]
    assert PROJECT["requires-python"] == ">=3.11"


# --- publiccode.yml --------------------------------------------------------------------------------------------------


def test_publiccode_follows_the_standard() -> None:
    """What version 0 of the standard makes mandatory is there, within its lengths and words."""
    said = read_yaml(ROOT / "publiccode.yml")
    assert said["publiccodeYmlVersion"] == "0"
    assert said["url"].startswith("https://")
    assert set(said["platforms"]) <= {"web", "windows", "mac", "linux", "ios", "android"}
    assert said["developmentStatus"] in {"concept", "development", "beta", "stable", "obsolete"}
    assert said["softwareType"] in {"standalone/desktop", "standalone/other", "library"}
    assert said["legal"]["license"] == PROJECT["license"]
    assert said["maintenance"]["type"] == "community"
    assert all(contact["name"] for contact in said["maintenance"]["contacts"])
    assert said["localisation"] == {"localisationReady": True, "availableLanguages": ["fr", "en"]}
    assert list(said["description"]) == ["fr", "en"]
    for texts in said["description"].values():
        assert len(texts["shortDescription"]) <= 150
        assert 150 <= len(texts["longDescription"]) <= 10_000
        assert 5 <= len(texts["features"]) <= 20
    assert said.get("softwareVersion", __version__) == __version__
    assert f">={said['dependsOn']['open'][0]['versionMin']}" == PROJECT["requires-python"]


@pytest.mark.parametrize("path", OUTSIDE, ids=lambda path: path.name)
def test_text_files_end_as_the_editor_is_told(path: Path) -> None:
    """As .editorconfig says: UTF-8, LF, a newline at the end, none before it."""
    text = path.read_bytes().decode("utf-8")
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    assert "\r" not in text
