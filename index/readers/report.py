"""What every reader ends with: pages of lines as a report that knows its title and date."""

from __future__ import annotations

from collections.abc import Iterable

from index.readers.source import Source
from index.readers.title import head_of
from rag.types import Page, Report, TableShape

_EMPTY = "글자가 없는 파일입니다. 내용이 있는 보고서를 지정해 주세요."


def report_with(
    source: Source,
    pages: Iterable[Page],
    *,
    tables: Iterable[TableShape] = (),
    headings: Iterable[tuple[int, int]] = (),
    notices: Iterable[str] = (),
    empty: str = _EMPTY,
) -> Report:
    """The file as one report; `ReportError` with the reason `empty` when its pages say nothing."""
    kept = tuple(pages)
    lines = [line for page in kept for line in page.lines]
    if not any(line.strip() for line in lines):
        raise source.error(empty)
    head = head_of(lines)
    return Report(
        id=source.stem,
        title=head.title or source.stem,
        path=source.shown,
        sha256=source.sha256,
        published=head.published,
        pages=kept,
        tables=tuple(tables),
        headings=tuple(headings),
        notices=tuple(notices),
    )
