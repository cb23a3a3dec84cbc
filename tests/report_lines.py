"""Small reports for the tests that cut them."""

from __future__ import annotations

from index.lines import Line, lines_of
from rag.types import Page, Report


def page(text: str, *, number: int | None = None, first_line: int = 1) -> Page:
    """One page of text; exact where it has a number."""
    lines = tuple(text.split("\n"))
    return Page(number=number, exact=number is not None, first_line=first_line, lines=lines)


def report(*pages: Page) -> Report:
    """A report of a fictional city with these pages."""
    return Report(
        id="gaon",
        title="가온시 업무계획",
        path="gaon.txt",
        sha256="0" * 64,
        published=None,
        pages=pages,
    )


def lines(text: str) -> tuple[Line, ...]:
    """The lines of a report without pages."""
    return lines_of(report(page(text)))
