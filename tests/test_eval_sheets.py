"""Question sets kept as sheets: what CSV and XLSX files give, and what is refused with its row."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from eval.dataset import Evidence, Gold, load_gold
from eval.sets.sheets import read_sheet
from eval.sets.writer import write_sheet
from rag.errors import RagError
from tests.sheet_files import ROW, SHEET, TITLES, Cells, changed, csv_file, refusal, xlsx_file

SAMPLES = Path(__file__).parent.parent / "samples"


def _cell(folder: Path, title: str, value: object) -> Gold:
    """The gold of a sheet whose second row has this value under this title."""
    row = dict(zip(TITLES, ROW, strict=True)) | {title: value}
    [gold] = load_gold(xlsx_file(folder, tuple(row), tuple(row.values())))
    return gold


# What is written is read back


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
@pytest.mark.parametrize("name", ["questions.jsonl", "report_questions.jsonl"])
def test_a_set_written_as_a_sheet_is_read_back_the_same(
    tmp_path: Path, name: str, suffix: str
) -> None:
    from eval.jsonl import read_records

    path = tmp_path / f"질문{suffix}"
    write_sheet(path, [record.values for record in read_records(SAMPLES / name)])
    assert load_gold(path) == load_gold(SAMPLES / name)


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
@pytest.mark.parametrize("text", ["=1+1", "+82-2-120", "-3명", "@합계", "''=1", "'24년"])
def test_no_text_becomes_a_formula_and_all_come_back(
    tmp_path: Path, suffix: str, text: str
) -> None:
    path = tmp_path / f"질문{suffix}"
    write_sheet(path, [{"id": text, "question": text, "answer": text, "must_include": ((text,),)}])
    [gold] = load_gold(path)
    assert (gold.question.id, gold.question.text, gold.answer) == (text, text, text)
    if suffix == ".xlsx":
        assert {cell.data_type for cell in load_workbook(path).active[2] if cell.value} == {"s"}
    elif text[0] in "=+-@":
        assert f"'{text}" in path.read_text(encoding="utf-8-sig")


def test_a_variant_with_marks_that_part_it_still_says_the_same(tmp_path: Path) -> None:
    from eval.matching import says

    path = tmp_path / "질문.csv"
    row = {"question": "?", "must_include": (("가;나|다", "라"), ("마",)), "section": ("1 > 2",)}
    write_sheet(path, [row])
    [gold] = load_gold(path)
    assert [len(group) for group in gold.must_include] == [2, 1]
    assert says("가;나|다", gold.must_include[0][0])
    assert len(gold.section) == 1


def test_a_sheet_that_cannot_be_saved_says_so(tmp_path: Path) -> None:
    with pytest.raises(RagError, match="저장할 수 없습니다"):
        write_sheet(tmp_path / "없음" / "질문.xlsx", [])
    with pytest.raises(RagError, match=r"\.xlsx나 \.csv로 끝나는 이름을"):
        write_sheet(tmp_path / "질문.hwp", [])


# Titles


def test_columns_stand_in_any_order_below_a_title_beside_unknown_ones(tmp_path: Path) -> None:
    path = xlsx_file(
        tmp_path,
        ("2025년 질문 목록",),
        (),
        ("비고", "정 답", "질문*", "문 서 (필수)", "Line start"),
        ("메모", "7명", "몇 명?", "한빛", 3),
    )
    [gold] = load_gold(path)
    assert (gold.question.id, gold.question.text, gold.answer) == ("행4", "몇 명?", "7명")
    assert gold.evidence == (Evidence(doc="한빛", places=((3, 3),)),)


def test_english_names_of_the_fields_are_titles_too(tmp_path: Path) -> None:
    [gold] = load_gold(csv_file(tmp_path, ("id", "question", "answer", "quote", "doc"), "abcde"))
    assert gold.evidence == (Evidence(doc="e", quote="d"),)


@pytest.mark.parametrize(
    ("title", "field"),
    [("모범답안", "answer"), ("정답(단답)", "answer"), ("답", "answer"), ("구분", "type")],
)
def test_other_usual_titles_are_known(tmp_path: Path, title: str, field: str) -> None:
    rows = (("연번", "질의", title, "보고서", "페이지 번호"), ROW)
    [gold] = load_gold(csv_file(tmp_path, *rows))
    assert (getattr(gold, field), gold.evidence[0].page) == ("7,830명", 12)


def test_the_first_sheet_with_questions_is_read(tmp_path: Path) -> None:
    book, path = Workbook(), tmp_path / "질문.xlsx"
    book.active.append(("안내",))
    for name in ("가", "나"):
        sheet = book.create_sheet(name)
        sheet.append(("질문", "정답"))
        sheet.append((f"{name}?", "답"))
    book.save(path)
    assert [gold.question.text for gold in load_gold(path)] == ["가?"]


def test_a_missing_question_column_is_named_with_the_titles_found(tmp_path: Path) -> None:
    for path in (
        csv_file(tmp_path, ("번호", "정답"), "12"),
        xlsx_file(tmp_path, ("번호", "정답"), "12"),
    ):
        said = refusal(path)
        assert "`질문` 열이 없습니다(찾은 제목: `번호`, `정답`)" in said
        assert "python -m eval template" in said


def test_an_empty_file_has_no_titles(tmp_path: Path) -> None:
    assert "열이 없습니다(찾은 제목: 없음)" in refusal(xlsx_file(tmp_path))
    assert "열이 없습니다(찾은 제목: 없음)" in refusal(csv_file(tmp_path))


def test_two_columns_of_one_title_are_refused(tmp_path: Path) -> None:
    path = csv_file(tmp_path, ("질문", "정답", "정답"), "가나다")
    assert "질문.csv 1행: `정답` 열이 2개입니다. 하나만 두고" in refusal(path)


# Rows


def test_a_row_without_a_question_is_more_evidence_of_the_one_above(tmp_path: Path) -> None:
    titles = ("번호", "질문", "정답", "문서", "쪽", "채택")
    path = xlsx_file(
        tmp_path,
        titles,
        ("가", "몇 명?", "7명", "한빛.pdf", 3, "예"),
        (None, None, None, None, 5, None),
        (),
        ("가", None, None, "미르.hwpx", 9, None),
        (None, None, None, "누리", 1, "아니요"),
        ("나", "버림?", "8명", "한빛", 4, "아니요"),
        (None, None, None, None, 6, None),
    )
    [gold] = load_gold(path)
    assert [(one.doc, one.page) for one in gold.evidence] == [("한빛", 3), ("한빛", 5), ("미르", 9)]


@pytest.mark.parametrize(
    "row", [("", "", "7명", "한빛", 3), ("나", "", "", "한빛", 3), ("나", "", "답", "", "")]
)
def test_a_row_that_is_neither_a_question_nor_evidence_is_refused(
    tmp_path: Path, row: Cells
) -> None:
    said = refusal(csv_file(tmp_path, TITLES, (*ROW[:2], "7명", "한빛", 3), row))
    assert "질문.csv 3행: `질문` 칸이 비어 있습니다. 질문을 적거나" in said


def test_rows_numbered_beforehand_are_empty(tmp_path: Path) -> None:
    path = xlsx_file(tmp_path, (*TITLES, "채택"), (*ROW, "예"), (2, None, None, None, None, "예"))
    assert len(load_gold(path)) == 1


def test_an_unanswerable_question_needs_no_more_than_its_type(tmp_path: Path) -> None:
    [gold] = load_gold(csv_file(tmp_path, ("질문", "유형"), ("시장 이름은?", "답없음")))
    assert (gold.type, gold.answerable) == ("unanswerable", False)


def test_two_questions_with_one_number_are_refused_with_both_rows(tmp_path: Path) -> None:
    said = refusal(xlsx_file(tmp_path, TITLES, ROW, ROW))
    assert "질문.xlsx 3행: `번호` `가-1`가 질문.xlsx 2행에도 있습니다" in said


def test_errors_of_the_gold_name_the_column_of_the_sheet(tmp_path: Path) -> None:
    said = refusal(xlsx_file(tmp_path, TITLES, ("가", "몇 명?", "7명", "한빛", 0)))
    assert "질문.xlsx 2행 근거 1번째: `쪽` 항목에" in said


def test_a_blank_answer_is_told_with_what_may_be_meant(tmp_path: Path) -> None:
    assert refusal(xlsx_file(tmp_path, TITLES, ("가", "몇 명?"))) == (
        "질문.xlsx 2행: `정답` 칸이 비어 있습니다. 정답을 적거나, 보고서에 답이 없는 질문이면 "
        "`답 있음` 칸에 ‘아니요’를 적어 주세요."
    )


def test_a_place_without_a_report_may_be_a_merged_cell(tmp_path: Path) -> None:
    said = refusal(csv_file(tmp_path, TITLES, ROW, ("나", "몇 명?", "7명", "", 3)))
    assert said == "질문.csv 3행: `문서` 칸이 비어 있습니다. 합친 칸이면 풀어서 채워 주세요."


# Cells


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        *((said, True) for said in ("예", "O", "있음", True, 1, "Y")),
        *((said, False) for said in ("아니오", "x", "없음", False, 0.0)),
    ],
)
def test_whether_there_is_an_answer_is_said_in_many_ways(
    tmp_path: Path, said: object, meant: bool
) -> None:
    assert _cell(tmp_path, "답 있음", said).answerable is meant


@pytest.mark.parametrize(
    "said", [12, 12.0, "12", "12쪽", "p.12", "P 12", "약 12쪽", "１２페이지", "제12면", "12p"]
)
def test_a_page_is_written_in_many_ways(tmp_path: Path, said: object) -> None:
    assert _cell(tmp_path, "쪽", said).evidence[0].page == 12


@pytest.mark.parametrize(
    ("title", "value", "message"),
    [
        ("답 있음", "글쎄", "`답 있음` 칸에 ‘예’나 ‘아니요’를 적어 주세요(지금 값: '글쎄')"),
        ("채택", "보류", "`채택` 칸에 ‘예’나 ‘아니요’를"),
        (
            "쪽",
            "12-13",
            "`쪽` 칸에 쪽 번호 하나를 12처럼 적어 주세요(지금 값: '12-13'). 쪽이 둘 이상",
        ),
        ("쪽", "3~4", "`쪽` 칸에 쪽 번호 하나를 12처럼 적어 주세요(지금 값: '3~4'). 쪽이 둘 이상"),
        ("쪽", "3, 5쪽", "`쪽` 칸에 쪽 번호 하나를 12처럼 적어 주세요(지금 값: '3, 5쪽'). 쪽이 둘"),
        (
            *("쪽", date(2025, 3, 4)),
            "`쪽` 칸에 쪽 번호 하나를 12처럼 적어 주세요(지금 값: '2025년 3월 4일'). "
            "엑셀이 날짜로 바꾸었습니다. 칸의 서식을 ‘텍스트’로 바꾸고",
        ),
        ("쪽", "열두 쪽", "`쪽` 칸에 쪽 번호 하나를"),
        ("쪽", 12.5, "`쪽` 칸에 쪽 번호 하나를"),
        ("시작 줄", "위쪽", "`시작 줄` 칸에 줄 번호를 235처럼"),
        ("정답", "#REF!", "`정답` 칸이 엑셀 오류(#REF!)입니다. 수식을 고치거나"),
        ("질문", "#N/A", "`질문` 칸이 엑셀 오류(#N/A)입니다"),
    ],
)
def test_a_cell_that_does_not_fit_is_named_with_its_row(
    tmp_path: Path, title: str, value: object, message: str
) -> None:
    with pytest.raises(RagError) as error:
        _cell(tmp_path, title, value)
    assert str(error.value).startswith(f"질문.xlsx 2행: {message}")


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (7830.0, "7830"),
        (0.1 + 0.2, "0.3"),
        (date(2025, 3, 1), "2025년 3월 1일"),
        (datetime(2025, 3, 1), "2025년 3월 1일"),
        (datetime(2025, 3, 1, 9, 30), "2025년 3월 1일 9시 30분"),
        (time(9, 30), "9시 30분"),
        (time(9), "9시"),
        (time(), "0시"),
        ("가\r\n나_x000D_\n다", "가\n나\n다"),
        ("\u1112\u1161\u11ab", "한"),
    ],
)
def test_values_become_the_text_that_the_sheet_shows(
    tmp_path: Path, value: object, shown: str
) -> None:
    assert _cell(tmp_path, "정답", value).answer == shown


@pytest.mark.parametrize(
    ("number_format", "shown"),
    [
        ('m"월" d"일"', "3월 1일"),
        ('[$-412]yyyy"년" m"월"', "2025년 3월"),
        ("mm-dd-yy", "2025년 3월 1일"),
    ],
)
def test_a_date_has_the_parts_that_its_cell_shows(
    tmp_path: Path, number_format: str, shown: str
) -> None:
    path = xlsx_file(tmp_path, TITLES, ("가", "?", date(2025, 3, 1), "한빛", 1))
    book = load_workbook(path)
    book.active["C2"].number_format = number_format
    book.save(path)
    assert load_gold(path)[0].answer == shown


def test_a_percentage_keeps_its_sign(tmp_path: Path) -> None:
    path = xlsx_file(tmp_path, TITLES, ("가", "?", 0.225, "한빛", 1))
    book = load_workbook(path)
    book.active["C2"].number_format = "0.0%"
    book.save(path)
    assert load_gold(path)[0].answer == "22.5%"


def test_a_formula_counts_by_its_last_value(tmp_path: Path) -> None:
    path = xlsx_file(tmp_path, TITLES, ("가", "?", "=1+1", "한빛", 1))
    path = changed(path, SHEET, lambda data: re.sub(b"<v ?/>|<v></v>", b"<v>2</v>", data))
    assert load_gold(path)[0].answer == "2"


@pytest.mark.parametrize(
    ("doc", "stem"),
    [
        ("한빛 2025.계획.hwpx", "한빛 2025.계획"),
        (r"C:\보고서\한빛.PDF", "한빛"),
        ("보고서/한빛.txt", "한빛"),
        ("한빛 2.5차", "한빛 2.5차"),
    ],
)
def test_a_document_is_named_with_or_without_its_suffix(
    tmp_path: Path, doc: str, stem: str
) -> None:
    assert _cell(tmp_path, "문서", doc).evidence[0].doc == stem


def test_parts_of_a_cell_are_told_apart(tmp_path: Path) -> None:
    gold = _cell(tmp_path, "꼭 들어갈 말", "7,830명 | 7천830명; 25곳;\n강남\n")
    assert gold.must_include == (("7,830명", "7천830명"), ("25곳",), ("강남",))
    assert _cell(tmp_path, "절", "Ⅱ. 계획 > 1. 복지 › 개요").section == (
        *("Ⅱ. 계획", "1. 복지", "개요"),
    )


# CSV


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949", "utf-16"])
@pytest.mark.parametrize("mark", [",", "\t", ";"])
def test_csv_is_read_in_every_usual_encoding_and_with_every_mark(
    tmp_path: Path, encoding: str, mark: str
) -> None:
    row = ("가", '몇 명을\n"뽑나요", 7;8\t?', "7명", "한빛", "3쪽")
    path = csv_file(tmp_path, TITLES, row, ("나", *row[1:]), encoding=encoding, mark=mark)
    assert [gold.question.text for gold in load_gold(path)] == ['몇 명을\n"뽑나요", 7;8\t?'] * 2
    assert [record.where for record in read_sheet(path)] == ["질문.csv 2행", "질문.csv 3행"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("질문,정답\n뭘까,요".encode("johab"), "글자로 읽을 수 없습니다. 엑셀에서 ‘CSV UTF-8’이나"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "글자로 읽을 수 없습니다"),
        ('질문,정답\n"몇 명?,7\n둘?,8'.encode(), '2행: 따옴표(")의 짝이 맞지 않습니다'),
        ("질문,정답\n2024년, 예산은?,7원".encode(), "2행: 제목보다 칸이 많습니다"),
        ("질문,정답\n".encode() + b"x" * 200_000, "2행: 한 칸의 글이 131,072자를 넘습니다"),
    ],
    ids=["johab", "png", "quote", "comma", "long"],
)
def test_csv_that_cannot_be_right_is_refused(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "질문.csv"
    path.write_bytes(content)
    said = refusal(path)
    assert "질문.csv" in said
    assert message in said


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_a_file_that_is_not_there_is_named(tmp_path: Path, suffix: str) -> None:
    assert "없음" + suffix + ": 파일이 없습니다" in refusal(tmp_path / f"없음{suffix}")
