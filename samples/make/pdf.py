"""The PDF, and on which of its sheets each line and row of the source stands."""

from __future__ import annotations

import io
import json
import tempfile
from pathlib import Path

from samples.make.paper import Contents, typeset
from samples.make.source import Mark, Source, Text

FRONT = 2  # sheets without a printed number: cover and contents
_INCHES = 1 / 72
_DPI = 200
_TILT = 0.3  # degrees, as a page laid on the glass by hand

Places = dict[str, list[int]]  # "block" or "block.row" -> sheets, more than one for a repeated head


def write_pdf(source: Source, target: Path) -> Places:
    """Write the PDF; the scanned pages are pictures of what they would have been as text."""
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        places = _compiled(source, (), {}, work)
        contents = contents_of(source, places)
        places = _compiled(source, contents, {}, work)
        scans = {}
        for at, block in enumerate(source.blocks):
            if isinstance(block, Mark) and block.kind == "scan":
                name = f"scan{at}.jpg"
                sheet = next(places[str(n)][0] for n in range(at, at + 9) if str(n) in places)
                (work / name).write_bytes(_photograph(work / "report.pdf", sheet))
                scans[at] = name
        _compiled(source, contents, scans, work)
        target.write_bytes((work / "report.pdf").read_bytes())
    return places


def contents_of(source: Source, places: Places) -> Contents:
    """What the contents page lists: headings of two levels with their printed pages."""
    return [
        (block.level, block.text, places[str(at)][0] - FRONT)
        for at, block in enumerate(source.blocks)
        if isinstance(block, Text) and block.level in (1, 2)
    ]


def _compiled(source: Source, contents: Contents, scans: dict[int, str], work: Path) -> Places:
    import typst

    page = work / "report.typ"
    page.write_text(typeset(source, contents, scans), encoding="utf-8")
    target = str(work / "report.pdf")
    typst.compile(str(page), output=target, root=str(work), pdf_tags=False)
    places: Places = {}
    for mark in json.loads(typst.query(str(page), "<at>", field="value", root=str(work))):
        places.setdefault(mark["id"], []).append(mark["page"])
    return places


def _photograph(pdf: Path, sheet: int) -> bytes:
    """The sheet as an office scanner gives it: grey, slightly turned, with a little noise."""
    import numpy as np
    import pypdfium2
    from PIL import Image

    with pypdfium2.PdfDocument(pdf) as document:
        page = document[sheet - 1]
        grey = page.render(scale=_DPI * _INCHES, grayscale=True).to_pil().convert("L")
    turned = grey.rotate(_TILT, resample=Image.Resampling.BICUBIC, fillcolor=252)
    noise = np.random.default_rng(2025).normal(0, 3, (turned.height, turned.width))
    paper = np.clip(np.asarray(turned, dtype=float) * 0.94 + 8 + noise, 0, 255)
    target = io.BytesIO()
    Image.fromarray(paper.astype("uint8")).save(target, "JPEG", quality=42, optimize=True)
    return target.getvalue()
