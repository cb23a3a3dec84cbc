from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from eval.__main__ import cli as eval_program
from index.__main__ import app as index_program
from rag.assistant import Assistant
from rag.cli import app
from tests.garam import PAST, PLAN

ROOT = Path(__file__).parent.parent
BUDGET = "2024년 새싹 일자리 사업의 소요예산은 얼마인가요?"
PROGRAMS = {"rag": app, "index": index_program, "eval": eval_program}
TYPER_S_WORDS = ("Usage", "Options", "Arguments", "Commands", "Show this", "required", "default:")


def _run(assistant: Assistant, *arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments), obj=lambda index: assistant)


def _fails(*arguments: str | Path) -> str:
    """What a command writes that ends in our own error: one line."""
    result = CliRunner().invoke(app, [str(argument) for argument in arguments])
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("오류: ")
    assert result.stderr.count("\n") == 1
    return result.stderr


def test_an_answer_is_shown_with_its_evidence(assistant: Assistant) -> None:
    result = _run(assistant, "ask", BUDGET, "--report", PLAN)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith("57,229백만원(약 572억 원)입니다")
    assert (
        "[1] 「2024년 주요업무 추진계획」 3쪽, "
        "Ⅱ. 주요업무 추진계획 › 1 새싹 일자리 사업 › □ 사업개요 (원문 26행)"
        "\n      - 소요예산 : 57,229백만원"
    ) in result.stdout


def test_an_answer_as_json_is_one_line_of_the_contract(assistant: Assistant) -> None:
    result = _run(assistant, "ask", BUDGET, "--json")
    assert result.stdout.count("\n") == 1
    sent = json.loads(result.stdout)
    assert list(sent) == ["question", "answer", "abstained", "reason", "citations", "retrieved"]
    assert sent["citations"][0]["doc"] == PLAN
    assert len(sent["retrieved"]) == 10


def test_a_refusal_is_a_result_and_not_an_error(assistant: Assistant) -> None:
    result = _run(assistant, "ask", "2019년 물길버스 소요예산은 얼마인가요?")
    assert result.exit_code == 0
    assert result.stdout.startswith("2019년의 내용은 보고서에서 찾지 못했습니다.")


def test_a_search_shows_passages_numbered(assistant: Assistant) -> None:
    result = _run(assistant, "search", "물길버스 소요예산", "-k", "2", "--report", PAST)
    assert result.stdout.startswith("1. 「2023년 주요업무 추진계획」 2쪽, Ⅰ. 주요업무 추진계획 › ")
    assert "\n   - 소요예산 : 1,890백만원" in result.stdout
    assert "\n\n2. 「2023년 주요업무 추진계획」" in result.stdout


def test_a_search_as_json_names_places(assistant: Assistant) -> None:
    result = _run(assistant, "search", "물길버스 소요예산", "-k", "3", "--json")
    sent = json.loads(result.stdout)
    assert list(sent) == ["question", "retrieved"]
    assert [set(found) for found in sent["retrieved"]] == [
        {"doc", "page", "line_start", "line_end", "score"}
    ] * 3


@pytest.mark.parametrize("command", ["ask", "search"])
@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["?!"], "질문을 입력해 주세요."),
        (["가" * 10_000], "질문이 너무 깁니다(10,000자)."),
        (["예산은?", "--report", "없음"], "색인에 없는 보고서입니다: 없음."),
    ],
)
def test_a_question_that_cannot_be_asked_is_one_korean_line(
    assistant: Assistant, command: str, arguments: list[str], words: str
) -> None:
    result = _run(assistant, command, *arguments)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith(f"오류: {words}")
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize("command", ["ask", "search"])
def test_without_an_index_it_says_how_to_build_one(tmp_path: Path, command: str) -> None:
    assert "python -m index build" in _fails(command, BUDGET, "--index", tmp_path / "none")


def test_a_damaged_index_is_said_to_be_damaged(garam_index: Path, tmp_path: Path) -> None:
    damaged = tmp_path / "index"
    shutil.copytree(garam_index, damaged)
    (rows,) = damaged.rglob("index.sqlite")
    rows.write_bytes(b"broken" + rows.read_bytes()[6:])
    assert "색인이 손상되었습니다" in _fails("ask", BUDGET, "--index", damaged)


def test_an_unfinished_index_is_none(garam_index: Path, tmp_path: Path) -> None:
    unfinished = tmp_path / "index"
    shutil.copytree(garam_index, unfinished)
    (unfinished / "manifest.json").unlink()
    assert "색인이 없습니다" in _fails("ask", BUDGET, "--index", unfinished)


def test_a_setting_that_does_not_fit_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RAG_PASSAGES", "0")
    assert "RAG_PASSAGES" in _fails("ask", BUDGET)


@pytest.mark.parametrize("name", PROGRAMS)
def test_help_is_korean_throughout(name: str) -> None:
    for arguments in ([], *([command.name] for command in PROGRAMS[name].registered_commands)):
        shown = CliRunner().invoke(PROGRAMS[name], [*map(str, filter(None, arguments)), "--help"])
        assert shown.exit_code == 0
        assert shown.stdout.startswith("사용법: ")
        assert "이 도움말을 보여 줍니다." in shown.stdout
        assert [word for word in TYPER_S_WORDS if word in shown.stdout] == []


@pytest.mark.parametrize("name", PROGRAMS)
def test_a_command_without_a_name_shows_the_help(name: str) -> None:
    result = CliRunner().invoke(PROGRAMS[name], [])
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("사용법: ")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["ask"], "'질문'을(를) 적어 주세요."),
        (["ask", "예산", "--inde", "x"], "--inde: 없는 선택 사항입니다."),
        (["ask", "예산", "대상"], "대상: 남는 인자입니다."),
        (["aks"], "'aks': 없는 명령입니다."),
        (["search", "예산", "-k"], "'-k' 뒤에 값을 적어 주세요."),
        (["search", "예산", "-k", "0"], "'-k'에는 1 이상을 적어 주세요."),
        (["search", "예산", "-k", "열"], "'-k'에는 수를 적어 주세요."),
    ],
)
def test_a_mistyped_command_is_one_korean_line(arguments: list[str], words: str) -> None:
    result = CliRunner().invoke(app, arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == f"오류: {words} `--help`로 사용법을 볼 수 있습니다.\n"


def test_a_bug_keeps_its_trace() -> None:
    def broken(index: Path | None) -> Assistant:
        raise ZeroDivisionError

    result = CliRunner().invoke(app, ["ask", "예산은?"], obj=broken)
    assert isinstance(result.exception, ZeroDivisionError)


def test_ctrl_c_ends_quietly() -> None:
    def stopped(index: Path | None) -> Assistant:
        raise KeyboardInterrupt

    result = CliRunner().invoke(app, ["ask", "예산은?"], obj=stopped)
    assert (result.exit_code, result.stdout) == (130, "")


def test_a_group_used_inside_another_program_leaves_mistakes_to_it() -> None:
    with pytest.raises(typer.TyperException):
        typer.main.get_command(app).main(["aks"], standalone_mode=False)


def test_help_in_a_c_locale_is_utf_8_and_loads_no_index() -> None:
    code = "import sys, rag.cli; rag.cli.main()"
    environment = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"}
    done = subprocess.run(
        [sys.executable, "-c", code, "--help"], cwd=ROOT, capture_output=True, env=environment
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert "사용법: " in done.stdout.decode("utf-8")
