"""Sheets too large, damaged or made to do harm: refused quickly, in one line."""

from __future__ import annotations

import re
import zipfile
from contextlib import suppress
from pathlib import Path
from random import Random

import pytest

from eval.dataset import load_gold
from eval.sets.sheets import read_sheet
from rag.errors import RagError
from tests.hostile import LAUGHS
from tests.sheet_files import ROW, SHEET, TITLES, changed, csv_file, refusal, xlsx_file

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
