"""The check of a question set: every problem a line, with its row and the cure."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from typer.testing import CliRunner

from eval.commands.check import check_command
from eval.sets.check import Checked, check_set
from eval.sources import Source
from rag.terminal import KoreanCommand, korean_cli
from tests.sheet_files import ROW, TITLES, csv_file, xlsx_file

SAMPLES = Path(__file__).parent.parent / "samples"
REPORT = Source(
    id="한빛_2025_계획",
    title="2025년 한빛시 주요업무계획",
    lines=("□ 사업개요", "○ 선발인원 : 총 7,830명", "○ 소요예산 : 57,229백만원", "□ 향후계획"),
    pages=(1, 1, 2, 3),
    file="한빛_2025_계획.pdf",
)
SOURCES = {REPORT.id: REPORT}
GOLD: Mapping[str, object] = {
    "id": "가-1",
    "question": "몇 명을 뽑나요?",
    "answer": "7,830명",
    "evidence": [{"doc": "한빛_2025", "line_start": 2, "quote": "총 7,830명", "page": 1}],
}


def _set(folder: Path, *rows: Mapping[str, object]) -> Path:
    path = folder / "질문.jsonl"
    lines = (json.dumps(row, ensure_ascii=False) for row in rows)
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def _place(folder: Path, place: Mapping[str, object], answer: str = "7,830명") -> Checked:
    """What is said of one place of evidence."""
    row = {**GOLD, "answer": answer, "evidence": [{"doc": "한빛_2025_계획", **place}]}
    return check_set(_set(folder, row), SOURCES)


def _run(*arguments: str | Path) -> tuple[int, list[str]]:
    cli = korean_cli("시험")
    cli.command("check", cls=KoreanCommand)(check_command)
    ran = CliRunner().invoke(cli, list(map(str, arguments)))
    return ran.exit_code, ran.output.splitlines()


# The set itself


def test_all_problems_are_told_at_once(tmp_path: Path) -> None:
    path = _set(tmp_path, GOLD, {**GOLD, "question": 7}, GOLD, {"id": "나", "question": "?"})
    path.write_text(path.read_text(encoding="utf-8") + "\n{\n", encoding="utf-8")
    assert [error.split(": ")[0] for error in check_set(path, {}).errors] == [
        "질문.jsonl 2행",
        "질문.jsonl 5행",
        "질문.jsonl 3행",
        "질문.jsonl 4행",
    ]


def test_all_problems_of_a_sheet_are_told_at_once(tmp_path: Path) -> None:
    for make in (csv_file, xlsx_file):
        path = make(
            tmp_path,
            TITLES,
            ROW,
            ("가-2", "?", "답", "한빛", "앞쪽"),
            ROW,
            ("", "", "7명", "", ""),
            ("가-3", "?", "", "", ""),
        )
        checked = check_set(path, {})
        assert [error.split(": ")[0] for error in checked.errors] == [
            f"{path.name} {row}행" for row in (3, 5, 4, 6)
        ]
        assert (checked.questions, checked.with_evidence) == (3, 2)


def test_one_line_tells_that_a_set_has_no_answers(tmp_path: Path) -> None:
    checked = check_set(csv_file(tmp_path, ("질문",), ("몇 명?",), ("언제?",)), SOURCES)
    assert checked.errors == ()
    assert [text[:20] for text in checked.warnings] == ["정답이 하나도 없는 질문 묶음입니다."]


def test_a_set_without_questions_or_with_too_many_is_one_error(tmp_path: Path) -> None:
    [none] = check_set(csv_file(tmp_path, TITLES), {}).errors
    assert "질문이 없습니다" in none
    [many] = check_set(csv_file(tmp_path, ("질문",), *[("몇 명?",)] * 50_000), {}).errors
    assert "질문이 20,000개를 넘습니다. 20,000개까지 되도록" in many


def test_the_samples_have_no_problem() -> None:
    from eval.sources import sources_in

    checked = check_set(SAMPLES / "questions.jsonl", sources_in(SAMPLES))
    assert (checked.errors, checked.warnings) == ((), ())
    assert (checked.questions, checked.with_evidence) == (40, 33)


# Against the reports


@pytest.mark.parametrize(
    ("place", "error"),
    [
        (
            {"doc": "한빛_2025_게획"},
            "문서 `한빛_2025_게획`: 찾지 못했습니다. 혹시",
        ),
        ({"doc": "2025 한빛시 주요업무계획"}, "혹시 `한빛_2025_계획`입니까? 이름을 고쳐 주세요."),
        ({"doc": "zzz"}, "문서 `zzz`: 찾지 못했습니다. 있는 문서: 한빛_2025_계획."),
        ({"line_start": 5}, "5번째 줄: 보고서는 4줄입니다. 줄 번호를 고쳐 주세요."),
        ({"line_start": 1, "line_end": 9}, "9번째 줄: 보고서는 4줄입니다."),
        ({"page": 4}, "4쪽: 보고서는 3쪽까지입니다. 쪽을 고쳐 주세요."),
        (
            {"quote": "선발인원 : 총 7,380명"},
            "인용문 “선발인원 : 총 7,380명”: 보고서에 없습니다. "
            "비슷한 줄: “○ 선발인원 : 총 7,830명”.",
        ),
        ({"quote": "XYZ"}, "인용문 “XYZ”: 보고서에 없습니다. 원문에서 옮겨 적어 주세요."),
    ],
)
def test_what_the_report_does_not_have_is_an_error(
    tmp_path: Path, place: dict[str, object], error: str
) -> None:
    [said] = _place(tmp_path, place).errors
    assert said.startswith("질문.jsonl 1행: ")
    assert error in said


def test_a_name_that_fits_several_reports_is_a_warning(tmp_path: Path) -> None:
    other = Source(id="한빛_2025_성과", title="성과", lines=("총 7,830명",))
    checked = check_set(_set(tmp_path, GOLD), {**SOURCES, other.id: other})
    assert checked.errors == ()
    [said] = checked.warnings
    assert "이렇게 시작하는 보고서가 2개입니다(한빛_2025_계획, 한빛_2025_성과)" in said


@pytest.mark.parametrize(
    ("place", "warning"),
    [
        ({"quote": "총 7,830명", "page": 2}, "“총 7,830명”: 2쪽이 아니라 1쪽에 있습니다."),
        ({"quote": "총 7,830명", "line_start": 4}, "다른 질문이 1개입니다(질문.jsonl 1행)."),
        ({"line_start": 3}, "정답의 수 7,830: 근거로 적은 줄에 없습니다."),
        ({"page": 2}, "정답의 수 7,830: 근거로 적은 줄에 없습니다."),
    ],
)
def test_what_does_not_fit_together_is_a_warning(
    tmp_path: Path, place: dict[str, object], warning: str
) -> None:
    checked = _place(tmp_path, place)
    assert checked.errors == ()
    assert any(warning in said for said in checked.warnings)


@pytest.mark.parametrize(
    "answer",
    [
        "7,830명",
        "총 7,830명입니다.",
        "2025년 3월 7,830명",
        "① 7,830명(7천830명)",
        "2025. 3. 1. 개관",
    ],
)
def test_figures_that_stand_there_or_are_not_sought_pass(tmp_path: Path, answer: str) -> None:
    assert _place(tmp_path, {"line_start": 2}, answer).warnings == ()


@pytest.mark.parametrize(("of_type", "count"), [("fact", 1), ("compare", 0), ("calculation", 0)])
def test_a_figure_that_must_be_worked_out_is_not_sought(
    tmp_path: Path, of_type: str, count: int
) -> None:
    row = {**GOLD, "answer": "49,399명", "type": of_type}
    assert len(check_set(_set(tmp_path, row), SOURCES).warnings) == count


def test_each_of_several_places_is_named(tmp_path: Path) -> None:
    places = [{"doc": "한빛", "page": 1}, {"doc": "없음", "page": 1}]
    [said] = check_set(_set(tmp_path, {**GOLD, "evidence": places}), SOURCES).errors
    assert said.startswith("질문.jsonl 1행 근거 2번째: 문서 `없음`")


def test_documents_of_a_benchmark_are_known_by_their_whole_id(tmp_path: Path) -> None:
    places = [{"doc": "한빛", "whole_id": True}, {"doc": REPORT.id, "whole_id": True}]
    [said] = check_set(_set(tmp_path, {**GOLD, "evidence": places}), SOURCES).errors
    assert "문서 `한빛`: 찾지 못했습니다. 이 폴더의 corpus.jsonl을" in said


# The command


def test_the_command_tells_that_nothing_is_wrong() -> None:
    code, lines = _run(SAMPLES / "questions.jsonl", "--reports", SAMPLES)
    assert (code, lines) == (0, ["문제가 없습니다. 질문 40개(근거 있는 질문 33개)."])


def test_the_command_tells_what_it_did_not_look_at() -> None:
    code, lines = _run(SAMPLES / "questions.jsonl")
    assert code == 0
    assert lines[-1].startswith("문서·쪽·줄·인용문이 보고서와 맞는지는 보지 않았습니다.")


def test_warnings_alone_do_not_fail(tmp_path: Path) -> None:
    (tmp_path / "한빛_2025.txt").write_text("○ 총 7,830명\n○ 강남구", encoding="utf-8")
    code, lines = _run(_set(tmp_path, GOLD), "--reports", tmp_path)
    assert code == 0
    assert lines[0].startswith("주의: 줄 번호가 인용문의 자리와 다른 질문이 1개입니다")
    assert lines[-1] == "질문 1개(근거 있는 질문 1개): 오류 0건, 주의 1건."


def test_errors_fail_and_only_the_first_fifty_are_shown(tmp_path: Path) -> None:
    code, lines = _run(csv_file(tmp_path, TITLES, *[ROW] * 61))
    assert code == 1
    assert lines[0] == (
        "오류: 질문.csv 3행: `번호` `가-1`가 질문.csv 2행에도 있습니다. 서로 다른 값을 붙여 주세요."
    )
    assert lines[49].startswith("오류: 질문.csv 52행")
    assert lines[50:52] == ["외 10건", "질문 61개(근거 있는 질문 61개): 오류 60건, 주의 0건."]


@pytest.mark.parametrize("name", ["없음.xlsx", "없음.csv", "없음.jsonl"])
def test_a_file_that_cannot_be_read_is_one_line(tmp_path: Path, name: str) -> None:
    code, [line] = _run(tmp_path / name)
    assert code == 1
    assert line.endswith("파일이 없습니다. 경로를 확인해 주세요.")
