"""Files made wrong at random, the same way every time for one seed."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Callable
from random import Random

from dochan.cfb import OleFileIO
from dochan.utils.bounded_io import read_ole_stream

from tests.made_hwp import deflated, ole

Mutation = Callable[[bytes, Random], bytes]

_NUMBER = re.compile(rb"\d+")
_TAG = re.compile(rb"<[^<>]{1,200}>")
_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.S)
_HUGE = (b"0", b"-1", b"65536", b"2147483648", b"99999999999999999999", b"1e308", b"")
_EXTREMES = (b"\xff", b"\x7f", b"\x80", b"\x00")
_UNPACKED = 2**24  # bytes of a member or stream that are worth changing


def flip(data: bytes, random: Random) -> bytes:
    """A few bits are others."""
    changed = bytearray(data)
    for _ in range(random.choice((1, 3, 30))):
        changed[random.randrange(len(changed))] ^= 1 << random.randrange(8)
    return bytes(changed)


def truncate(data: bytes, random: Random) -> bytes:
    """The rest did not arrive."""
    return data[: random.randrange(len(data))]


def swap(data: bytes, random: Random) -> bytes:
    """Two stretches have changed places."""
    one, two, three, four = sorted(random.randrange(len(data) + 1) for _ in range(4))
    return data[:one] + data[three:four] + data[two:three] + data[one:two] + data[four:]


def insert(data: bytes, random: Random) -> bytes:
    """Bytes that do not belong there."""
    at = random.randrange(len(data))
    return data[:at] + random.randbytes(random.choice((1, 7, 300))) + data[at:]


def repeat(data: bytes, random: Random) -> bytes:
    """A stretch stands there many times."""
    one, two = sorted(random.randrange(len(data) + 1) for _ in range(2))
    two = min(two, one + 2_000)
    return data[:two] + data[one:two] * random.choice((1, 5, 100)) + data[two:]


def enlarge(data: bytes, random: Random) -> bytes:
    """A number that says how much, how wide or where is out of all bounds."""
    spans = [number.span() for number in _NUMBER.finditer(data)]
    some = random.sample(spans, min(len(spans), random.choice((1, 1, 5))))
    for start, end in sorted(some, reverse=True):
        data = data[:start] + random.choice(_HUGE) + data[end:]
    return data


def drop_tag(data: bytes, random: Random) -> bytes:
    """A tag is missing, or opens twice."""
    found = list(_TAG.finditer(data))
    if not found:
        return flip(data, random)
    tag = random.choice(found)
    return data[: tag.start()] + tag[0] * random.choice((0, 2, 50)) + data[tag.end() :]


def stretch(data: bytes, random: Random) -> bytes:
    """A number kept as bytes is as large as it can be, or nothing."""
    size = random.choice((1, 2, 4, 8))
    at = random.randrange(len(data))
    return data[:at] + random.choice(_EXTREMES) * size + data[at + size :]


PLAIN: tuple[Mutation, ...] = (flip, truncate, swap, insert, repeat, enlarge, drop_tag, stretch)


def in_archive(data: bytes, random: Random) -> bytes:
    """A member of a ZIP is wrong, missing, there twice or called something else."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = [(info.filename, archive.read(info)) for info in archive.infolist()]
    at = random.randrange(len(members))
    name, held = members[at]
    what = random.randrange(10)
    if what == 0:
        del members[at]
    elif what == 1:
        members[at] = (random.choice(("../" + name, "/" + name, name * 20, "\\" + name)), held)
    elif what == 2:
        members[at] = (name, random.choice(members)[1])
    elif held:
        members[at] = (name, random.choice(PLAIN)(held, random))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, held in members:
            archive.writestr(name, held)
    return packed.getvalue()


def in_stream(data: bytes, random: Random) -> bytes:
    """A compressed stream of a PDF holds something else."""
    found = list(_STREAM.finditer(data))
    stream = random.choice(found) if found else None
    try:
        held = zlib.decompressobj().decompress(stream[1], _UNPACKED) if stream else b""
    except zlib.error:
        held = b""
    if stream is None or not held:
        return random.choice(PLAIN)(data, random)
    packed = zlib.compress(random.choice(PLAIN)(held, random))
    return data[: stream.start(1)] + packed + b"\n" + data[stream.end(1) :]


def in_storage(data: bytes, random: Random) -> bytes:
    """A stream of an OLE file holds something else, or is gone."""
    with OleFileIO(data) as opened:
        names = ["/".join(path) for path in opened.listdir(streams=True, storages=False)]
        streams = {name: read_ole_stream(opened, name, max_bytes=_UNPACKED) for name in names}
    name = random.choice(sorted(streams))
    try:
        held = deflated(random.choice(PLAIN)(zlib.decompress(streams[name], -15), random))
    except zlib.error:
        held = random.choice(PLAIN)(streams[name], random)
    if random.random() < 0.95:
        streams[name] = held
    else:
        del streams[name]
    return ole(streams)


_INSIDE = {b"PK": in_archive, b"%PDF": in_stream, b"\xd0\xcf\x11\xe0": in_storage}


def mutated(data: bytes, seed: int) -> bytes:
    """The file made wrong once or twice."""
    random = Random(seed)
    for _ in range(random.choice((1, 1, 2))):
        inside = next((how for start, how in _INSIDE.items() if data.startswith(start)), None)
        try:
            deep = inside and random.random() < 0.7
            data = (inside if inside and deep else random.choice(PLAIN))(data, random)
        except Exception:
            # What was made wrong before cannot be opened any more.
            data = flip(data, random)
        data = data or b"\n"
    return data
