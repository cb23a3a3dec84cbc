"""Sheets too large, damaged or made to do harm: refused quickly, in one line."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from random import Random

import pytest
from openpyxl import load_workbook

from eval.dataset import load_gold
from eval.sets.sheets import read_sheet
from rag.errors import RagError
from tests.hostile import LAUGHS
from tests.sheet_files import ROW, SHEET, TITLES, Cells, changed, csv_file, refusal, xlsx_file

DOCTYPE = LAUGHS[LAUGHS.index(b"<!DOCTYPE") : LAUGHS.index(b"<lolz>")]


def test_fifty_thousand_questions_are_refused(tmp_path: Path) -> None:
    rows = [(number, "몇 명?", "7명") for number in range(50_000)]
    said = refusal(csv_file(tmp_path, ("번호", "질문", "정답"), *rows))
    assert "질문이 20,000개를 넘습니다. 20,000개까지 되도록 파일을 나누어 주세요" in said


@pytest.mark.slow
def test_fifty_thousand_rows_of_a_workbook_are_refused(tmp_path: Path) -> None:
    rows = [(number, "몇 명?", "7명", "한빛", 3) for number in range(50_000)]
    assert "질문이 20,000개를 넘습니다" in refusal(xlsx_file(tmp_path, TITLES, *rows))


def test_a_million_empty_rows_with_a_format_are_passed_over(tmp_path: Path) -> None:
    rows = "".join(f'<row r="{number}" spans="1:5" s="1"/>' for number in range(3, 1_048_577))
    end = b"</sheetData>"
    path = changed(
        xlsx_file(tmp_path, TITLES, ROW), SHEET, lambda data: data.replace(end, rows.encode() + end)
    )
    assert len(load_gold(path)) == 1


def test_wrong_dimensions_hide_nothing(tmp_path: Path) -> None:
    path = changed(
        xlsx_file(tmp_path, TITLES, ROW), SHEET, lambda data: data.replace(b'"A1:E2"', b'"A1"')
    )
    assert load_gold(path)[0].answer == "7,830명"


@pytest.mark.parametrize(
    "member",
    [SHEET, "xl/workbook.xml", "xl/styles.xml", "[Content_Types].xml"],
)
def test_a_workbook_with_entities_is_refused(tmp_path: Path, member: str) -> None:
    def with_laughs(data: bytes) -> bytes:
        data = re.sub(rb"^<\?xml.*?\?>\s*", b"", data)
        return DOCTYPE + re.sub(rb"</([^>]+)>$", rb"&lol10;</\1>", data.strip())

    path = changed(xlsx_file(tmp_path, TITLES, ROW), member, with_laughs)
    assert "엑셀 파일이 아니거나 손상되었습니다. 엑셀에서 열어" in refusal(path)


@pytest.mark.parametrize(("doctype", "sound"), [(b"", True), (DOCTYPE, False)])
def test_texts_that_cells_share_are_read_unless_they_hold_entities(
    tmp_path: Path, doctype: bytes, sound: bool
) -> None:
    path, texts = xlsx_file(tmp_path, TITLES, ROW), list[bytes]()

    def shared(found: re.Match[bytes]) -> bytes:
        texts.append(b"<si><t>%s</t></si>" % found[1])
        return b't="s"><v>%d</v>' % (len(texts) - 1)

    changed(path, SHEET, lambda data: re.sub(rb't="inlineStr"><is><t>(.*?)</t></is>', shared, data))
    kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    part = b'<Override PartName="/xl/sharedStrings.xml" ContentType="%s"/></Types>' % kind
    changed(path, "[Content_Types].xml", lambda data: data.replace(b"</Types>", part))
    space = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    with zipfile.ZipFile(path, "a") as opened:
        table = b'<sst xmlns="%s">%s</sst>' % (space, b"".join(texts))
        opened.writestr("xl/sharedStrings.xml", doctype + table)
    if sound:
        assert load_gold(path)[0].question.text == "몇 명을 뽑나요?"
    else:
        assert "손상되었습니다" in refusal(path)


def _merged(folder: Path, *ranges: str, rows: Sequence[Cells]) -> Path:
    path = xlsx_file(folder, *rows)
    book = load_workbook(path)
    for cells in ranges:
        book.active.merged_cells.add(cells)  # as it is saved, without making every cell
    book.save(path)
    return path


def test_a_merged_cell_holds_for_the_questions_beside_it(tmp_path: Path) -> None:
    rows = (
        ("번호", "질문", "정답", "쪽", "유형", "문서"),
        ("가", "몇 명?", "7명", 3, "표", "한빛"),
        ("나", "몇 곳?", "8곳", 4),
        (None, None, None, 5),
        ("다", "언제?", "3월", 6, None, "미르"),
        ("라", "얼마?", "9원", 7, "사실"),
    )
    gold = load_gold(_merged(tmp_path, "F2:F4", "E2:E5", "F5:F6", rows=rows))
    assert [[(one.doc, one.page) for one in item.evidence] for item in gold] == [
        *([("한빛", 3)], [("한빛", 4), ("한빛", 5)], [("미르", 6)], [("미르", 7)]),
    ]
    assert [item.type for item in gold] == ["table", "table", "table", "fact"]


def test_more_places_beside_a_merged_question_stay_places(tmp_path: Path) -> None:
    rows = (TITLES, ("가", "몇 명?", "7명", "한빛", 3), (*[None] * 4, 5), ("나", *ROW[1:]))
    path = _merged(tmp_path, "A2:A3", "B2:B3", "C2:C3", "D2:D3", rows=rows)
    assert [[one.page for one in item.evidence] for item in load_gold(path)] == [[3, 5], [12]]


def test_titles_in_two_rows_are_read(tmp_path: Path) -> None:
    rows = (("번호", "질문", "정답", "근거"), (None, None, None, "문서", "쪽"), ROW)
    path = _merged(tmp_path, "A1:A2", "B1:B2", "C1:C2", "D1:E1", rows=rows)
    assert [one.page for one in load_gold(path)[0].evidence] == [12]


def test_a_merged_range_of_the_whole_sheet_costs_nothing(tmp_path: Path) -> None:
    path = _merged(tmp_path, "D2:D1048576", "H1:XFD1048576", rows=(TITLES, ROW))
    assert len(load_gold(path)) == 1


def test_a_formula_never_worked_out_is_told_and_one_that_gives_nothing_is_blank(
    tmp_path: Path,
) -> None:
    path = xlsx_file(tmp_path, (*TITLES, "절"), (*ROW[:2], "=1+1", *ROW[3:], "=A9"))
    assert "질문.xlsx 2행: `정답` 칸의 수식에 계산한 값이 없습니다. 엑셀에서" in refusal(path)
    changed(path, SHEET, lambda data: data.replace(b'r="F2"', b'r="F2" t="str"'))
    changed(path, SHEET, lambda data: re.sub(rb"(1\+1</f>)<v(?: ?/>|></v>)", rb"\1<v>2</v>", data))
    [gold] = load_gold(path)
    assert (gold.answer, gold.section) == ("2", ())


def test_a_workbook_that_grows_when_unpacked_is_refused(tmp_path: Path) -> None:
    path = changed(xlsx_file(tmp_path, TITLES, ROW), SHEET, lambda data: data + b" " * 2**25)
    assert "압축을 풀면 지나치게 커지는 파일입니다" in refusal(path)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "암호를 풀고 저장해 주세요"),
        (b"\xd0\xcf\x11\xe0" + bytes(64), "옛 엑셀(.xls) 형식입니다. XLSX로 다시 저장해 주세요"),
        (b"<html><table>", "엑셀 파일이 아니거나 손상되었습니다"),
        (b"PK\x03\x04", "엑셀 파일이 아니거나 손상되었습니다"),
        (b"", "엑셀 파일이 아니거나 손상되었습니다"),
    ],
    ids=["encrypted", "xls", "html", "cut", "empty"],
)
def test_a_file_that_is_no_workbook_is_refused(
    tmp_path: Path, content: bytes, message: str
) -> None:
    path = tmp_path / "질문.xlsx"
    path.write_bytes(content)
    assert message in refusal(path)


def test_a_damaged_workbook_is_read_or_refused_in_one_line(tmp_path: Path) -> None:
    path, random = xlsx_file(tmp_path, TITLES, ROW), Random(4)
    with zipfile.ZipFile(path) as opened:
        names = opened.namelist()
    sound = path.read_bytes()

    def damaged(data: bytes) -> bytes:
        start = random.randrange(len(data))
        return data[:start] + random.choice((b"", b"<", b"9", b'"')) + data[start + 3 :]

    for turn in range(100):
        path.write_bytes(damaged(sound) if turn % 3 == 0 else sound)
        if turn % 3:
            changed(path, random.choice(names), damaged)
        with suppress(RagError):
            read_sheet(path)
