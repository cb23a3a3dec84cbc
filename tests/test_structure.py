"""What holds of the whole tree: who may import whom, how long a file may be, what the lock pins."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PINS = [
    line
    for line in (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]
MAY_IMPORT = {
    "rag": {"rag"},
    "index": {"index", "rag"},
    "eval": {"eval", "rag"},
    "training": {"training", "eval", "rag"},
    "app": {"app", "rag"},
}
FILES = {
    part: sorted((ROOT / part).rglob("*.py")) if part != "app" else [ROOT / "app.py"]
    for part in MAY_IMPORT
}
CODE_IN_DISGUISE = {"cloudpickle", "dill", "joblib", "marshal", "pickle", "shelve"}
LONGEST_FILE = 260

each_file = pytest.mark.parametrize(
    "path",
    [path for files in FILES.values() for path in files],
    ids=lambda path: path.relative_to(ROOT).as_posix(),
)


def _imported(path: Path) -> Iterator[str]:
    """Top names of all imports, those inside functions too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield node.module.split(".")[0]


@pytest.mark.parametrize("part", MAY_IMPORT)
def test_every_part_is_there(part: str) -> None:
    assert FILES[part]


@each_file
def test_a_part_imports_only_the_parts_it_may(path: Path) -> None:
    part = path.relative_to(ROOT).with_suffix("").parts[0]
    assert set(_imported(path)) & MAY_IMPORT.keys() <= MAY_IMPORT[part]


@each_file
def test_nothing_is_read_that_could_run_code(path: Path) -> None:
    assert not set(_imported(path)) & CODE_IN_DISGUISE


@each_file
def test_a_file_can_be_read_in_one_sitting(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_FILE


def test_every_package_is_installed_with_the_project() -> None:
    packages = {
        ".".join(path.parent.relative_to(ROOT).parts)
        for files in FILES.values()
        for path in files
        if path.name == "__init__.py"
    }
    assert set(PROJECT["tool"]["setuptools"]["packages"]) == packages


def test_the_lock_pins_exactly_and_names_no_place() -> None:
    assert [pin for pin in PINS if not re.fullmatch(r"[\w.-]+==\d[A-Za-z0-9.]*", pin)] == []


def test_the_lock_pins_each_package_once_in_order() -> None:
    names = [canonicalize_name(pin.split("==")[0]) for pin in PINS]
    assert sorted(set(names)) == names


def _wanted() -> list[Requirement]:
    extras: dict[str, list[str]] = PROJECT["project"]["optional-dependencies"]
    lines = [
        *PROJECT["project"]["dependencies"],
        *(line for lines in extras.values() for line in lines),
    ]
    return [Requirement(line) for line in lines]


@pytest.mark.parametrize("wanted", _wanted(), ids=str)
def test_the_lock_holds_what_the_project_asks_for(wanted: Requirement) -> None:
    pinned = {
        canonicalize_name(name): version for name, _, version in (p.partition("==") for p in PINS)
    }
    assert pinned[canonicalize_name(wanted.name)] in wanted.specifier
