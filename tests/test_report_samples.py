"""The sample report says the same in all its formats, and its gold questions fit it."""

from __future__ import annotations

import json
import re
import shutil
import unicodedata
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.saying import says

ROOT = Path(__file__).parent.parent
STEM = "hanbit_2025_report"
PDF = ROOT / "samples" / f"{STEM}.pdf"
TWINS = ROOT / "tests" / "reports"
LINES = (TWINS / f"{STEM}.txt").read_text(encoding="utf-8").splitlines()
LAYOUT: dict[str, Any] = json.loads((ROOT / "samples" / "tables.json").read_text(encoding="utf-8"))
QUESTIONS: list[dict[str, Any]] = [
    json.loads(line)
    for line in (ROOT / "samples" / "report_questions.jsonl")
    .read_text(encoding="utf-8")
    .splitlines()
]
ANSWERABLE = [item for item in QUESTIONS if item["answerable"]]
EVIDENCE = [evidence for item in ANSWERABLE for evidence in item["evidence"]]
PAGE_MARK = re.compile(r"- (\d+) -$")
FONTS = ("NanumGothic", "NanumMyeongjo", "Noto Serif CJK KR")

each_answerable = pytest.mark.parametrize("item", ANSWERABLE, ids=lambda item: str(item["id"]))


def _folded(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def _sheet_texts() -> dict[int, str]:
    import pypdfium2

    with pypdfium2.PdfDocument(PDF) as document:
        return {
            at: _folded(page.get_textpage().get_text_range())
            for at, page in enumerate(document, start=1)
        }


def _archive_text(path: Path, members: tuple[str, ...]) -> str:
    """The text of an XML archive without its tags; footnotes stand at its end."""
    with zipfile.ZipFile(path) as archive:
        xml = "".join(archive.read(name).decode() for name in members)
    note = re.compile(r"<hp:footNote .*?</hp:footNote>")
    plain = re.sub(r"<[^>]+>", "", note.sub("", xml) + "".join(note.findall(xml)))
    return _folded(plain.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))


def _printed_texts() -> list[str]:
    """Cells and lines of the text twin without what only paper has."""
    body = [line for line in LINES if not PAGE_MARK.match(line) and "····" not in line]
    cells = [cell for line in body for cell in line.split("\t")]
    return [_folded(re.sub(r"(?<=[가-힣])\d\)|^\d\) ", "", cell)) for cell in cells if cell]


def test_question_ids_are_unique() -> None:
    assert [key for key, n in Counter(item["id"] for item in QUESTIONS).items() if n > 1] == []


def test_there_are_questions_of_every_type() -> None:
    counts = Counter(item["type"] for item in QUESTIONS)
    assert len(QUESTIONS) >= 64
    assert counts["fact"] >= 20
    assert counts["table"] >= 15
    assert counts["unanswerable"] >= 9
    assert len(counts) == 9


def test_unanswerable_questions_have_neither_answer_nor_evidence() -> None:
    rest = [item for item in QUESTIONS if not item["answerable"]]
    assert {item["type"] for item in rest} == {"unanswerable"}
    assert all(not (item["answer"] or item["must_include"] or item["evidence"]) for item in rest)


@each_answerable
def test_each_quote_stands_in_its_line_and_what_must_be_said_with_it(item: dict[str, Any]) -> None:
    held = [LINES[evidence["line_start"] - 1] for evidence in item["evidence"]]
    for evidence, line in zip(item["evidence"], held, strict=True):
        assert _folded(evidence["quote"]) in _folded(line)
    for group in item["must_include"]:
        assert any(says(item["answer"], variant) for variant in group), group
        if item["type"] != "calculation":
            assert any(says("\n".join(held), variant) for variant in group), group


@each_answerable
def test_each_section_is_printed_in_the_report(item: dict[str, Any]) -> None:
    printed = _folded("".join(LINES))
    assert item["section"]
    for heading in item["section"]:
        assert _folded(heading) in printed


@each_answerable
def test_each_page_is_that_of_the_mark_below_the_line(item: dict[str, Any]) -> None:
    for evidence in item["evidence"]:
        rest = LINES[evidence["line_start"] :]
        printed = next(int(mark[1]) for line in rest if (mark := PAGE_MARK.match(line)))
        assert evidence["page"] == printed + LAYOUT["front"]


def test_printed_pages_count_up_and_differ_from_the_sheets() -> None:
    printed = [int(mark[1]) for line in LINES if (mark := PAGE_MARK.match(line))]
    assert printed == list(range(1, LAYOUT["sheets"] - LAYOUT["front"] + 1))
    assert LAYOUT["sheets"] >= 20


def test_each_quote_stands_on_its_sheet_of_the_pdf_and_one_sheet_is_a_picture() -> None:
    sheets = _sheet_texts()
    scanned = [number for number, text in sheets.items() if not text]
    assert len(sheets) == LAYOUT["sheets"]
    assert len(scanned) == 1
    assert any(evidence["page"] in scanned for evidence in EVIDENCE)
    for evidence in EVIDENCE:
        held = sheets[evidence["page"]]
        assert evidence["page"] in scanned or _folded(evidence["quote"]) in held, evidence


def test_every_table_of_the_text_twin_is_listed_with_its_lines_and_its_grid() -> None:
    for table in LAYOUT["tables"]:
        for line, row in zip(table["lines"], table["grid"], strict=True):
            cells = LINES[line - 1].split("\t")
            assert len(cells) == len(row)
            assert all(cell in ("", value) for cell, value in zip(cells, row, strict=True))


def test_tables_run_over_pages_and_are_asked_about_below_the_break() -> None:
    broken = [table for table in LAYOUT["tables"] if table["head_again"]]
    below = {
        line
        for table in broken
        for line, sheet in zip(table["lines"], table["sheets"], strict=True)
        if sheet > table["sheets"][0]
    }
    assert len(broken) >= 2
    assert below & {evidence["line_start"] for evidence in EVIDENCE}


@pytest.mark.parametrize(
    ("suffix", "members"),
    [
        ("hwpx", ("Contents/section0.xml",)),
        ("docx", ("word/document.xml", "word/footnotes.xml")),
    ],
)
def test_the_twins_hold_the_text_of_the_report(suffix: str, members: tuple[str, ...]) -> None:
    text = _archive_text(TWINS / f"{STEM}.{suffix}", members)
    missing = [
        cell
        for cell in _printed_texts()
        if cell not in text and not re.match(r"\d\D", cell)  # `1 제목` is drawn as two cells
    ]
    assert missing == []


@pytest.mark.slow
def test_the_script_writes_the_same_bytes_again(tmp_path: Path) -> None:
    typst = pytest.importorskip("typst")
    if not set(FONTS) <= set(typst.Fonts().families()):
        pytest.skip("the fonts of the report are not installed")
    from samples.make.__main__ import main

    shutil.copytree(ROOT / "samples" / "source", tmp_path / "samples" / "source")
    made = [PDF, PDF.with_name("tables.json"), PDF.with_name("report_questions.jsonl")]
    shutil.copy(made[-1], tmp_path / "samples")
    main(tmp_path)
    for path in (*made, *TWINS.glob(f"{STEM}.*")):
        assert (tmp_path / path.relative_to(ROOT)).read_bytes() == path.read_bytes(), path.name
