"""pyproject.toml, requirements.lock and environment.yml say the same."""

import re
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parents[1]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
RUNTIME = [Requirement(line) for line in PYPROJECT["project"]["dependencies"]]
DEV = [Requirement(line) for line in PYPROJECT["project"]["optional-dependencies"]["dev"]]
LOCK = (ROOT / "requirements.lock").read_text("utf-8")
ENVIRONMENT = yaml.safe_load((ROOT / "environment.yml").read_text("utf-8"))
FROM_CONDA = ["pandas", "jupyterlab", "matplotlib", "openpyxl", "papermill"]


def locked() -> dict[str, list[tuple[Version, list[str]]]]:
    """Name → its pins, each with its hashes; a name has several pins where they depend on the system."""
    pins: dict[str, list[tuple[Version, list[str]]]] = {}
    for entry in re.split(r"\n(?=\S)", LOCK):
        if not entry.startswith("#"):
            name, version = re.match(r"([\w.-]+)==(\S+)", entry).groups()
            hashes = re.findall(r"--hash=(sha256:[0-9a-f]{64})(?= \\$|$)", entry, re.MULTILINE)
            pins.setdefault(canonicalize_name(name), []).append((Version(version), hashes))
    return pins


def conda_lines() -> list[str]:
    return [line for line in ENVIRONMENT["dependencies"] if isinstance(line, str)]


def pip_lines() -> list[str]:
    (lines,) = [line["pip"] for line in ENVIRONMENT["dependencies"] if isinstance(line, dict)]
    return lines


@pytest.mark.parametrize("wanted", RUNTIME + DEV, ids=lambda wanted: wanted.name)
def test_direct_dependency_is_locked_inside_its_range(wanted):
    pins = locked().get(canonicalize_name(wanted.name))
    assert pins, f"{wanted.name} is not in requirements.lock: run make lock"
    for version, _ in pins:
        assert version in wanted.specifier, f"{wanted.name} {version} is outside {wanted.specifier}: run make lock"


@pytest.mark.parametrize("wanted", RUNTIME + DEV, ids=lambda wanted: wanted.name)
def test_direct_dependency_has_both_bounds(wanted):
    operators = {part.operator for part in wanted.specifier}
    assert operators in ({">=", "<"}, {"=="})


def test_every_pin_has_hashes():
    without = [name for name, pins in locked().items() for _, hashes in pins if not hashes]
    assert not without


def test_lock_names_no_host():
    assert "://" not in LOCK
    assert not re.search(r"^-|^\S+ @ ", LOCK, re.MULTILINE), "an option or a direct reference"


def test_uv_is_the_same_everywhere():
    (uv,) = [wanted for wanted in DEV if wanted.name == "uv"]
    assert [f"=={version}" for version, _ in locked()["uv"]] == [str(uv.specifier)]
    assert not re.search(r"uv==\d", (ROOT / "Makefile").read_text("utf-8")), "make reads it from the lock"


def test_conda_packages_have_the_ranges_of_pyproject():
    ranges = {wanted.name: wanted.specifier for wanted in RUNTIME}
    conda = {wanted.name: wanted.specifier for wanted in map(Requirement, conda_lines())}
    assert ENVIRONMENT["channels"] == ["conda-forge"]
    assert {name: conda[name] for name in FROM_CONDA} == {name: ranges[name] for name in FROM_CONDA}
    assert set(conda) == {"python", "pip", *FROM_CONDA}


def test_pip_list_is_the_rest_and_the_project_itself():
    *others, project = pip_lines()
    assert project == "-e ."
    assert [str(Requirement(line)) for line in others] == [
        str(wanted) for wanted in RUNTIME if wanted.name not in FROM_CONDA
    ]


def test_python_is_the_same_everywhere():
    wanted = PYPROJECT["project"]["requires-python"]
    (python,) = [line for line in conda_lines() if re.match(r"python\b", line)]
    assert python == f"python{wanted}"
    lowest = re.fullmatch(r">=(3)\.(\d+)", wanted).groups()
    makefile = (ROOT / "Makefile").read_text("utf-8")
    assert f"v >= ({', '.join(lowest)})" in makefile
    assert f"--python-version {'.'.join(lowest)}" in makefile
    assert PYPROJECT["tool"]["ruff"]["target-version"] == f"py{''.join(lowest)}"


def test_sources_name_no_package_registry():
    """A public source is the project or decision itself, not the page of a registry that carries a package."""
    urls = (ROOT / "data/reference/sources.csv").read_text("utf-8")
    registries = ("py" + "pi.org", "np" + "mjs.com", "cran.r-" + "project.org")
    assert not [host for host in registries if host in urls]
