from __future__ import annotations

import numpy as np
import pypdfium2 as pdfium
import pytest
from PIL import Image, ImageDraw
from reportlab.pdfgen.canvas import Canvas

from index.readers import ocr
from index.readers.pdf.grids import tables_between
from index.readers.scan import straightened, without_lines
from tests.paper import drawn, grid, put, texts

HEAD = (
    *("level", "page_num", "block_num", "par_num", "line_num", "word_num"),
    *("left", "top", "width", "height", "conf", "text"),
)


def _row(text: str, left: int, width: int, *, conf: float = 90, line: int = 1) -> str:
    values = (5, 1, 1, 1, line, 1, left, 100 * line, width, 40, conf, text)
    return "\t".join(map(str, values))


def _read(*rows: str) -> list[str]:
    return [word.text for word in ocr.words_of("\n".join(("\t".join(HEAD), *rows)), 0.24)]


def test_syllables_that_stand_close_are_one_word() -> None:
    assert _read(_row("예", 0, 40), _row("산", 45, 40), _row("총괄", 105, 80)) == ["예산", "총괄"]


def test_a_word_ends_with_its_line() -> None:
    assert _read(_row("예산", 0, 80), _row("총괄", 85, 80, line=2)) == ["예산", "총괄"]


def test_what_tesseract_is_not_sure_of_is_left_out() -> None:
    assert _read(_row("예산", 0, 80), _row("~", 300, 9, conf=12)) == ["예산"]


def test_quotation_marks_are_letters_like_others() -> None:
    assert _read(_row('"가', 0, 80), _row("나", 300, 40)) == ['"가', "나"]


def test_boxes_are_in_points() -> None:
    (word,) = ocr.words_of("\n".join(("\t".join(HEAD), _row("예산", 50, 100))), 0.24)

    assert (word.x0, word.top, word.x1, word.bottom) == pytest.approx((12, 24, 36, 33.6))


def _ruled() -> Image.Image:
    picture = Image.new("L", (900, 700), 255)
    pen = ImageDraw.Draw(picture)
    for y in (100, 300, 500):
        pen.line((100, y, 800, y), fill=0, width=4)
    for x in (100, 400, 800):
        pen.line((x, 100, x, 500), fill=0, width=4)
    pen.rectangle((150, 180, 190, 220), fill=0)  # a letter
    return picture


def test_ruled_lines_are_found_and_wiped_out_and_letters_stay() -> None:
    letters, lines = without_lines(_ruled())
    ink = np.argwhere(np.asarray(letters) < 128)

    assert {round(box[1], -1) for box in lines.across} == {100, 300, 500}
    assert {round(box[0], -1) for box in lines.down} == {100, 400, 800}
    assert ink.min(axis=0).tolist() == [180, 150]
    assert ink.max(axis=0).tolist() == [220, 190]


@pytest.mark.parametrize("tilt", [0.0, 1.0, -1.5])
def test_a_tilted_page_is_set_straight(tilt: float) -> None:
    tilted = _ruled().rotate(tilt, resample=Image.Resampling.BICUBIC, fillcolor=255)
    _, lines = without_lines(straightened(tilted))

    assert len({round(box[1] / 12) for box in lines.across}) == 3


def _scanned() -> pdfium.PdfDocument:
    """A picture of a page with a table, and two empty pages."""

    def draw(canvas: Canvas) -> None:
        grid(canvas, (50, 150, 250, 350), (50, 80, 110, 140))
        canvas.setFont("Helvetica", 14)
        for row, y in (("2023", "2024", "2025"), 70), (("1,234", "567", "89"), 100):
            for text, x in zip(row, (60, 160, 260), strict=True):
                put(canvas, text, x, y)

    picture = drawn(draw).render(scale=300 / 72).to_pil()
    document = pdfium.PdfDocument.new()
    image = pdfium.PdfImage.new(document)
    image.set_bitmap(pdfium.PdfBitmap.from_pil(picture))
    image.set_matrix(pdfium.PdfMatrix().scale(400, 300))
    page = document.new_page(400, 300)
    page.insert_obj(image)
    page.gen_content()
    for _ in range(2):
        document.new_page(400, 300)
    return document


@pytest.mark.slow
@pytest.mark.skipif(not ocr.available(), reason="tesseract with Korean data is not installed")
def test_pages_are_read_in_order_with_their_tables() -> None:
    scans = list(ocr.read_pages(_scanned(), [1, 2, 3]))
    (table,) = tables_between(scans[0].rulings, scans[0].words, 400, 300)

    assert texts(table)[:2] == [["2023", "2024", "2025"], ["1,234", "567", "89"]]
    assert scans[0].words[0].x0 == pytest.approx(60, abs=3)
    assert [len(scan.words) for scan in scans[1:]] == [0, 0]
