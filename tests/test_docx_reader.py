"""DOCX becomes lines, tables and headings; Word's own numbers are written out."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.enum.text import WD_BREAK
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from tests.made_hwpx import zipped
from tests.reading import read, refusal

_NOTES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
_NOTES_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"


def saved(document: Any) -> bytes:
    packed = BytesIO()
    document.save(packed)
    return packed.getvalue()


def members(data: bytes) -> dict[str, str | bytes]:
    with zipfile.ZipFile(BytesIO(data)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def put(paragraph: Any, xml: str) -> None:
    """Adds what python-docx cannot write to the paragraph's first run."""
    run = paragraph.runs[0] if paragraph.runs else paragraph.add_run()
    for element in parse_xml(f"<w:r {nsdecls('w')}>{xml}</w:r>"):
        run._r.append(element)


def test_paragraphs_are_lines_and_heading_styles_have_levels(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("가온시 업무계획")
    document.add_paragraph("")
    document.add_paragraph("2025. 1.")
    document.add_heading("일반현황", level=1)
    document.add_paragraph("○ 인구\t12,300명")
    document.add_heading("예산", level=2)
    report = read(tmp_path / "a.docx", saved(document))
    assert report.lines == (
        *("가온시 업무계획", "", "2025. 1.", "", "일반현황", "○ 인구 12,300명", "", "예산"),
    )
    assert report.headings == ((5, 1), (8, 2))
    assert report.title == "가온시 업무계획 (2025. 1.)"
    assert [(page.number, page.exact) for page in report.pages] == [(None, False)]


def test_merged_and_nested_cells_are_read_as_drawn(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("(단위 : 백만원)")
    table = document.add_table(4, 4)
    texts = (
        *(("구분", "예산", "", "비고"), ("", "2024년", "2025년", "")),
        *(("복지", "1,200", "1,350", ""), ("교통", "900", "", "신규")),
    )
    for row, line in enumerate(texts):
        for column, text in enumerate(line):
            table.cell(row, column).text = text
    for first, last in (((0, 0), (1, 0)), ((0, 1), (0, 2)), ((0, 3), (1, 3)), ((2, 2), (3, 2))):
        table.cell(*first).merge(table.cell(*last))
    inside = table.cell(2, 3).add_table(2, 2)
    for at, text in enumerate(("연도", "명", "2025", "30")):
        inside.cell(at // 2, at % 2).text = text
    report = read(tmp_path / "a.docx", saved(document))
    assert report.lines == (
        *("(단위 : 백만원)", "구분\t예산\t\t비고", "\t2024년\t2025년\t", "복지\t1,200\t1,350\t"),
        *("교통\t900\t\t신규", "", "연도\t명", "2025\t30"),
    )
    assert report.tables[0].head == 2
    assert report.tables[0].grid == (
        ("구분", "예산", "예산", "비고"),
        ("구분", "2024년", "2025년", "비고"),
        ("복지", "1,200", "1,350", ""),
        ("교통", "900", "1,350", "신규"),
    )


def test_the_head_rows_that_word_repeats_are_the_head(tmp_path: Path) -> None:
    document = docx.Document()
    table = document.add_table(3, 2)
    for row, line in enumerate((("1,000", "2,000"), ("가", "나"), ("다", "라"))):
        for column, text in enumerate(line):
            table.cell(row, column).text = text
    for row in table.rows[:2]:
        row._tr.get_or_add_trPr().append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))
    assert read(tmp_path / "a.docx", saved(document)).tables[0].head == 2


def test_boxes_and_titles_drawn_as_tables_are_lines(tmp_path: Path) -> None:
    document = docx.Document()
    title = document.add_table(1, 2)
    title.cell(0, 0).text, title.cell(0, 1).text = "Ⅱ", "추진 방향"
    box = document.add_table(1, 1).cell(0, 0)
    box.text = "○ 안전하게"
    box.add_paragraph("○ 편리하게")
    report = read(tmp_path / "a.docx", saved(document))
    assert report.lines == ("Ⅱ. 추진 방향", "", "○ 안전하게", "○ 편리하게")


def test_list_numbers_are_written_out(tmp_path: Path) -> None:
    document = docx.Document()
    numbering = document.part.numbering_part.element
    levels = (("upperRoman", "%1."), ("ganada", "%2)"), ("decimalEnclosedCircle", "%3"))
    drawn = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{style}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for at, (style, text) in enumerate(levels)
    )
    space = nsdecls("w")
    numbering.insert(
        0, parse_xml(f'<w:abstractNum {space} w:abstractNumId="90">{drawn}</w:abstractNum>')
    )
    numbering.append(
        parse_xml(f'<w:num {space} w:numId="91"><w:abstractNumId w:val="90"/></w:num>')
    )
    for text, level in (
        ("현황", 0),
        ("인구", 1),
        ("예산", 1),
        ("세입", 2),
        ("계획", 0),
        ("일정", 1),
    ):
        properties = document.add_paragraph(text)._p.get_or_add_pPr()
        wanted = f'<w:ilvl w:val="{level}"/><w:numId w:val="91"/>'
        properties.append(parse_xml(f"<w:numPr {space}>{wanted}</w:numPr>"))
    report = read(tmp_path / "a.docx", saved(document))
    assert report.lines == (*("Ⅰ. 현황", "가) 인구", "나) 예산", "① 세입", "Ⅱ. 계획", "가) 일정"),)


def _with_footnote(document: Any, text: str) -> bytes:
    """The document with one footnote, which python-docx cannot write."""
    kept = members(saved(document))
    kept["word/footnotes.xml"] = (
        f'<w:footnotes {nsdecls("w")}><w:footnote w:id="5"><w:p><w:r><w:footnoteRef/>'
        f"<w:t> {text}</w:t></w:r></w:p></w:footnote></w:footnotes>"
    )
    types = bytes(kept["[Content_Types].xml"]).decode()  # type: ignore[arg-type]
    override = f'<Override PartName="/word/footnotes.xml" ContentType="{_NOTES_TYPE}"/>'
    kept["[Content_Types].xml"] = types.replace("</Types>", override + "</Types>")
    relations = bytes(kept["word/_rels/document.xml.rels"]).decode()  # type: ignore[arg-type]
    relation = f'<Relationship Id="rId77" Type="{_NOTES}" Target="footnotes.xml"/>'
    kept["word/_rels/document.xml.rels"] = relations.replace(
        "</Relationships>", relation + "</Relationships>"
    )
    return zipped(kept)


def test_a_footnote_stands_behind_its_word_and_below_its_paragraph(tmp_path: Path) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("빛길버스")
    put(paragraph, '<w:footnoteReference w:id="5"/>')
    paragraph.add_run(" 운행")
    document.add_paragraph("다음")
    report = read(tmp_path / "a.docx", _with_footnote(document, "호출형 버스"))
    assert report.lines == ("빛길버스1) 운행", "1) 호출형 버스", "다음")


def test_deleted_and_hidden_text_and_headers_are_left_out(tmp_path: Path) -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "머리말"
    paragraph = document.add_paragraph("본문")
    space = nsdecls("w")
    for xml in (
        f"<w:del {space}><w:r><w:delText>지움</w:delText></w:r></w:del>",
        f"<w:ins {space}><w:r><w:t> 넣음</w:t></w:r></w:ins>",
        f"<w:r {space}><w:rPr><w:vanish/></w:rPr><w:t>숨김</w:t></w:r>",
        f"<w:r {space}><w:instrText>PAGE</w:instrText></w:r>",
    ):
        paragraph._p.append(parse_xml(xml))
    assert read(tmp_path / "a.docx", saved(document)).lines == ("본문 넣음",)


def test_a_text_box_is_read_once(tmp_path: Path) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("본문")
    box = "<w:txbxContent><w:p><w:r><w:t>글상자</w:t></w:r></w:p></w:txbxContent>"
    space = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    run = (
        f"<w:r {nsdecls('w')} {space}><mc:AlternateContent><mc:Choice><w:drawing>{box}</w:drawing>"
        f"</mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    paragraph._p.append(parse_xml(run))
    assert read(tmp_path / "a.docx", saved(document)).lines == ("본문", "글상자")


def test_pages_are_estimated_from_the_breaks_word_saved(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("첫 쪽")
    put(document.add_paragraph(), "<w:lastRenderedPageBreak/><w:t>둘째 쪽</w:t>")
    table = document.add_table(2, 2)
    for row in range(2):
        for column in range(2):
            table.cell(row, column).text = f"{row}{column}"
    for cell in table.rows[1].cells:
        cell.paragraphs[0]._p.insert(
            0, parse_xml(f"<w:r {nsdecls('w')}><w:lastRenderedPageBreak/></w:r>")
        )
    document.add_paragraph("셋째 쪽")
    report = read(tmp_path / "a.docx", saved(document))
    assert [(page.number, page.exact, page.lines) for page in report.pages] == [
        (1, False, ("첫 쪽",)),
        (2, False, ("둘째 쪽", "", "00\t01")),
        (3, False, ("10\t11", "", "셋째 쪽")),
    ]


def test_set_breaks_alone_are_no_ground_for_pages(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("첫 쪽").add_run().add_break(WD_BREAK.PAGE)
    document.add_paragraph("다음 쪽")
    report = read(tmp_path / "a.docx", saved(document))
    assert [page.number for page in report.pages] == [None]


def test_a_span_that_claims_too_much_is_cut(tmp_path: Path) -> None:
    document = docx.Document()
    table = document.add_table(2, 2)
    for row in range(2):
        for column in range(2):
            table.cell(row, column).text = f"가{row}{column}"
    properties = table.cell(0, 0)._tc.get_or_add_tcPr()
    properties.append(parse_xml(f'<w:gridSpan {nsdecls("w")} w:val="999999999"/>'))
    assert "가10\t가11" in "\n".join(read(tmp_path / "a.docx", saved(document)).lines)


def test_declared_entities_are_refused_in_every_part(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE b [<!ENTITY a "가"><!ENTITY c "&a;&a;">]>'
    for name in ("word/document.xml", "word/styles.xml", "[Content_Types].xml"):
        kept = members(saved(docx.Document()))
        text = bytes(kept[name]).decode()  # type: ignore[arg-type]
        start = text.index("?>") + 2
        kept[name] = text[:start] + bomb + text[start:]
        assert "DOCTYPE" in refusal(tmp_path / "a.docx", zipped(kept))


@pytest.mark.parametrize("share", [0.05, 0.5, 0.9, 0.999])
def test_a_cut_file_is_one_error(tmp_path: Path, share: float) -> None:
    data = saved(docx.Document())
    assert "잘렸거나 손상" in refusal(tmp_path / "a.docx", data[: int(len(data) * share)])


def test_a_picture_that_unpacks_to_gigabytes_is_not_unpacked(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("본문")
    kept = members(saved(document)) | {"word/media/image1.png": bytes(100 * 2**20)}
    assert read(tmp_path / "a.docx", zipped(kept)).lines == ("본문",)


def test_an_empty_document_is_refused(tmp_path: Path) -> None:
    assert "글자가 없는 파일" in refusal(tmp_path / "a.docx", saved(docx.Document()))


@pytest.mark.parametrize(
    ("names", "reason"),
    [
        (("xl/workbook.xml",), "엑셀(XLSX)"),
        (("ppt/presentation.xml",), "파워포인트(PPTX)"),
        (("word/document.xml",), "매크로나 서식이 든 워드"),
        (("사진.png",), "보고서 파일이 아닌 압축 파일"),
    ],
)
def test_other_zip_files_are_named(tmp_path: Path, names: tuple[str, ...], reason: str) -> None:
    kept: dict[str, str | bytes] = dict.fromkeys(("[Content_Types].xml", *names), "<Types/>")
    assert reason in refusal(tmp_path / "a.docx", zipped(kept))


def test_a_document_without_its_parts_is_broken(tmp_path: Path) -> None:
    kept = members(saved(docx.Document()))
    del kept["word/document.xml"]
    assert "잘렸거나 손상" in refusal(tmp_path / "a.docx", zipped(kept))
