"""What all commands share: help, mistakes and errors in Korean, UTF-8 whatever the locale."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from rag.errors import RagError

# Typer's own words, in the help and in what it says of a mistyped command.
_HELP = {
    r"^Usage: ": "사용법: ",
    r"^Arguments:$": "인자:",
    r"^Options:$": "선택 사항:",
    r"^Commands:$": "명령:",
    r"\[OPTIONS\]": "[선택 사항]",
    r"COMMAND \[ARGS\]\.\.\.": "명령 [인자]...",
    r"Show this message and exit\.": "이 도움말을 보여 줍니다.",
    r"\[required\]": "[필수]",
    r"\[default: (.*?)\]": r"[기본값: \1]",
    r" <(?:str|path|list\[\w+\])>": "",
    r" <int range>": " 수" + 9 * " ",
    r" <int>": " 수" + 3 * " ",
    r"(?<= )\{([^}\n]+)\}": r"\1",
    r"(\d+)<=x<=(\d+)": r"\1–\2",
}
_MISTAKES = {
    r"Missing (?:argument|option) ('.*?')\.": r"\1을(를) 적어 주세요.",
    r"Missing command\.": "명령을 적어 주세요.",
    r"No such option: (\S+).*": r"\1: 없는 선택 사항입니다.",
    r"No such command ('.*?')\..*": r"\1: 없는 명령입니다.",
    r"Got unexpected extra argument\S* \((.*)\)": r"\1: 남는 인자입니다.",
    r"Option ('.*?') requires .*": r"\1 뒤에 값을 적어 주세요.",
    r"Invalid value for (.*?): .*greater than or equal to (\d+)": r"\1에는 \2 이상을 적어 주세요.",
    r"Invalid value for (.*?): .*less than or equal to (\d+)": r"\1에는 \2 이하를 적어 주세요.",
    r"Invalid value for (.*?): .*is not one of (.*)\.": r"\1에는 \2 가운데 하나를 적어 주세요.",
    r"Invalid value for (.*?): .*valid int.*": r"\1에는 수를 적어 주세요.",
    r"Invalid value for (.*?): .*": r"\1의 값이 알맞지 않습니다.",
}


def _in_korean(text: str, words: dict[str, str]) -> str:
    for english, korean in words.items():
        text = re.sub(english, korean, text, flags=re.M)
    return text


class KoreanCommand(TyperCommand):
    """A command whose help is Korean throughout."""

    def get_help(self, ctx: Any) -> str:
        """As Typer writes it, in Korean."""
        return _in_korean(super().get_help(ctx), _HELP)


class KoreanGroup(TyperGroup):
    """The commands of one program; a mistyped one ends in one Korean line and exit code 2."""

    def get_help(self, ctx: Any) -> str:
        """As Typer writes it, in Korean."""
        return _in_korean(super().get_help(ctx), _HELP)

    def main(self, *args: Any, **settings: Any) -> Any:
        """Run, and end the process unless told otherwise."""
        alone, settings["standalone_mode"] = settings.get("standalone_mode", True), False
        if not alone:
            return super().main(*args, **settings)
        try:
            sys.exit(super().main(*args, **settings) or 0)
        except typer.TyperException as mistake:
            said = mistake.format_message()
            known = _in_korean(said, _MISTAKES)
            shown = said if "\n" in said else f"오류: {known} `--help`로 사용법을 볼 수 있습니다."
            typer.echo(shown, err=True)  # several lines: the help itself, when nothing was typed
            sys.exit(mistake.exit_code)


def korean_cli(about: str) -> typer.Typer:
    """An empty program; give its commands `cls=KoreanCommand`."""
    return typer.Typer(
        cls=KoreanGroup,
        help=about,
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
    )


@contextmanager
def errors_in_korean() -> Iterator[None]:
    """Our own errors end in one line and exit code 1; the rest are bugs and keep their trace."""
    try:
        yield
    except RagError as error:
        typer.echo(f"오류: {error}", err=True)
        raise typer.Exit(1) from error


def run(program: typer.Typer) -> None:
    """Start the program; in a C locale Hangul would not print."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    program()
