"""HWPX, HWP 5 and HWPML become the same lines, tables and pages."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.made_hwp import footnote, hwp, numbering, ole, paragraph, record, shape, sign, text_units
from tests.made_hwp import table as hwp_table
from tests.made_hwpx import SETTINGS, cell, hwpx, note, p, parts, plain_table, table, zipped
from tests.reading import read, refusal

_OBJECT = sign(11, b" lbt") + text_units("")
_OUTLINE = (
    '<hh:paraPr id="1"><hh:heading type="OUTLINE" idRef="0" level="0"/></hh:paraPr>'
    '<hh:paraPr id="2"><hh:heading type="NUMBER" idRef="1" level="1"/></hh:paraPr>'
    '<hh:paraPr id="3"><hh:heading type="BULLET" idRef="1" level="0"/></hh:paraPr>'
    '<hh:numbering id="1"><hh:paraHead level="1" numFormat="ROMAN_CAPITAL">^1.</hh:paraHead>'
    '<hh:paraHead level="2" numFormat="HANGUL_SYLLABLE">^2.</hh:paraHead></hh:numbering>'
    '<hh:bullet id="1" char="□"/><hh:style id="7" name="개요 2"/>'
)


def test_a_paragraph_is_a_line_and_an_empty_one_a_gap(tmp_path: Path) -> None:
    data = hwpx(p("가온시 업무계획"), p(), p(), p("2025. 1."), p("   - 인구 12,300명\t증가"))
    report = read(tmp_path / "a.hwpx", data)
    assert report.lines == ("가온시 업무계획", "", "2025. 1.", "  - 인구 12,300명 증가")
    assert (report.id, report.title, report.published) == (
        "a",
        "가온시 업무계획 (2025. 1.)",
        "2025. 1.",
    )
    assert [(page.number, page.exact) for page in report.pages] == [(None, False)]


def test_a_merged_cell_stands_once_in_its_line_and_everywhere_in_the_grid(tmp_path: Path) -> None:
    drawn = table(
        cell("구분", 0, 0, rows=2)
        + cell("예산(백만원)", 0, 1, columns=2)
        + cell("비고", 0, 3, rows=2),
        cell("2024년", 1, 1) + cell("2025년", 1, 2),
        cell("복지", 2, 0) + cell("1,200", 2, 1) + cell("1,350", 2, 2, rows=2) + cell("", 2, 3),
        cell("교통", 3, 0) + cell("900", 3, 1) + cell("신규", 3, 3),
        size=(4, 4),
    )
    report = read(tmp_path / "a.hwpx", hwpx(p("(단위 : 백만원)"), p(inner=drawn), p("끝")))
    assert report.lines == (
        "(단위 : 백만원)",
        "구분\t예산(백만원)\t\t비고",
        "\t2024년\t2025년\t",
        "복지\t1,200\t1,350\t",
        "교통\t900\t\t신규",
        "",
        "끝",
    )
    (shape,) = report.tables
    assert (shape.first_line, shape.last_line, shape.head) == (2, 5, 2)
    assert shape.grid == (
        ("구분", "예산(백만원)", "예산(백만원)", "비고"),
        ("구분", "2024년", "2025년", "비고"),
        ("복지", "1,200", "1,350", ""),
        ("교통", "900", "1,350", "신규"),
    )


def test_the_head_rows_that_hangul_repeats_are_the_head(tmp_path: Path) -> None:
    rows = (("1,000", "2,000"), ("가", "나"), ("다", "라"), ("마", "바"))
    drawn = plain_table(*rows).replace("<hp:tc>", '<hp:tc header="1">', 4)
    report = read(tmp_path / "a.hwpx", hwpx(p(inner=drawn)))
    assert report.tables[0].head == 2


@pytest.mark.parametrize(
    ("rows", "head"),
    [
        ((("구분", "2024년", "2025년"), ("예산", "10", "20")), 1),
        ((("예산", "1,200백만원"), ("인원", "30명")), 0),
        ((("사업기간", "2025. 1. ~ 12."), ("위치", "가온시 중앙동")), 0),
        ((("구분", "내용"),), 0),
        ((("연번", "사업명"), ("1", "빈집 정비"), ("2", "주차장")), 1),
    ],
)
def test_a_head_is_a_row_of_labels(
    tmp_path: Path, rows: tuple[tuple[str, ...], ...], head: int
) -> None:
    report = read(tmp_path / "a.hwpx", hwpx(p(inner=plain_table(*rows))))
    assert report.tables[0].head == head


def test_a_cell_of_several_paragraphs_is_one_text(tmp_path: Path) -> None:
    drawn = plain_table(("구분", "내용"), ("목표", p("○ 안전") + p() + p("○ 편리\t함")))
    report = read(tmp_path / "a.hwpx", hwpx(p(inner=drawn)))
    assert report.lines == ("구분\t내용", "목표\t○ 안전 ○ 편리 함")


def test_a_table_within_a_table_follows_it(tmp_path: Path) -> None:
    inside = plain_table(("연도", "명"), ("2025", "30"))
    outer = plain_table(("구분", "내용"), ("인원", p(inner=inside)), ("기간", "1년"))
    report = read(tmp_path / "a.hwpx", hwpx(p(inner=outer), p("끝")))
    assert report.lines == (
        *("구분\t내용", "인원\t", "기간\t1년", ""),
        *("연도\t명", "2025\t30", "", "끝"),
    )
    assert [(table.first_line, table.last_line) for table in report.tables] == [(1, 3), (5, 6)]


def test_a_box_is_its_paragraphs_and_a_table_in_it_a_table(tmp_path: Path) -> None:
    inside = plain_table(("연도", "명"), ("2025", "30"))
    box = table(cell(p("추진 방향") + p("○ 안전하게") + p(inner=inside), 0, 0), size=(1, 1))
    report = read(tmp_path / "a.hwpx", hwpx(p("1. 개요"), p(inner=box), p("끝")))
    assert report.lines == (
        *("1. 개요", "", "추진 방향", "○ 안전하게", ""),
        *("연도\t명", "2025\t30", "", "끝"),
    )


@pytest.mark.parametrize(
    ("cells", "line"),
    [
        (("Ⅰ", "일반현황"), "Ⅰ. 일반현황"),
        (("1", "", "청년 일자리"), "1 청년 일자리"),
        (("2.", "교통"), "2. 교통"),
        (("\U000f02b3", "주택 공급"), "③ 주택 공급"),
    ],
)
def test_a_title_drawn_as_a_table_is_a_line(
    tmp_path: Path, cells: tuple[str, ...], line: str
) -> None:
    report = read(tmp_path / "a.hwpx", hwpx(p("앞"), p(inner=plain_table(cells)), p("뒤")))
    assert report.lines == ("앞", "", line, "", "뒤")


def test_a_footnote_stands_behind_its_word_and_below_its_paragraph(tmp_path: Path) -> None:
    marked = p(inner=f"<hp:t>빛길버스</hp:t>{note('호출형 버스')}<hp:t> 운행</hp:t>")
    drawn = plain_table(("구분", "수"), (p(inner="<hp:t>승객</hp:t>" + note("하루 평균")), "12"))
    report = read(tmp_path / "a.hwpx", hwpx(marked, p("다음"), p(inner=drawn)))
    assert report.lines == (
        *("빛길버스1) 운행", "1) 호출형 버스", "다음", ""),
        *("구분\t수", "승객2)\t12", "", "2) 하루 평균"),
    )


def test_headers_footers_and_bookmarks_are_left_out(tmp_path: Path) -> None:
    marks = note("머리말", "header") + note("꼬리말", "footer")
    bookmark = '<hp:ctrl><hp:bookmark name="여기"/></hp:ctrl>'
    report = read(tmp_path / "a.hwpx", hwpx(p("본문", inner=marks + bookmark)))
    assert report.lines == ("본문",)


def test_list_numbers_are_written_out_and_outline_levels_kept(tmp_path: Path) -> None:
    body = (
        *(p("개요", shape=1), p("목적", shape=2), p("대상", shape=2)),
        *(p("현황", shape=1), p("인구", shape=2), p("주요 사업", shape=3), p("예산", style=7)),
    )
    report = read(tmp_path / "a.hwpx", hwpx(*body, shapes=_OUTLINE))
    assert report.lines == (
        *("Ⅰ. 개요", "가. 목적", "나. 대상", "", "Ⅱ. 현황", "가. 인구", "□ 주요 사업", ""),
        "예산",
    )
    assert report.headings == ((1, 1), (5, 1), (9, 2))


def test_numbers_of_captions_and_text_boxes_are_read(tmp_path: Path) -> None:
    number = '<hp:ctrl><hp:autoNum num="3" numType="TABLE"/></hp:ctrl>'
    caption = (
        f'<hp:caption side="TOP"><hp:subList>{p("표 ", inner=number)}</hp:subList></hp:caption>'
    )
    drawn = table(cell("구분", 0, 0) + cell("계", 0, 1), size=(1, 2), more=caption)
    box = f"<hp:rect><hp:drawText><hp:subList>{p('글상자')}</hp:subList></hp:drawText></hp:rect>"
    report = read(tmp_path / "a.hwpx", hwpx(p(inner=drawn), p("본문", inner=box)))
    assert report.lines == ("표 3", "", "구분\t계", "", "본문", "글상자")


def test_pages_are_estimated_from_drawn_lines(tmp_path: Path) -> None:
    body = (
        p("1. 개요", inner=SETTINGS, at=(0, 1600)),
        p("○ 가", at=(40_000, 60_000, 0)),
        p("○ 나", at=(2_000,)),
        p("○ 다", at=(4_000,)),
        p("○ 라", at=(6_000,)),
        p("2. 현황", at=(0,), breaks=True),
    )
    report = read(tmp_path / "a.hwpx", hwpx(*body))
    assert [(page.number, page.exact, page.lines) for page in report.pages] == [
        (1, False, ("1. 개요", "○ 가")),
        (2, False, ("○ 나", "○ 다", "○ 라")),
        (3, False, ("2. 현황",)),
    ]


def test_a_long_table_has_its_rows_on_several_pages(tmp_path: Path) -> None:
    rows = plain_table(*((f"사업 {n}", f"{n},000") for n in range(1, 10)))
    before = (p("가", inner=SETTINGS, at=(0,)), p("나", at=(1_000,)), p("다", at=(20_000,)))
    after = (p("라", at=(50_000,)), p("마", at=(52_000,)))
    report = read(tmp_path / "a.hwpx", hwpx(*before, p(inner=rows, at=(22_000,)), *after))
    assert [(page.number, len(page.lines)) for page in report.pages] == [(1, 8), (2, 8)]


@pytest.mark.parametrize("at", [(), (0,)], ids=["none", "placeholders"])
def test_without_drawn_lines_no_page_is_made_up(tmp_path: Path, at: tuple[int, ...]) -> None:
    body = (p(f"○ 사업 {n}", at=at, breaks=n % 5 == 0) for n in range(20))
    report = read(tmp_path / "a.hwpx", hwpx(*body))
    assert [page.number for page in report.pages] == [None]


def test_a_hwp_file_gives_the_same(tmp_path: Path) -> None:
    cells = (("구분", 0, 0, 1, 1), ("예산", 0, 1, 1, 2), ("합계", 1, 0, 1, 1))
    grid = hwp_table((*cells, ("1,200", 1, 1, 1, 1), ("1,350", 1, 2, 1, 1)), (2, 3))
    marked = text_units("빛길버스")[:-2] + sign(17, b"  nf") + text_units(" 운행")
    data = hwp(
        paragraph("현황", shape=1, at=0),
        paragraph("", at=1600),
        paragraph("인구", shape=2, at=3200),
        paragraph(marked, footnote("호출형 버스"), at=4800),
        paragraph(_OBJECT, grid, at=0),
        info=shape() + shape(1) + shape(2, 1, 1) + numbering(("^1.", 2), ("^2)", 8)),
    )
    report = read(tmp_path / "a.hwp", data)
    assert report.lines == (
        *("Ⅰ. 현황", "", "가) 인구", "빛길버스1) 운행", "1) 호출형 버스", ""),
        *("구분\t예산\t", "합계\t1,200\t1,350"),
    )
    assert report.tables[0].grid == (("구분", "예산", "예산"), ("합계", "1,200", "1,350"))
    assert report.headings == ((1, 1),)
    assert [(page.number, len(page.lines)) for page in report.pages] == [(1, 6), (2, 2)]


def test_a_hwpml_file_gives_the_same(tmp_path: Path) -> None:
    def text(said: str) -> str:
        return f'<P ParaShape="0" Style="0"><TEXT CharShape="0"><CHAR>{said}</CHAR></TEXT></P>'

    def drawn(said: str, row: int, column: int, columns: int = 1) -> str:
        place = f'RowAddr="{row}" ColAddr="{column}" RowSpan="1" ColSpan="{columns}"'
        return f"<CELL {place}><PARALIST>{text(said)}</PARALIST></CELL>"

    rows = (
        f"<ROW>{drawn('구분', 0, 0)}{drawn('예산', 0, 1, 2)}</ROW>"
        f"<ROW>{drawn('합계', 1, 0)}{drawn('1,200', 1, 1)}{drawn('1,350', 1, 2)}</ROW>"
    )
    noted = f"<FOOTNOTE><PARALIST>{text('호출형 버스')}</PARALIST></FOOTNOTE>"
    data = (
        '<?xml version="1.0" encoding="UTF-8" standalone="no" ?><HWPML Version="2.8"><HEAD>'
        '<PARASHAPE Id="1" HeadingType="Outline" Level="0"/></HEAD><BODY><SECTION Id="0">'
        + text("현황").replace('"0"', '"1"', 1)
        + f"<P><TEXT><CHAR>빛길<TAB/>버스</CHAR>{noted}</TEXT></P>"
        + f'<P><TEXT><TABLE RowCount="2" ColCount="3">{rows}</TABLE></TEXT></P>'
        + "</SECTION></BODY></HWPML>"
    )
    for name, encoded in (("a.hml", data.encode()), ("b.hml", data.encode("utf-16"))):
        if name == "b.hml":
            encoded = data.replace("UTF-8", "UTF-16").encode("utf-16")
        report = read(tmp_path / name, encoded)
        assert report.lines == (
            *("현황", "빛길 버스1)", "1) 호출형 버스", ""),
            *("구분\t예산\t", "합계\t1,200\t1,350"),
        )
        assert report.headings == ((1, 1),)


def test_a_package_of_large_spans_does_not_grow(tmp_path: Path) -> None:
    wide = table(
        cell("가", 0, 0, rows=100_000, columns=100_000) + cell("나", 0, 1), size=(200_000, 200_000)
    )
    report = read(tmp_path / "a.hwpx", hwpx(p("본문"), p(inner=wide)))
    assert report.lines[0] == "본문"


def test_cells_that_all_cover_one_another_take_no_time(tmp_path: Path) -> None:
    many = (cell(f"{at}", at, at, rows=1000, columns=1000) for at in range(150))
    report = read(tmp_path / "a.hwpx", hwpx(p(inner=table(*many, size=(150, 150)))))
    assert report.tables[0].grid[149][149] == "149"


@pytest.mark.parametrize(
    ("flags", "reason"), [(1 | 2, "암호나 보안(DRM)이 걸린 HWP"), (1 | 16, "암호나 보안(DRM)")]
)
def test_a_protected_hwp_file_says_so(tmp_path: Path, flags: int, reason: str) -> None:
    assert reason in refusal(tmp_path / "a.hwp", hwp(paragraph("비밀"), flags=flags))


@pytest.mark.parametrize(
    ("streams", "reason"),
    [
        ({"EncryptedPackage": b"x", "WordDocument": b"x"}, "암호가 걸린 오피스"),
        ({"WordDocument": b"x"}, "DOCX나 PDF로 저장해서 넣어 주세요"),
        ({"Workbook": b"x"}, "엑셀(.xls)"),
        ({"PowerPoint Document": b"x"}, "파워포인트(.ppt)"),
        ({"다른것": b"x"}, "알 수 없는 오피스 파일"),
    ],
)
def test_other_ole_files_are_named(tmp_path: Path, streams: dict[str, bytes], reason: str) -> None:
    assert reason in refusal(tmp_path / "a.hwp", ole(streams))


def test_old_hangul_and_rtf_files_are_named(tmp_path: Path) -> None:
    old = b"HWP Document File V3.00 \x1a\1\2\3\4\5" + bytes(64)
    assert "옛 한글(HWP 3.0)" in refusal(tmp_path / "a.hwp", old)
    assert "RTF 파일" in refusal(tmp_path / "a.rtf", b"{\\rtf1 \\ansi}")


def test_an_encrypted_hwpx_file_says_so(tmp_path: Path) -> None:
    members = parts(p("비밀")) | {"META-INF/manifest.xml": "<m><encryption-data/></m>"}
    assert "암호가 걸린 HWPX" in refusal(tmp_path / "a.hwpx", zipped(members))


def test_declared_entities_are_refused_in_every_part(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE b [<!ENTITY a "가"><!ENTITY c "&a;&a;">]>'
    for name in ("Contents/section0.xml", "Contents/header.xml"):
        members = parts(p("본문"))
        members[name] = members[name].replace("<hs:sec", bomb + "<hs:sec", 1)
        members[name] = members[name].replace("<hh:head", bomb + "<hh:head", 1)
        assert "DOCTYPE" in refusal(tmp_path / "a.hwpx", zipped(members))
    hwpml = f"<?xml version='1.0'?>{bomb}<HWPML><BODY><SECTION/></BODY></HWPML>"
    assert "DOCTYPE" in refusal(tmp_path / "a.hml", hwpml.encode())


@pytest.mark.parametrize("share", [0.05, 0.3, 0.6])
def test_a_cut_file_is_one_error(tmp_path: Path, share: float) -> None:
    for name, data in (("a.hwpx", hwpx(p("본문" * 500))), ("a.hwp", hwp(paragraph("본문")))):
        assert refusal(tmp_path / name, data[: int(len(data) * share)]).startswith(name)


def test_a_file_with_lost_parts_has_a_notice(tmp_path: Path) -> None:
    cut = hwp(paragraph("본문"), record(66, 0, bytes(22))[:-2], flags=0)
    report = read(tmp_path / "a.hwp", cut)
    assert report.lines == ("본문",)
    assert report.notices == (
        "일부 내용을 읽지 못했습니다. 빠진 곳이 있는지 원본과 비교해 주세요.",
    )


def test_empty_and_broken_documents_are_refused(tmp_path: Path) -> None:
    assert "글자가 없는 파일" in refusal(tmp_path / "a.hwpx", hwpx(p(), p()))
    assert "글자가 없는 파일" in refusal(tmp_path / "a.hwp", hwp(paragraph("")))
    broken = parts(p("본문")) | {"Contents/section0.xml": "<hs:sec"}
    assert "XML이 깨져" in refusal(tmp_path / "b.hwpx", zipped(broken))
    none = {name: text for name, text in parts().items() if "section" not in name}
    assert "본문이 없는 HWPX" in refusal(tmp_path / "c.hwpx", zipped(none))


def test_xml_that_is_too_deep_is_refused(tmp_path: Path) -> None:
    deep = "<hp:rect>" * 20_000 + "</hp:rect>" * 20_000
    assert "지나치게 깊어" in refusal(tmp_path / "a.hwpx", hwpx(p("본문", inner=deep)))
