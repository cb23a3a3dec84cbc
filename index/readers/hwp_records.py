"""The records of HWP 5: shapes and lists of the file's head, and the paragraphs of a section."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from index.readers.hwp_marks import Marks, ParagraphShape, Shapes
from index.readers.list_numbers import Level

_NUMBERING, _BULLET, _PARAGRAPH_SHAPE, _STYLE = 23, 24, 25, 26
_PARAGRAPH, _TEXT, _LINES, _CONTROL, _LIST, _PAGE = 66, 67, 69, 71, 72, 73
_KINDS = ("", "outline", "number", "bullet")
_STYLES = (
    "decimal",
    "circled",
    "roman",
    "small roman",
    "capital",
    "latin",
    "circled capital",
    "circled latin",
    "syllable",
    "circled syllable",
    "jamo",
    "circled jamo",
    "sino",
    "hanja",
    "circled hanja",
)
_SET_BREAK = 0x04  # bit of a paragraph that begins a page
_MOST_RECORDS = 1_000_000  # of a section; 640,000 have been seen
_LONG = 0xFFF  # the size stands in four bytes of its own
_AUTO_NUMBER = b"onta"
_COUNTED = (3, 4, 5)  # pictures, tables, equations; those of notes and pages are written elsewhere


@dataclass(frozen=True, slots=True)
class _Record:
    tag: int
    level: int
    start: int  # of its data
    data: bytes


def shapes_of(data: bytes) -> Shapes:
    """What the head of the file says of paragraphs; damaged records say nothing."""
    shapes = Shapes()
    for record in _records(data):
        if record.tag == _PARAGRAPH_SHAPE and len(record.data) >= 32:
            first, numbering = struct.unpack_from("<I26xH", record.data)
            shape = ParagraphShape(_KINDS[first >> 23 & 3], first >> 25 & 7, numbering)
            shapes.paragraphs[len(shapes.paragraphs)] = shape
        elif record.tag == _PARAGRAPH_SHAPE:
            shapes.paragraphs[len(shapes.paragraphs)] = ParagraphShape()
        elif record.tag == _STYLE:
            shapes.style_names[len(shapes.style_names)] = _string(record.data, 0)
        elif record.tag == _NUMBERING:
            shapes.numberings[len(shapes.numberings) + 1] = tuple(_levels(record.data))
        elif record.tag == _BULLET:
            shapes.bullets[len(shapes.bullets) + 1] = record.data[12:14].decode(
                "utf-16-le", "ignore"
            )
    return shapes


def _levels(data: bytes) -> Iterator[Level]:
    at = 0
    found: list[tuple[str, str]] = []
    while len(found) < 7 and at + 14 <= len(data):
        style = struct.unpack_from("<I", data, at)[0] >> 5 & 0xF
        pattern = _string(data, at + 12)
        found.append((pattern.strip(), _STYLES[style] if style < len(_STYLES) else "decimal"))
        at += 14 + 2 * struct.unpack_from("<H", data, at + 12)[0]
    starts = struct.unpack_from("<7I", data, at + 2) if at + 30 <= len(data) else (1,) * 7
    for (pattern, style), start in zip(found, starts, strict=False):
        yield Level(pattern, style, start if 0 < start < 10_000 else 1)


def mark_section(data: bytes, marks: Marks) -> bytes:
    """The section with a running number in place of every paragraph's shape and style."""
    marked = bytearray(data)
    records = list(_records(data))
    inner = _owned(records)
    marks.outline = 1
    marks.pages.section(body=_body(records))
    here = 0
    gaps: dict[int, bool] = {}  # level -> the last paragraph there was empty
    for place, record in enumerate(records):
        if record.tag == _LIST:
            gaps[record.level] = False
        if record.tag != _PARAGRAPH or len(record.data) < 12:
            continue
        owned = inner.get(place, [])
        shape, style, breaks = struct.unpack_from("<HBB", record.data, 8)
        number = marks.add(shape, style, after_gap=gaps.get(record.level, False))
        struct.pack_into("<HB", marked, record.start + 8, number & 0xFFFF, number >> 16 & 0xFF)
        gaps[record.level] = _is_empty(owned)
        if record.level == 0:
            _set_columns(owned, marks)
            heights = [height for lines in owned for height in _heights(lines)]
            here = marks.pages.paragraph(heights, breaks=bool(breaks & _SET_BREAK))
        marks.stand(number, here)
        _write_numbers(owned, marked)
    return bytes(marked)


def _owned(records: list[_Record]) -> dict[int, list[_Record]]:
    """The records of each paragraph by its place, without those of what it contains."""
    owned: dict[int, list[_Record]] = {}
    open_: dict[int, int] = {}  # level -> place of the paragraph there
    for place, record in enumerate(records):
        if (owner := open_.get(record.level - 1)) is not None:
            owned.setdefault(owner, []).append(record)
        if record.tag == _PARAGRAPH:
            open_[record.level] = place
        else:
            open_.pop(record.level, None)
    return owned


def _records(data: bytes) -> Iterator[_Record]:
    """The records in order, as far as they are whole."""
    at = count = 0
    while at + 4 <= len(data):
        count += 1
        if count > _MOST_RECORDS:
            raise ValueError("too many records")
        (head,) = struct.unpack_from("<I", data, at)
        tag, level, size = head & 0x3FF, head >> 10 & 0x3FF, head >> 20
        at += 4
        if size == _LONG:
            if at + 4 > len(data):
                return
            (size,) = struct.unpack_from("<I", data, at)
            at += 4
        if at + size > len(data):
            return
        yield _Record(tag, level, at, data[at : at + size])
        at += size


def _is_empty(owned: list[_Record]) -> bool:
    """Whether nothing is printed: no letter, no object."""
    for record in owned:
        if record.tag == _TEXT:
            codes = struct.unpack_from(f"<{len(record.data) // 2}H", record.data)
            if any((code > 32 and code != 0x3000) or code in (11, 12, 17, 18) for code in codes):
                return False
    return True


def _heights(record: _Record) -> list[int]:
    if record.tag != _LINES:
        return []
    whole = record.data[: len(record.data) // 36 * 36]
    return [height for (height,) in struct.iter_unpack("<4xi28x", whole) if height >= 0]


def _body(records: list[_Record]) -> int:
    """The height of the text on a page."""
    for record in records:
        if record.tag == _PAGE and len(record.data) >= 40:
            sizes: tuple[int, ...] = struct.unpack_from("<8I", record.data)
            return max(0, sizes[1] - sum(sizes[4:8]))
    return 0


def _set_columns(owned: list[_Record], marks: Marks) -> None:
    for record in owned:
        if record.tag == _CONTROL and record.data[:4] == b"dloc" and len(record.data) >= 6:
            marks.pages.columns(struct.unpack_from("<H", record.data, 4)[0] >> 2 & 0xFF)


def _write_numbers(owned: list[_Record], marked: bytearray) -> None:
    """Writes the numbers of captions into their text, over the sign that stands for them."""
    numbers = [
        struct.unpack_from("<IH", record.data, 4)
        for record in owned
        if record.tag == _CONTROL and record.data[:4] == _AUTO_NUMBER and len(record.data) >= 10
    ]
    for record in owned:
        if record.tag != _TEXT:
            continue
        at = 0
        for kind, count in numbers:
            at = record.data.find(b"\x12\x00" + _AUTO_NUMBER, at)
            if at < 0:
                return
            if at % 2 == 0 and kind & 0xF in _COUNTED and at + 16 <= len(record.data):
                text = str(count).ljust(8, "\u200b").encode("utf-16-le")
                marked[record.start + at : record.start + at + 16] = text
            at += 16


def _string(data: bytes, at: int) -> str:
    """A string with its length in front."""
    if at + 2 > len(data):
        return ""
    (length,) = struct.unpack_from("<H", data, at)
    return data[at + 2 : at + 2 + 2 * length].decode("utf-16-le", "ignore")
