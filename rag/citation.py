"""Evidence that can be checked: a quote stands verbatim in its lines, or it is not cited."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.korean import strip_tags
from rag.protocols import Evidence
from rag.types import Chunk, Citation, Statement

# Characters; a longer line is a whole table cell, of which only the item is quoted.
_WHOLE_LINE = 300


def cite_from(
    evidence: Evidence, number: int, chunk: Chunk, statement: Statement
) -> Citation | None:
    """The citation of a statement, its lines looked up; None where they do not bear it out."""
    span, report = statement.span, chunk.report_id
    head = [line for at in statement.head for line in evidence.lines(report, at, at)]
    return cite(
        number, chunk, statement, evidence.lines(report, span.first_line, span.last_line), head=head
    )


def cite(
    number: int,
    chunk: Chunk,
    statement: Statement,
    lines: Sequence[str],
    *,
    head: Sequence[str] = (),
) -> Citation | None:
    """The citation of a statement, or None where its words do not stand in the report's `lines`.

    `lines` are those of `statement.span`. What is quoted is the whole line, a table row with all
    its cells: a figure without its row cannot be checked by eye.
    """
    source = "\n".join(lines)
    whole = "\n".join(_readable(line) for line in lines if line.strip())
    quote = whole if whole and len(whole) <= _WHOLE_LINE else statement.text
    if not stands(quote, source) or not stands(statement.text, source):
        return None
    return Citation(
        number=number,
        report_id=chunk.report_id,
        report_title=chunk.report_title,
        section=chunk.section,
        span=statement.span,
        quote=quote,
        head=tuple(_readable(line) for line in head),
    )


def stands(quote: str, source: str) -> bool:
    """Whether the quote stands verbatim in the source, white space and tags aside.

    >>> stands("총 7,830명", "<p>총  7,830명</p>"), stands("총 7,83명", "총 7,830명")
    (True, False)
    """
    wanted = _squeezed(quote)
    return bool(wanted) and wanted in _squeezed(strip_tags(source))


def _readable(line: str) -> str:
    """A row's cells parted by bars would not be verbatim; tabs are, and show as gaps."""
    return strip_tags(line).strip(" ")


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)
