"""HWP 5 files as small as tests need them: records in streams, streams in an OLE file."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

_SECTOR, _SMALL_SECTOR, _SMALL = 512, 64, 4096
_END, _FREE, _TABLE_OF_SECTORS = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
_STORAGE, _STREAM, _ROOT = 1, 2, 5


def record(tag: int, level: int, data: bytes = b"") -> bytes:
    """One record with its header."""
    size = min(len(data), 0xFFF)
    header = struct.pack("<I", tag | level << 10 | size << 20)
    return header + (struct.pack("<I", len(data)) if size == 0xFFF else b"") + data


def text_units(text: str) -> bytes:
    """Text as the file keeps it, with a paragraph's end."""
    return (text + "\r").encode("utf-16-le")


def sign(code: int, name: bytes) -> bytes:
    """The place of an object in a text; eight letters long."""
    return struct.pack("<H4s8xH", code, name, code)


def paragraph(
    text: str | bytes = "", *inner: bytes, level: int = 0, shape: int = 0, **more: int
) -> bytes:
    """A paragraph with its text, where its line is drawn (`at`) and the objects in it."""
    units = text if isinstance(text, bytes) else text_units(text)
    breaks = 4 if more.get("breaks") else 0
    header = struct.pack("<IIHBB", len(units) // 2, 0, shape, more.get("style", 0), breaks)
    out = record(66, level, header + bytes(10))
    if len(units) > 2:
        out += record(67, level + 1, units)
    if "at" in more:
        out += record(69, level + 1, struct.pack("<Ii28x", 0, more["at"]))
    return out + b"".join(inner)


def table(
    cells: Iterable[tuple[str | bytes, int, int, int, int]], size: tuple[int, int], level: int = 1
) -> bytes:
    """A table of cells (text or paragraphs, row, column, rows, columns)."""
    out = record(71, level, b" lbt" + bytes(40))
    out += record(77, level + 1, struct.pack("<IHH", 0, *size) + bytes(14))
    for inside, row, column, rows, columns in cells:
        place = struct.pack("<HIHHHHHII", 1, 0, 0, column, row, columns, rows, 1000, 1000)
        out += record(72, level + 1, place + bytes(10))
        out += inside if isinstance(inside, bytes) else paragraph(inside, level=level + 1)
    return out


def footnote(text: str, name: bytes = b"  nf", level: int = 1) -> bytes:
    """A footnote with its text."""
    return (
        record(71, level, name + bytes(8))
        + record(72, level + 1, struct.pack("<HI", 1, 0) + bytes(10))
        + paragraph(text, level=level + 1)
    )


def shape(kind: int = 0, level: int = 0, numbering: int = 0) -> bytes:
    """The shape of a paragraph: 1 outline, 2 numbered, 3 with a bullet."""
    return record(25, 0, struct.pack("<I26xH", kind << 23 | level << 25, numbering) + bytes(22))


def numbering(*levels: tuple[str, int]) -> bytes:
    """A list: pattern and number format of each level."""
    data = b""
    for pattern, style in levels:
        units = pattern.encode("utf-16-le")
        data += struct.pack("<IHHiH", style << 5, 0, 0, 0, len(pattern)) + units
    return record(23, 0, data)


def hwp(*paragraphs: bytes, info: bytes = b"", flags: int = 1) -> bytes:
    """A file with one section of these paragraphs."""
    header = b"HWP Document File".ljust(32, b"\0") + bytes((0, 0, 0, 5)) + struct.pack("<I", flags)
    pack = deflated if flags & 1 else bytes
    return ole(
        {
            "FileHeader": header.ljust(256, b"\0"),
            "DocInfo": pack(record(16, 0, struct.pack("<H24x", 1)) + info),
            "BodyText/Section0": pack(b"".join(paragraphs)),
        }
    )


def deflated(data: bytes) -> bytes:
    """Packed as the streams of such a file are."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush()


def ole(streams: Mapping[str, bytes]) -> bytes:
    """An OLE file with these streams, at most one storage deep."""
    sectors: list[bytes] = []
    table: list[int] = []
    small_table: list[int] = []
    small = b""
    entries = [("Root Entry", _ROOT, 0, 0)]
    starts: dict[str, tuple[int, int]] = {}
    for name, data in streams.items():
        if 0 < len(data) < _SMALL:
            starts[name] = (len(small_table), len(data))
            _chain(small_table, -(-len(data) // _SMALL_SECTOR))
            small += data + bytes(-len(data) % _SMALL_SECTOR)
        else:
            starts[name] = (_store(data, sectors, table), len(data))
    storages = sorted({name.split("/")[0] for name in streams if "/" in name})
    for storage in storages:
        entries.append((storage, _STORAGE, 0, 0))
    for name in streams:
        entries.append((name, _STREAM, *starts[name]))
    entries[0] = ("Root Entry", _ROOT, _store(small, sectors, table), len(small))
    tree = _directory(entries)
    directory = _store(tree, sectors, table)
    small_start = _store(struct.pack(f"<{len(small_table)}I", *small_table), sectors, table, _FREE)
    return _whole(sectors, table, directory, small_start)


def _chain(table: list[int], count: int) -> int:
    first = len(table)
    table += [*range(first + 1, first + count), _END] if count else []
    return first


def _store(data: bytes, sectors: list[bytes], table: list[int], fill: int = 0) -> int:
    if not data:
        return _END
    padding = b"\xff" if fill else b"\0"
    data += padding * (-len(data) % _SECTOR)
    sectors += [data[at : at + _SECTOR] for at in range(0, len(data), _SECTOR)]
    return _chain(table, len(data) // _SECTOR)


def _directory(entries: Sequence[tuple[str, int, int, int]]) -> bytes:
    """The directory; siblings hang to the right of one another in the order of their names."""
    links = {place: [_FREE, _FREE] for place in range(len(entries))}  # right sibling, child
    parents: dict[str, list[int]] = {}
    for place, (name, _, _, _) in enumerate(entries[1:], start=1):
        parents.setdefault(name.rpartition("/")[0], []).append(place)
    for parent, children in parents.items():
        ordered = sorted(children, key=lambda at: _order(entries[at][0]))
        owner = next((at for at, entry in enumerate(entries) if entry[0] == parent), 0)
        links[owner][1] = ordered[0]
        for left, right in pairwise(ordered):
            links[left][0] = right
    out = b""
    for place, (name, kind, start, size) in enumerate(entries):
        units = name.rpartition("/")[2].encode("utf-16-le")
        out += units.ljust(64, b"\0")
        out += struct.pack("<HBB", len(units) + 2, kind, 1)
        out += struct.pack("<III", _FREE, *links[place]) + bytes(36)
        out += struct.pack("<IQ", start, size)
    return out + b"".join(
        bytes(64) + struct.pack("<HBB", 0, 0, 0) + struct.pack("<III", *[_FREE] * 3) + bytes(48)
        for _ in range(-len(entries) % 4)
    )


def _order(name: str) -> tuple[int, str]:
    last = name.rpartition("/")[2]
    return len(last), last.upper()


def _whole(sectors: list[bytes], table: list[int], directory: int, small: int) -> bytes:
    count = -(-(len(table) + 1) // 128)
    while count * 128 < len(table) + count:
        count += 1
    first = len(table)
    table = table + [_TABLE_OF_SECTORS] * count
    table += [_FREE] * (count * 128 - len(table))
    packed = struct.pack(f"<{len(table)}I", *table)
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIIIIII", 0, count, directory, 0, _SMALL, small, 1, _END, 0, first)
    more = [first + place for place in range(1, count)]
    header += struct.pack("<108I", *more, *[_FREE] * (108 - len(more)))
    return header + b"".join(sectors) + packed
