"""Plain text and Markdown, as exported from Hangul, Word or an OCR program."""

from __future__ import annotations

from dataclasses import replace

from index.pages import pages_of
from index.readers.decode import decode
from index.readers.lines import split_lines, without_feeds
from index.readers.source import Source
from index.readers.title import head_of
from rag.types import Report


def read_text(source: Source) -> tuple[Report, ...]:
    """The file as one report, its lines those of the file."""
    lines = split_lines(decoded(source))
    if not any(line.strip() for line in lines):
        raise source.error("글자가 없는 파일입니다. 내용이 있는 보고서를 지정해 주세요.")
    head = head_of(lines)
    return (
        Report(
            id=source.stem,
            title=head.title or source.stem,
            path=source.shown,
            sha256=source.sha256,
            published=head.published,
            pages=tuple(replace(p, lines=without_feeds(p.lines)) for p in pages_of(lines)),
        ),
    )


def decoded(source: Source) -> str:
    """The file's text; `ReportError` when it is not text or its encoding is in doubt."""
    try:
        return decode(source.data)
    except ValueError as error:
        raise source.error(
            "글자로 읽을 수 없습니다. 텍스트 파일이 맞는지 확인하고, "
            "맞으면 UTF-8로 다시 저장해 주세요."
        ) from error
