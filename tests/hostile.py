"""Files that nobody should have to read, made as they are needed."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.etree import ElementTree

_REPORTS = Path(__file__).parent / "reports"
_HELVETICA = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
# Numbers of glyphs, and nothing that says which letters they draw.
_NO_LETTERS = (
    b"<< /Type /Font /Subtype /Type0 /BaseFont /Nowhere /Encoding /Identity-H /DescendantFonts "
    b"[<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Nowhere /CIDSystemInfo "
    b"<< /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>] >>"
)
# A key that no password gives.
_LOCKED = (
    b"<< /Filter /Standard /V 1 /R 2 /P -4 /O <" + b"5a" * 32 + b"> /U <" + b"a5" * 32 + b"> >>"
)
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol0 "lol">'
    + "".join(f'<!ENTITY lol{n} "{f"&lol{n - 1};" * 10}">' for n in range(1, 11))
    + "]><lolz>&lol10;</lolz>"
).encode()


def pdf(pages: Sequence[bytes], *, font: bytes = _HELVETICA, locked: bool = False) -> bytes:
    """A PDF whose pages run these drawing commands."""
    count = len(pages)
    kids = b" ".join(b"%d 0 R" % (4 + 2 * at) for at in range(count))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count %d /Kids [%s] /MediaBox [0 0 595 842] >>" % (count, kids),
        font,
    ]
    for at, commands in enumerate(pages):
        about = b"/Parent 2 0 R /Contents %d 0 R /Resources << /Font << /F 3 0 R >> >>" % (
            5 + 2 * at
        )
        objects.append(b"<< /Type /Page %s >>" % about)
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(commands), commands))
    data, places = bytearray(b"%PDF-1.7\n"), []
    for number, held in enumerate(objects, start=1):
        places.append(b"%010d 00000 n \n" % len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, held)
    start = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + b"".join(places)
    lock = b"/Encrypt %s /ID [<00> <00>]" % _LOCKED if locked else b""
    data += b"trailer << /Size %d /Root 1 0 R %s >>\n" % (len(objects) + 1, lock)
    return bytes(data + b"startxref\n%d\n%%%%EOF\n" % start)


def text_page(number: int, *, lines: int = 30) -> bytes:
    """A page of lines and, below them, its number."""
    said = (b"(Budget of programme %d.%d is 1,200 won) ' " % (number, at) for at in range(lines))
    return b"BT /F 10 Tf 12 TL 50 800 Td %s ET BT /F 10 Tf 290 30 Td (- %d -) Tj ET" % (
        b"".join(said),
        number,
    )


def without_letters() -> bytes:
    """A PDF that draws glyphs but does not tell the letters."""
    shown = b"".join(b"<%04x%04x%04x> ' " % (n, n + 7, n + 90) for n in range(1, 40))
    return pdf([b"BT /F 10 Tf 12 TL 50 800 Td %s ET" % shown], font=_NO_LETTERS)


def archive(members: Mapping[str, bytes], *, like: str) -> bytes:
    """The sample report of that format with some members replaced or added."""
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(_REPORTS / f"hanbit_2025_report.{like}") as sample,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        held = {info.filename: sample.read(info) for info in sample.infolist()} | dict(members)
        for name, data in held.items():
            made.writestr(name, data)
    return packed.getvalue()


def body_of(like: str) -> str:
    """The member that holds the text."""
    return {"docx": "word/document.xml", "hwpx": "Contents/section0.xml"}[like]


def short(like: str) -> bytes:
    """The sample report without most of its text: quick to read."""
    with zipfile.ZipFile(_REPORTS / f"hanbit_2025_report.{like}") as sample:
        root = ElementTree.fromstring(sample.read(body_of(like)))
    body = root[0] if like == "docx" else root
    for paragraph in list(body)[20:-1]:
        body.remove(paragraph)
    return archive({body_of(like): ElementTree.tostring(root)}, like=like)


def encrypted_member(like: str) -> bytes:
    """The text's flag says that it needs a password."""
    data = bytearray(archive({}, like=like))
    name = body_of(like).encode()
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(signature)
        while at >= 0:
            if name in data[at : at + 46 + len(name)]:
                data[at + flags] |= 1
            at = data.find(signature, at + 4)
    return bytes(data)


def laughing(like: str) -> bytes:
    """Entities that unfold to gigabytes."""
    return archive({body_of(like): LAUGHS}, like=like)


def bomb(like: str) -> bytes:
    """Text that unpacks to a thousand times its size."""
    return archive({body_of(like): b"<a>" + b" " * (200 * 2**20)}, like=like)


def deep(like: str) -> bytes:
    """Elements within elements, a hundred thousand of them."""
    return archive({body_of(like): b"<a>" * 100_000 + b"</a>" * 100_000}, like=like)
