from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from typer.testing import CliRunner, Result

from index.__main__ import app
from rag.settings import Settings
from tests.build_fakes import HashedPairs

ROOT = Path(__file__).parent.parent
Load = Callable[..., HashedPairs]


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    folder = tmp_path / "보고서"
    folder.mkdir()
    (folder / "일자리.txt").write_text("Ⅰ. 현황\n청년 일자리 예산 57,229백만원\n", encoding="utf-8")
    (folder / "주택.txt").write_text("Ⅰ. 주택\n빈집 매입 300호\n", encoding="utf-8")
    return folder


@pytest.fixture
def index(tmp_path: Path) -> Path:
    return tmp_path / "index"


def small_model(settings: Settings, *, progress: Callable[[str], None]) -> HashedPairs:
    return HashedPairs()


def run(*arguments: str | Path, load: Load = small_model) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments], obj=load)


def test_each_file_and_the_whole_are_told_on_standard_output(reports: Path, index: Path) -> None:
    (reports / "빈 파일.txt").write_text("", encoding="utf-8")
    result = run("build", reports, "-o", index)
    lines = [line.split("\t") for line in result.stdout.splitlines()]
    assert result.exit_code == 0
    assert [line[0] for line in lines[:-2]] == ["실패", "추가", "추가"]
    assert lines[1][1] == str(reports / "일자리.txt")
    assert lines[1][2].startswith("쪽 정보 없음, ")
    assert lines[-2] == ["파일 3개: 읽음 2개, 그대로 0개, 실패 1개"]
    assert lines[-1][0].startswith(f"색인 {index}: 보고서 2건, ")


def test_a_second_build_finds_nothing_to_do_and_loads_no_model(reports: Path, index: Path) -> None:
    def no_model(settings: Settings, *, progress: Callable[[str], None]) -> HashedPairs:
        raise AssertionError("loaded")

    run("build", reports, "-o", index)
    result = run("build", reports, "-o", index, load=no_model)
    assert result.exit_code == 0
    assert result.stdout.count("그대로\t") == 2


def test_status_names_the_model_and_the_reports(reports: Path, index: Path) -> None:
    run("build", reports, "-o", index)
    result = run("status", "-o", index)
    assert "임베딩 모델: pairs (64차원)" in result.stdout
    assert [line.split("\t")[0] for line in result.stdout.splitlines()[-2:]] == ["일자리", "주택"]


def test_tables_are_told_by_build_and_status(tmp_path: Path, index: Path) -> None:
    written = docx.Document()
    table = written.add_table(2, 2)
    for at, text in enumerate(("구", "인원", "라온구", "3명")):
        table.cell(at // 2, at % 2).text = text
    path = tmp_path / "표.docx"
    written.save(str(path))
    assert ", 표 1개, 대목 " in run("build", path, "-o", index).stdout
    assert ", 표 1개, 대목 " in run("status", "-o", index).stdout


def test_a_removed_report_is_no_longer_listed(reports: Path, index: Path) -> None:
    run("build", reports, "-o", index)
    result = run("remove", "주택", "-o", index)
    assert result.exit_code == 0
    assert result.stdout.startswith("주택: 색인에서 뺐습니다. 남은 색인: 보고서 1건, ")
    assert "주택" not in run("status", "-o", index).stdout


def _raise(error: BaseException) -> Load:
    def load(settings: Settings, *, progress: Callable[[str], None]) -> HashedPairs:
        raise error

    return load


@pytest.mark.parametrize(
    ("error", "code", "message"),
    [
        (KeyboardInterrupt(), 130, "중단했습니다. 있던 색인은 그대로입니다."),
        (OSError(errno.ENOSPC, "No space"), 1, "디스크에 남은 공간이 없습니다."),
        (PermissionError(errno.EACCES, "Permission denied", "/색인"), 1, "/색인에 쓸 수 없습니다."),
    ],
    ids=["ctrl-c", "full-disk", "not-allowed"],
)
def test_what_stops_a_build_is_told_in_korean(
    reports: Path, index: Path, error: BaseException, code: int, message: str
) -> None:
    run("build", reports / "주택.txt", "-o", index)
    result = run("build", reports, "-o", index, load=_raise(error))
    assert (result.exit_code, result.stdout) == (code, "")
    assert message in result.stderr
    assert "보고서 1건" in run("status", "-o", index).stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["build", "없는 폴더", "-o", "INDEX"], "없는 폴더"),
        (["build", "EMPTY", "-o", "INDEX"], "보고서"),
        (["status", "-o", "INDEX"], "색인이 없습니다"),
        (["remove", "주택", "-o", "INDEX"], "색인이 없습니다"),
    ],
    ids=["missing", "empty", "status", "remove"],
)
def test_a_user_s_mistake_is_one_korean_line(
    tmp_path: Path, arguments: list[str], message: str
) -> None:
    (tmp_path / "EMPTY").mkdir()
    places = {"INDEX": str(tmp_path / "index"), "EMPTY": str(tmp_path / "EMPTY")}
    result = run(*(places.get(argument, argument) for argument in arguments))
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("오류: ")
    assert message in result.stderr
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize("inside", ["", "/색인"], ids=["a-file", "in-a-file"])
def test_an_index_cannot_stand_where_a_file_is(reports: Path, tmp_path: Path, inside: str) -> None:
    (tmp_path / "파일").write_text("", encoding="utf-8")
    result = run("build", reports, "-o", f"{tmp_path / '파일'}{inside}")
    assert result.exit_code == 1
    assert "폴더가 아닙니다" in result.stderr


def test_when_no_file_could_be_read_the_build_fails(tmp_path: Path, index: Path) -> None:
    (tmp_path / "빈 파일.txt").write_text("", encoding="utf-8")
    result = run("build", tmp_path / "빈 파일.txt", "-o", index)
    assert result.exit_code == 1
    assert result.stdout.startswith("실패\t")
    assert "색인한 보고서가 없습니다" in result.stderr


@pytest.mark.parametrize("command", ["build", "status", "remove"])
def test_every_command_has_korean_help(command: str) -> None:
    result = run(command, "--help")
    assert result.exit_code == 0
    assert "색인" in result.stdout


def test_help_loads_neither_torch_nor_kiwi() -> None:
    slow = {"torch", "kiwipiepy", "faiss", "tantivy", "transformers"}
    code = f"import sys, index.__main__; print(sorted({slow} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True)
    assert done.stdout.decode().strip() == "[]"


@pytest.mark.slow
def test_the_samples_are_indexed_with_the_real_model(index: Path) -> None:
    def python_m_index(*arguments: str) -> str:
        command = [sys.executable, "-m", "index", *arguments, "-o", str(index)]
        environment = os.environ | {"LC_ALL": "C"}
        done = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, env=environment)
        return done.stdout.decode("utf-8")

    assert "추가" in python_m_index("build", "samples")
    assert "multilingual-e5-small" in python_m_index("status")
