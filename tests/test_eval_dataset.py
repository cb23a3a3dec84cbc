"""Question sets: what is read, and what is refused with a line and a cure."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from eval.dataset import Evidence, load_gold, load_questions
from rag.errors import RagError

SAMPLES = Path(__file__).parent.parent / "samples"
FACT: dict[str, object] = {
    "id": "가-1",
    "question": "몇 명을 뽑나요?",
    "type": "fact",
    "answerable": True,
    "answer": "7,830명",
    "must_include": [["7,830명", "7천830명"]],
    "section": ["Ⅱ. 추진계획", "사업개요"],
    "evidence": [{"doc": "한빛", "line_start": 4, "line_end": 5, "quote": "7,830명"}],
}


def _file(folder: Path, *lines: object) -> Path:
    path = folder / "질문.jsonl"
    path.write_text("\n".join(json.dumps(line) for line in lines) + "\n", encoding="utf-8")
    return path


def test_gold_is_read_as_it_is_written(tmp_path: Path) -> None:
    [gold] = load_gold(_file(tmp_path, FACT))
    assert (gold.question.id, gold.question.text, gold.type) == ("가-1", "몇 명을 뽑나요?", "fact")
    assert gold.must_include == (("7,830명", "7천830명"),)
    assert gold.section == ("Ⅱ. 추진계획", "사업개요")
    assert gold.evidence == (Evidence(doc="한빛", places=((4, 5),), quote="7,830명"),)


def test_the_turns_of_a_dialogue_stand_in_order_and_name_it(tmp_path: Path) -> None:
    turns = [{"id": "나-1", "question": "용산은?"}, {"id": "나-2", "question": "마포는요?"}]
    path = _file(tmp_path, {"id": "가", "question": "첫 질문"}, {"id": "나", "turns": turns})
    assert [(q.id, q.dialogue) for q in load_questions(path)] == [
        ("가", None),
        ("나-1", "나"),
        ("나-2", "나"),
    ]


def test_a_set_without_gold_can_be_asked_but_not_scored(tmp_path: Path) -> None:
    path = _file(tmp_path, {"id": "가", "question": "몇 명인가요?"})
    assert [question.text for question in load_questions(path)] == ["몇 명인가요?"]
    with pytest.raises(RagError, match="1행: `answer` 항목에 정답을"):
        load_gold(path)


def test_what_must_be_said_is_taken_from_the_answer_where_it_is_not_told(tmp_path: Path) -> None:
    rows = [
        {"id": "가", "question": "?", "answer": "25곳에 57,229백만원"},
        {"id": "나", "question": "?", "answer": "도시재생과"},
        {"id": "다", "question": "?", "answerable": False},
    ]
    gold = load_gold(_file(tmp_path, *rows))
    assert [item.must_include for item in gold] == [
        (("25곳",), ("57,229백만원",)),
        (("도시재생과",),),
        (),
    ]
    assert [(item.type, item.answerable) for item in gold] == [
        ("other", True),
        ("other", True),
        ("other", False),
    ]


def test_a_set_that_would_run_for_hours_is_refused(tmp_path: Path) -> None:
    rows = ({"id": str(number), "question": "?"} for number in range(20_001))
    with pytest.raises(RagError, match=r"질문이 20,000개를 넘습니다.*나누어 주세요"):
        load_questions(_file(tmp_path, *rows))


def test_an_empty_question_may_be_asked(tmp_path: Path) -> None:
    [question] = load_questions(_file(tmp_path, {"id": "가", "question": ""}))
    assert question.text == ""


def test_a_byte_order_mark_and_blank_lines_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "질문.jsonl"
    path.write_bytes('\ufeff{"id": "가", "question": "?"}\r\n\r\n'.encode())
    assert [question.id for question in load_questions(path)] == ["가"]


def test_every_sample_question_is_read() -> None:
    gold = load_gold(SAMPLES / "questions.jsonl")
    assert len(gold) >= 12
    assert all(bool(item.evidence) == item.answerable for item in gold)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"id": " "}, "`id` 항목에 빈칸이 아닌 문자열을"),
        ({"id": 7}, "`id` 항목에 문자열을 넣어 주세요(지금 값: 7)"),
        ({"question": None}, "`question` 항목에 문자열을"),
        ({"answerable": "예"}, '`answerable` 항목에 true 또는 false를 넣어 주세요(지금 값: "예")'),
        ({"must_include": ["7,830명"]}, '(예: [["66개사", "66곳"]])을'),
        ({"section": "사업개요"}, "`section` 항목에 문자열 목록"),
        ({"answer": "", "must_include": [], "evidence": []}, "`answer` 항목에 정답을"),
        ({"evidence": ["4행"]}, "`evidence` 항목에 객체 목록"),
        (
            {"evidence": [{"doc": "한빛", "line_start": 0}]},
            "evidence 1번째: `line_start` 항목에 1 이상의 줄 번호를",
        ),
        ({"evidence": [{"doc": "한빛", "grade": -5}]}, "`grade` 항목에 1부터 1000까지의"),
        ({"evidence": [{"doc": "한빛", "page": 0}]}, "`page` 항목에 1 이상의 쪽 번호를"),
        (
            {"evidence": [{"doc": "한빛", "line_start": 9, "line_end": 4}]},
            "evidence 1번째: `line_end` 항목에 `line_start`(9) 이상의",
        ),
    ],
)
def test_a_field_that_does_not_fit_is_named_with_its_line(
    tmp_path: Path, change: dict[str, object], message: str
) -> None:
    path = _file(tmp_path, FACT, {**FACT, "id": "가-2", **change})
    with pytest.raises(RagError) as error:
        load_gold(path)
    assert str(error.value).startswith("질문.jsonl 2행")
    assert message in str(error.value)


def test_two_questions_with_one_id_are_refused_with_both_lines(tmp_path: Path) -> None:
    with pytest.raises(RagError, match=r"3행: `id` `가-1`가 질문\.jsonl 1행에도 있습니다"):
        load_questions(_file(tmp_path, FACT, {**FACT, "id": "가-2"}, FACT))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "질문이 없습니다"),
        (b"id,question\n", "1행: JSON이 아닙니다. 한 줄에 객체 하나를"),
        (b'{"id": "a", "question": "?"}\n[1]\n', "2행: JSON 객체가 아닙니다"),
        (b"[" * 100_000, "1행: JSON이 아닙니다"),
        ("질문".encode("cp949"), "UTF-8로 저장해 주세요"),
    ],
    ids=["empty", "csv", "list", "deep", "cp949"],
)
def test_a_file_of_another_kind_is_refused(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "질문.jsonl"
    path.write_bytes(content)
    with pytest.raises(RagError) as error:
        load_questions(path)
    assert "질문.jsonl" in str(error.value)
    assert message in str(error.value)


def test_a_file_that_is_not_there_and_a_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(RagError, match="파일이 없습니다"):
        load_questions(tmp_path / "없음.jsonl")
    with pytest.raises(RagError, match="읽을 수 없습니다"):
        load_questions(tmp_path)
