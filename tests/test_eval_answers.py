"""What a check tells of answers that nothing can give, and of columns that nobody reads."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from eval.sets.check import Checked, check_set
from tests.sheet_files import ROW, TITLES, csv_file, xlsx_file


def _checked(folder: Path, *rows: Mapping[str, object]) -> Checked:
    path = folder / "질문.jsonl"
    common = {"question": "몇 명?", "evidence": [{"doc": "한빛", "page": 1}]}
    lines = [json.dumps({"id": str(at), **common, **row}) for at, row in enumerate(rows)]
    path.write_text("\n".join(lines), encoding="utf-8")
    return check_set(path, {})


@pytest.mark.parametrize(
    ("row", "field", "told"),
    [
        ({"must_include": [[]]}, "must_include", ""),
        ({"must_include": [["7명"], ["/", "-"]]}, "must_include", "/ | -"),
        ({"answer": "-"}, "answer", "-"),
        ({"answer": "7명", "must_include": [["·"]]}, "must_include", "·"),
    ],
)
def test_words_that_no_answer_can_say_are_an_error(
    tmp_path: Path, row: Mapping[str, object], field: str, told: str
) -> None:
    [said] = _checked(tmp_path, row).errors
    assert said.startswith(f"질문.jsonl 1행: `{field}` ‘{told}’: 글자도 숫자도 없어")
    assert said.endswith("답이 없는 질문이면 `answerable`에 false를 적어 주세요.")


def test_a_sheet_tells_the_same_in_its_own_words(tmp_path: Path) -> None:
    path = csv_file(tmp_path, ("질문", "정답", "꼭 들어갈 말"), ("?", "7명", "/"), ("?", "-", ""))
    assert [said[: said.index("글자도")] for said in check_set(path, {}).errors] == [
        "질문.csv 2행: `꼭 들어갈 말` ‘/’: ",
        "질문.csv 3행: `정답` ‘-’: ",
    ]


def test_a_mark_that_a_table_has_can_be_said(tmp_path: Path) -> None:
    checked = _checked(
        tmp_path, {"answer": "○"}, {"answer": "50%"}, {"must_include": [["-", "가"]]}
    )
    assert (checked.errors, checked.warnings) == ((), ())


@pytest.mark.parametrize(
    "answer", ["없음", "보고서에 없음", "해당 없음", "알 수 없음.", "문서에는 관련 내용이 없습니다"]
)
def test_an_answer_that_there_is_none_is_a_warning(tmp_path: Path, answer: str) -> None:
    checked = _checked(tmp_path, {"answer": answer}, {"answer": answer, "answerable": False})
    assert checked.warnings == (
        f"질문.jsonl 1행: `answer` ‘{answer}’: 보고서에 답이 없는 질문이라는 뜻이면 "
        "`answerable`에 false를 적어 주세요.",
    )


@pytest.mark.parametrize("answer", ["무료", "변동 없음", "없음나루", "정보없음센터"])
def test_other_answers_are_not(tmp_path: Path, answer: str) -> None:
    assert _checked(tmp_path, {"answer": answer}).warnings == ()


def test_answers_left_blank_are_told_where_others_have_one(tmp_path: Path) -> None:
    [said] = _checked(tmp_path, {"answer": "7명"}, {}, {}).warnings
    assert said.startswith("정답이 빈 질문이 2개입니다(질문.jsonl 2행, 질문.jsonl 3행).")
    assert _checked(tmp_path, {}, {}).warnings == ()


# Columns


def test_columns_that_are_not_read_are_told_with_the_title_they_may_mean(tmp_path: Path) -> None:
    titles = ("번호", "질문", "모볌답안", "보고서", "페이지 번홋", "비고", "작성자")
    for path in (csv_file(tmp_path, titles, ROW), xlsx_file(tmp_path, titles, ROW)):
        [said] = check_set(path, {}).warnings
        assert said == (
            f"{path.name} 1행: 읽지 않은 열: `모볌답안`, `페이지 번홋`, `작성자`. 메모가 아니면 열 "
            "이름을 고쳐 주세요(`모볌답안` → `정답`, `페이지 번홋` → `쪽`)."
        )


def test_a_second_column_of_the_same_meaning_is_not_read(tmp_path: Path) -> None:
    path = csv_file(tmp_path, (*TITLES, "모범답안"), (*ROW, "7명"))
    assert check_set(path, {}).warnings == (
        "질문.csv 1행: 읽지 않은 열: `모범답안`. 메모가 아니면 열 이름을 고쳐 주세요.",
    )


def test_many_unknown_columns_are_one_short_line(tmp_path: Path) -> None:
    path = csv_file(tmp_path, (*TITLES, *(f"x{at}" for at in range(30))), ROW)
    [said] = check_set(path, {}).warnings
    assert "`x4` 외 25개. 메모가" in said


def test_known_titles_and_notes_are_no_problem(tmp_path: Path) -> None:
    titles = ("연번", "질의", "모범답안", "보고서", "쪽 번호", "비고", "절 제목", "")
    assert check_set(csv_file(tmp_path, titles, ROW), {}).warnings == ()


def test_a_sheet_named_as_json_is_one_error(tmp_path: Path) -> None:
    path = csv_file(tmp_path, TITLES, ROW, ROW).rename(tmp_path / "질문.txt")
    [said] = check_set(path, {}).errors
    assert said == (
        f"{path}: 한 줄에 JSON 객체가 하나인 파일이 아닙니다. CSV라면 이름을 .csv로 바꿔 주세요."
    )
