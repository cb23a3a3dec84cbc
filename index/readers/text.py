"""Plain text and Markdown, as exported from Hangul, Word or an OCR program."""

from __future__ import annotations

from dataclasses import replace

from index.pages import pages_of
from index.readers.lines import split_lines, without_feeds
from index.readers.report import report_with
from index.readers.source import Source
from rag.decode import decode
from rag.types import Report


def read_text(source: Source) -> tuple[Report, ...]:
    """The file as one report, its lines those of the file."""
    lines = split_lines(decoded(source))
    pages = (replace(page, lines=without_feeds(page.lines)) for page in pages_of(lines))
    return (report_with(source, pages),)


def decoded(source: Source) -> str:
    """The file's text; `ReportError` when it is not text or its encoding is in doubt."""
    try:
        return decode(source.data)
    except ValueError as error:
        raise source.error(
            "글자로 읽을 수 없습니다. 텍스트 파일이 맞는지 확인하고, "
            "맞으면 UTF-8로 다시 저장해 주세요."
        ) from error
