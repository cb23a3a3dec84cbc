"""Which reader reads a file: its content decides, not its name.

A new format is one line in `_FORMATS`; its module is loaded only when such a file comes.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from index.page_estimate import estimated
from index.readers.jsonl import read_jsonl
from index.readers.row_labels import with_row_labels
from index.readers.source import Source, load
from index.readers.text import read_text
from rag.types import Report

Reader = Callable[[Source], tuple[Report, ...]]

_LOOKED_AT = 1024  # bytes; what scanners and mail programs put before a PDF is shorter


@dataclass(frozen=True, slots=True)
class _Format:
    signature: re.Pattern[bytes]
    module: str = ""
    reader: str = ""
    refusal: str = ""  # why there is no reader


_FORMATS = (
    _Format(re.compile(rb"(?s)(?:.*[^ -~])?%PDF-"), "index.readers.pdf", "read_pdf"),
    _Format(
        re.compile(rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "index.readers.containers", "read_ole"
    ),
    _Format(re.compile(rb"PK\x03\x04"), "index.readers.containers", "read_zip"),
    _Format(re.compile(rb"(?s)[^<]{0,4}<\?xml.*<HWPML[\s>]"), "index.readers.hwpml", "read_hwpml"),
    _Format(
        re.compile(rb"HWP Document File V[12]|HWP Document File V3"),
        refusal="옛 한글(HWP 3.0) 파일은 읽지 못합니다. HWPX나 PDF로 저장해서 넣어 주세요.",
    ),
    _Format(re.compile(rb"PK\x05\x06"), refusal="빈 압축 파일(ZIP)입니다. 보고서를 넣어 주세요."),
    _Format(
        re.compile(rb"\{\\rtf"),
        refusal="RTF 파일은 읽지 못합니다. DOCX나 PDF로 저장해서 넣어 주세요.",
    ),
)


def read_file(path: Path, *, max_bytes: int) -> tuple[Report, ...]:
    """The reports in the file (several in a JSONL corpus); `ReportError` says why there is none."""
    source = load(path, max_bytes=max_bytes)
    known = _known(source)
    if known is None and path.suffix.lower() == ".jsonl":
        return read_jsonl(source)
    reports = _read_known(known, source) if known else read_text(source)
    return tuple(estimated(with_row_labels(report)) for report in reports)


def _known(source: Source) -> _Format | None:
    """The format whose signature the file begins with; None for text."""
    start = source.data[:_LOOKED_AT]
    for known in _FORMATS:
        # UTF-16 has a NUL beside every letter of a signature.
        if known.signature.match(start) or known.signature.match(start.replace(b"\0", b"")):
            return known
    return None


def _read_known(known: _Format, source: Source) -> tuple[Report, ...]:
    if known.refusal:
        raise source.error(known.refusal)
    reader: Reader = getattr(import_module(known.module), known.reader)
    return reader(source)
