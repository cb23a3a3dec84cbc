"""A JSONL corpus becomes a report for every document it names."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from index.readers import read_file
from rag.errors import ReportError
from rag.types import Page, Report


def read(path: Path, *records: object) -> tuple[Report, ...]:
    text = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
    path.write_text(text, encoding="utf-8")
    return read_file(path, max_bytes=2**24)


def refusal(path: Path, text: str) -> str:
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ReportError) as error:
        read_file(path, max_bytes=2**20)
    return str(error.value)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "말뭉치.jsonl"


def test_records_become_pages_with_number_and_section(path: Path) -> None:
    (report,) = read(
        path,
        {
            "doc": "gaon",
            "title": "가온 백서",
            "page": 3,
            "section": ["1장", "1절"],
            "text": "가\n나",
        },
        {"doc": "gaon", "page": 4, "text": "다"},
        {"doc": "gaon", "text": "라"},
    )
    assert (report.id, report.title, report.published) == ("gaon", "가온 백서", None)
    assert report.pages == (
        Page(number=3, exact=True, first_line=1, lines=("가", "나"), section=("1장", "1절")),
        Page(number=4, exact=True, first_line=3, lines=("다",)),
        Page(number=None, exact=False, first_line=4, lines=("라",)),
    )


def test_a_corpus_of_a_retrieval_benchmark_is_read_as_it_is(path: Path) -> None:
    (report,) = read(path, {"_id": "d1", "title": "서울", "text": "수도", "metadata": {}})
    assert (report.id, report.title, report.lines) == ("d1", "서울", ("수도",))


def test_documents_may_alternate(path: Path) -> None:
    reports = read(
        path,
        {"doc": "b", "text": "가"},
        {"doc": "a", "text": "나"},
        {"doc": "b", "text": "다"},
    )
    assert [(report.id, report.lines) for report in reports] == [
        ("b", ("가", "다")),
        ("a", ("나",)),
    ]


def test_a_document_without_a_title_is_called_by_its_name(path: Path) -> None:
    assert read(path, {"doc": "gaon", "text": "가"})[0].title == "gaon"


def test_all_documents_of_a_file_carry_its_path_and_checksum(path: Path) -> None:
    first, second = read(path, {"doc": "a", "text": "가"}, {"doc": "b", "text": "나"})
    assert (first.path, first.sha256) == (second.path, second.sha256) == (str(path), first.sha256)


def test_a_record_twice_is_kept_twice(path: Path) -> None:
    record = {"doc": "a", "page": 1, "text": "가"}
    assert read(path, record, record)[0].lines == ("가", "가")


def test_blank_lines_and_records_without_text_are_passed_over(path: Path) -> None:
    path.write_text('\n{"doc":"a","text":" "}\n\n{"doc":"a","text":"가"}\n', encoding="utf-8")
    assert read_file(path, max_bytes=2**20)[0].lines == ("가",)


def test_titles_and_headings_are_one_line_and_short(path: Path) -> None:
    (report,) = read(
        path,
        {"doc": "a", "title": "가온\n백서" + "가" * 500, "section": ["1장\n", " "], "text": "가"},
    )
    assert report.title.startswith("가온 백서가가")
    assert len(report.title) == 120
    assert report.pages[0].section == ("1장",)


def test_a_name_is_kept_as_it_is_written(path: Path) -> None:
    assert read(path, {"doc": "A&amp;B <1>", "text": "가"})[0].id == "A&amp;B <1>"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("가온", "2번째 줄이 JSON이 아닙니다"),
        ("[1]", "2번째 줄: JSON 객체가 아닙니다"),
        ('{"text": "가"}', "2번째 줄: doc 값이 없습니다"),
        ('{"doc": " ", "text": "가"}', "2번째 줄: doc 값이 없습니다"),
        ('{"doc": 1, "text": "가"}', "2번째 줄: doc 값은 글자여야 합니다"),
        ('{"doc": "a"}', "2번째 줄: text 값이 없습니다"),
        ('{"doc": "a", "text": null}', "2번째 줄: text 값이 없습니다"),
        ('{"doc": "a", "text": ["가"]}', "2번째 줄: text 값은 글자여야 합니다"),
        ('{"doc": "a", "text": "가", "title": 3}', "2번째 줄: title 값은 글자여야 합니다"),
        ('{"doc": "a", "text": "가", "page": "3"}', "2번째 줄: page 값은 1 이상의 정수여야"),
        ('{"doc": "a", "text": "가", "page": 0}', "2번째 줄: page 값은 1 이상의 정수여야"),
        ('{"doc": "a", "text": "가", "page": true}', "2번째 줄: page 값은 1 이상의 정수여야"),
        ('{"doc": "a", "text": "가", "section": "1장"}', "2번째 줄: section 값은 제목의 목록"),
        ('{"doc": "a", "text": "\\ud800"}', "2번째 줄: 깨진 글자"),
        ("[" * 100_000, "2번째 줄의 JSON이 너무 깊습니다"),
    ],
)  # fmt: skip
def test_a_malformed_line_is_named_with_its_cure(path: Path, line: str, reason: str) -> None:
    message = refusal(path, '{"doc": "a", "text": "가"}\n' + line + "\n")
    assert message.startswith(f"말뭉치.jsonl: {reason}")
    assert message.endswith(".")


def test_a_corpus_without_text_is_refused(path: Path) -> None:
    assert "text에 본문을 적어 주세요" in refusal(path, '{"doc": "a", "text": ""}\n')


def test_gold_questions_named_as_a_corpus_are_refused(path: Path) -> None:
    assert "1번째 줄: doc 값이 없습니다" in refusal(path, '{"id": "q1", "question": "가온?"}\n')


def test_a_huge_corpus_keeps_every_record(path: Path) -> None:
    reports = read(
        path,
        *({"doc": f"d{i // 50}", "page": i % 50 + 1, "text": f"{i}번 글"} for i in range(20_000)),
    )
    assert len(reports) == 400
    assert reports[-1].pages[-1] == Page(
        number=50, exact=True, first_line=50, lines=("19999번 글",)
    )
