"""PDF pages for tests, drawn with lines and words at given places."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from io import BytesIO

import pypdfium2 as pdfium
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from index.readers.pdf.grids import PageTable, tables_on
from index.readers.pdf.words import Word, words_on

WIDTH, HEIGHT = 400.0, 300.0
Draw = Callable[[Canvas], None]


def drawn(draw: Draw, *, rotation: int = 0) -> pdfium.PdfPage:
    """One page of 400 x 300 points, upright as shown however the file turns it."""
    data = BytesIO()
    canvas = Canvas(data, pagesize=(WIDTH, HEIGHT), pageCompression=0)
    pdfmetrics.registerFont(UnicodeCIDFont("HYSMyeongJo-Medium"))
    canvas.setFont("HYSMyeongJo-Medium", 10)
    if rotation:
        canvas.setPageSize((HEIGHT, WIDTH) if rotation != 180 else (WIDTH, HEIGHT))
        shifts = {90: (HEIGHT, 0.0), 180: (WIDTH, HEIGHT), 270: (0.0, WIDTH)}
        canvas.translate(*shifts[rotation])
        canvas.rotate(rotation)
    draw(canvas)
    canvas.showPage()
    canvas.save()
    page = pdfium.PdfDocument(data.getvalue())[0]
    page.set_rotation(rotation)
    return page


def words_of(page: pdfium.PdfPage) -> list[Word]:
    """The words that the reader finds."""
    return words_on(page, page.get_textpage())


def tables_of(page: pdfium.PdfPage) -> list[PageTable]:
    """The tables that the reader finds."""
    return tables_on(page, words_of(page))


def texts(table: PageTable) -> list[list[str | None]]:
    """What stands in the cells; None where none begins."""
    return [[cell.text if cell else None for cell in row] for row in table.rows]


def lines(canvas: Canvas, *ends: tuple[float, float, float, float]) -> None:
    """Straight lines, in points from the top left."""
    for x0, top, x1, bottom in ends:
        canvas.line(x0, HEIGHT - top, x1, HEIGHT - bottom)


def grid(canvas: Canvas, xs: Sequence[float], ys: Sequence[float]) -> None:
    """All lines of a grid with these borders."""
    lines(canvas, *((xs[0], y, xs[-1], y) for y in ys), *((x, ys[0], x, ys[-1]) for x in xs))


def put(canvas: Canvas, text: str, x: float, y: float) -> None:
    """Words on a line whose foot is that far from the top."""
    canvas.drawString(x, HEIGHT - y, text)
