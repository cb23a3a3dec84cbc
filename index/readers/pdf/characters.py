"""The characters of a page as pdfium has them, called for as seldom as can be."""

from __future__ import annotations

import ctypes
import math
import re
from array import array
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import TYPE_CHECKING

from index.readers.pdf.calls import INT, POINTER, address_of, pdfium_call

if TYPE_CHECKING:
    import pypdfium2 as pdfium

Corners = tuple[float, float, float, float]  # left, bottom, right, top as the file counts

_BOLD_NAME = re.compile(r"bold|black|heavy|[-_](?:eb|xb|b|h)$|견고딕|헤드라인", re.IGNORECASE)
_UPRIGHT = 0.02  # radians
_SPACES = frozenset(" \t\xa0\u3000")
_BOLD_WEIGHT = 600
_FORCED_BOLD = 1 << 18
_FILLED_AND_DRAWN = 2  # the text render mode by which word processors make letters bolder


@dataclass(frozen=True, slots=True)
class Look:
    """What all characters of one text object share."""

    upright: bool  # on the page as it is shown
    size: float  # in points as drawn
    bold: bool
    unmapped: bool  # the font does not say which letter it draws


class Characters:
    """The characters of one page; `text` has one letter for each, so places in it are theirs."""

    def __init__(self, text_page: pdfium.PdfTextPage, *, turned: int) -> None:
        self._turned = math.radians(turned)
        self._page = address_of(text_page.raw)
        self._bold: dict[int | None, bool] = {}  # by font
        self.text = self._read(text_page)

    def boxes(self, places: Sequence[int]) -> list[Corners]:
        """Where each is drawn, as high as its font and as wide as its advance."""
        kept = array("f", bytes(16 * len(places)))
        start, _ = kept.buffer_info()
        rooms = range(start, start + 16 * len(places), 16)
        box = pdfium_call("FPDFText_GetLooseCharBox", INT, POINTER, INT, POINTER)
        deque(map(box, repeat(self._page), places, rooms), maxlen=0)
        return list(zip(kept[0::4], kept[3::4], kept[2::4], kept[1::4], strict=True))

    def looks(self, places: Sequence[int]) -> Iterator[Look]:
        """How each is drawn."""
        known: dict[int | None, Look] = {}
        drawn_by = pdfium_call("FPDFText_GetTextObject", POINTER, POINTER, INT)
        drawn = map(drawn_by, repeat(self._page), places)
        for place, by in zip(places, drawn, strict=True):
            look = known.get(by)
            if look is None:
                look = known[by] = self._look(place, by)
            yield look

    def spaced(self, places: Sequence[int]) -> Iterator[bool]:
        """Whether the file has a space in front of each; pdfium puts more in where gaps are."""
        text, page = self.text, self._page
        generated = pdfium_call("FPDFText_IsGenerated", INT, POINTER, INT)
        for place in places:
            if place > 2 and text[place - 1] == "\n":  # of "\r\n", which is never the file's
                place -= 2
            yield place > 0 and text[place - 1] in _SPACES and not generated(page, place - 1)

    def _look(self, place: int, by: int | None) -> Look:
        angle = pdfium_call("FPDFText_GetCharAngle", ctypes.c_float, POINTER, INT)
        unmapped = pdfium_call("FPDFText_HasUnicodeMapError", INT, POINTER, INT)
        off = (angle(self._page, place) + self._turned) % math.tau
        return Look(
            upright=min(off, math.tau - off) < _UPRIGHT,
            size=self._size(place),
            bold=by is not None and self._is_bold(by),
            unmapped=unmapped(self._page, place) == 1,
        )

    def _is_bold(self, text_object: int) -> bool:
        mode_of = pdfium_call("FPDFTextObj_GetTextRenderMode", INT, POINTER)
        if mode_of(text_object) == _FILLED_AND_DRAWN:
            return True
        font = pdfium_call("FPDFTextObj_GetFont", POINTER, POINTER)(text_object)
        if font not in self._bold:
            self._bold[font] = font is not None and _is_bold_font(font)
        return self._bold[font]

    def _size(self, place: int) -> float:
        size = pdfium_call("FPDFText_GetFontSize", ctypes.c_double, POINTER, INT)
        matrix_of = pdfium_call("FPDFText_GetMatrix", INT, POINTER, INT, POINTER)
        matrix = (ctypes.c_float * 6)()
        matrix_of(self._page, place, ctypes.addressof(matrix))
        return float(size(self._page, place)) * math.hypot(matrix[2], matrix[3])

    def _read(self, text_page: pdfium.PdfTextPage) -> str:
        count = text_page.count_chars()
        text: str = text_page.get_text_range() if count else ""
        if len(text) == count:
            return text
        letter = pdfium_call("FPDFText_GetUnicode", ctypes.c_uint, POINTER, INT)
        codes = map(letter, repeat(self._page), range(count))
        return "".join(chr(code) if code < 0x110000 else "\ufffd" for code in codes)


def _is_bold_font(font: int) -> bool:
    from pypdfium2 import raw

    handle = ctypes.cast(font, raw.FPDF_FONT)
    weight, flags = raw.FPDFFont_GetWeight(handle), raw.FPDFFont_GetFlags(handle)
    if weight >= _BOLD_WEIGHT or flags & _FORCED_BOLD:
        return True
    name = ctypes.create_string_buffer(256)
    raw.FPDFFont_GetBaseFontName(handle, name, len(name))
    return _BOLD_NAME.search(name.value.decode("utf-8", errors="replace")) is not None
