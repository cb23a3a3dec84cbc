"""Pages that are pictures -> words and ruled lines, read by tesseract where it is installed."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import unicodedata
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING

from index.readers.pdf.rulings import Rulings
from index.readers.pdf.words import Word
from rag.types import Box

if TYPE_CHECKING:
    import pypdfium2 as pdfium
    from PIL.Image import Image

_DPI = 300
_LARGEST = 5_000  # pixels a side; larger pages are read at less than 300 dpi
_SECONDS = 120  # for one page
_KOREAN, _WITH_ENGLISH = "kor", "kor+eng"  # with English, more figures and units come out right
_LAYOUT = "4"  # one column of text of any size: keeps the cells of a row in one line
_SURE = 30.0  # per cent; less is dust or a picture
_ONE_WORD = 0.3  # of the height; tesseract parts Korean syllables that stand closer than that
_WORD_LEVEL = "5"
_LINE = ("block_num", "par_num", "line_num")
_BOX = ("left", "top", "width", "height")


def available() -> bool:
    """Whether tesseract and its Korean data are installed."""
    return _KOREAN in _installed()


def _languages() -> str:
    return _WITH_ENGLISH if "eng" in _installed() else _KOREAN


@cache
def _installed() -> frozenset[str]:
    program = shutil.which("tesseract")
    if program is None:
        return frozenset()
    try:
        listed = subprocess.run(
            [program, "--list-langs"], capture_output=True, timeout=_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return frozenset()
    return frozenset(listed.stdout.decode("utf-8", errors="replace").split())


@dataclass(frozen=True, slots=True)
class Scan:
    """What a picture of a page shows, in points from its top left, set straight."""

    words: tuple[Word, ...] = ()
    rulings: Rulings = field(default_factory=Rulings)


def read_pages(document: pdfium.PdfDocument, numbers: Sequence[int]) -> Iterator[Scan]:
    """Those pages (counted from 1) in their order; nothing on one that cannot be read."""
    workers = os.cpu_count() or 1
    waiting: deque[Future[Scan]] = deque()
    with ThreadPoolExecutor(workers) as pool:
        for number in numbers:
            picture, point = _picture(document, number)  # here: pdfium is for one thread only
            waiting.append(pool.submit(read_picture, picture, point))
            if len(waiting) > workers:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def read_picture(picture: Image, point: float) -> Scan:
    """The words and lines of a grey picture whose pixels are that many points wide."""
    from index.readers.scan import straightened, without_lines

    letters, lines = without_lines(straightened(picture))
    rulings = Rulings(
        across=[_in_points(box, point) for box in lines.across],
        down=[_in_points(box, point) for box in lines.down],
    )
    return Scan(tuple(words_of(_recognized(letters), point)), rulings)


def words_of(table: str, point: float) -> Iterator[Word]:
    """The words of tesseract's tab-separated output, without those it is not sure of."""
    last: Word | None = None
    line = ""
    for row in csv.DictReader(table.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE):
        if row["level"] != _WORD_LEVEL or float(row["conf"]) < _SURE or not row["text"].strip():
            continue
        word, at = _word(row, point), " ".join(row[key] for key in _LINE)
        if last and at == line and word.x0 - last.x1 < _ONE_WORD * max(word.size, last.size):
            last = _together(last, word)
            continue
        if last:
            yield last
        last, line = word, at
    if last:
        yield last


def _word(row: dict[str, str], point: float) -> Word:
    left, top, width, height = (float(row[key]) * point for key in _BOX)
    text = unicodedata.normalize("NFC", row["text"].strip())
    return Word(text, left, top, left + width, top + height, height)


def _together(first: Word, then: Word) -> Word:
    return replace(
        first,
        text=first.text + then.text,
        top=min(first.top, then.top),
        x1=then.x1,
        bottom=max(first.bottom, then.bottom),
        size=max(first.size, then.size),
    )


def _picture(document: pdfium.PdfDocument, number: int) -> tuple[Image, float]:
    """The page in grey, and how many points a pixel is."""
    page = document[number - 1]
    try:
        scale = min(_DPI / 72, _LARGEST / max(*page.get_size(), 1.0))
        picture: Image = page.render(scale=scale, grayscale=True).to_pil().convert("L")
        return picture, 1 / scale
    finally:
        page.close()


def _recognized(picture: Image) -> str:
    png = BytesIO()
    picture.save(png, "PNG", compress_level=1)
    command = ["tesseract", "stdin", "stdout", "-l", _languages(), "--psm", _LAYOUT]
    try:
        done = subprocess.run(
            [*command, "--dpi", str(_DPI), "tsv"],
            input=png.getvalue(),
            capture_output=True,
            timeout=_SECONDS,
            env=os.environ | {"OMP_THREAD_LIMIT": "1"},  # pages are read side by side already
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.decode("utf-8", errors="replace") if done.returncode == 0 else ""


def _in_points(box: Box, point: float) -> Box:
    x0, top, x1, bottom = box
    return x0 * point, top * point, x1 * point, bottom * point
