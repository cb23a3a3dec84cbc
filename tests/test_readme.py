"""What a user can type is explained in Korean by `--help` and stands in the README."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.main import get_group
from typer.testing import CliRunner

import app
from eval.__main__ import cli as eval_commands
from index.__main__ import app as index_commands
from rag.cli import app as rag_commands
from rag.settings import Settings

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
PARTS = {"index": index_commands, "rag": rag_commands, "eval": eval_commands}
COMMANDS = [f"{part} {name}" for part, typer in PARTS.items() for name in get_group(typer).commands]
TARGETS = re.findall(r"^([a-z]+):.*## ", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M)


def _is_korean(text: str) -> bool:
    return re.search("[가-힣]", text) is not None


def _options(help_text: str) -> set[str]:
    return set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", help_text)) - {"--help"}


@pytest.mark.parametrize("command", COMMANDS)
def test_help_explains_a_command_and_all_it_takes_in_korean(command: str) -> None:
    part, name = command.split()
    found = get_group(PARTS[part]).commands[name]
    assert _is_korean(found.help or "")
    assert [
        one.name for one in found.params if not _is_korean(getattr(one, "help", "") or "")
    ] == []


@pytest.mark.parametrize("command", COMMANDS)
def test_the_readme_shows_a_command_with_all_its_options(command: str) -> None:
    part, name = command.split()
    shown = CliRunner().invoke(PARTS[part], [name, "--help"], env={"COLUMNS": "200"})
    assert shown.exit_code == 0
    assert f"python -m {command}" in README
    assert {option for option in _options(shown.output) if option not in README} == set()


def test_the_readme_shows_the_chat_with_all_its_options(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        app.main(["--help"])
    shown = capsys.readouterr().out
    assert _is_korean(shown)
    assert "python app.py" in README
    assert {option for option in _options(shown) if option not in README} == set()


@pytest.mark.parametrize("target", TARGETS)
def test_the_readme_shows_every_make_target(target: str) -> None:
    assert re.search(rf"`?make {target}\b", README)


@pytest.mark.parametrize("name", Settings.model_fields)
def test_the_readme_shows_every_setting_with_its_default(name: str) -> None:
    default = Settings.model_fields[name].default
    assert re.search(
        rf"`RAG_{name.upper()}` \| {re.escape(f'`{default}`' if default else '')}", README
    )


def test_the_readme_names_no_file_that_is_not_there() -> None:
    links = re.findall(r"\]\((?!https?:|#)([^)]+)\)", README)
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_the_python_in_the_readme_is_python() -> None:
    blocks = re.findall(r"```python\n(.*?)```", README, re.S)
    assert blocks
    for block in blocks:
        compile(block, "README.md", "exec")
