"""HWP 5: the record streams of the file, each paragraph numbered, handed to dochan."""

from __future__ import annotations

import re
import struct
import zlib
from typing import Any

from index.readers.archive import broken
from index.readers.dochan_blocks import report_from
from index.readers.hwp_marks import Marks
from index.readers.hwp_records import mark_section, shapes_of
from index.readers.source import Source
from rag.types import Report

# What dochan may raise of bytes that are not what the format says.
_DAMAGE = (
    *(ValueError, LookupError, TypeError, OverflowError, RecursionError),
    *(OSError, struct.error, zlib.error, MemoryError),
)
_LARGEST_STREAM = 100 * 2**20
_LARGEST_TOTAL = 200 * 2**20  # of the body unpacked
_SECTION = re.compile(r"Section(\d{1,4})")


def read_hwp(source: Source) -> tuple[Report, ...]:
    """The document as one report; `ReportError` when it needs a password or is damaged."""
    from dochan.cfb import OleFileIO

    try:
        with OleFileIO(source.data) as opened:
            return (_read(opened, source),)
    except _DAMAGE as error:
        raise broken(source) from error


def _read(opened: Any, source: Source) -> Report:
    from dochan.hwp.header import FileHeader
    from dochan.hwp.section import SectionParser
    from dochan.model.document import Document

    header = FileHeader.parse(_stream(opened, "FileHeader"))
    if not header.signature.startswith("HWP Document File"):
        raise broken(source)
    if header.is_encrypted or header.is_drm or header.has_cert_encrypt or header.has_cert_drm:
        raise source.error("암호나 보안(DRM)이 걸린 HWP 파일입니다. 풀고 저장해서 넣어 주세요.")
    packed = header.is_compressed
    marks = Marks(shapes_of(_unpacked(_stream(opened, "DocInfo"), packed=packed)))
    parser = SectionParser()
    document = Document()
    left = _LARGEST_TOTAL
    for name in _sections(opened, header.body_storage):
        data = _body(_stream(opened, name), header, left)
        left -= len(data)
        document.sections.append(parser.parse_stream(mark_section(data, marks), False))
    if not document.sections:
        raise broken(source)
    # Of a file that is cut off the table of contents may be lost and guessed.
    errors = [*parser.errors, *("ERR" for _ in opened.recovery_issues)]
    return report_from(source, document, marks, errors)


def _stream(opened: Any, name: str) -> bytes:
    from dochan.utils.bounded_io import read_ole_stream

    data: bytes = read_ole_stream(opened, name, max_bytes=_LARGEST_STREAM)
    return data


def _unpacked(data: bytes, *, packed: bool, limit: int = _LARGEST_TOTAL) -> bytes:
    from dochan.utils.safe_decompress import safe_zlib_decompress

    unpacked: bytes = safe_zlib_decompress(data, max_size=limit) if packed else data
    return unpacked


def _body(data: bytes, header: Any, limit: int) -> bytes:
    """The records of a section; those of a distribution copy (배포용) are scrambled besides."""
    from dochan.hwp.distdoc import decode_distribution_section

    if not header.is_distribution:
        return _unpacked(data, packed=header.is_compressed, limit=limit)
    decoded: bytes = decode_distribution_section(
        data, is_compressed=header.is_compressed, max_size=limit, decompress=True
    )
    return decoded


def _sections(opened: Any, storage: str) -> list[str]:
    found = [
        (int(match[1]), "/".join(path))
        for path in opened.listdir(streams=True, storages=False)
        if len(path) == 2 and path[0] == storage and (match := _SECTION.fullmatch(path[1]))
    ]
    return [name for _, name in sorted(found)]
