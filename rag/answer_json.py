"""One answer as the JSON that the command line, the HTTP API and the batch run share."""

from __future__ import annotations

from rag.types import Answer, Citation, Hit


def to_json(answer: Answer) -> dict[str, object]:
    """Plain values, in the shape of the project's contract; `json.dumps` takes it as it is."""
    return {
        "question": answer.question,
        "answer": answer.text,
        "abstained": answer.abstained,
        "reason": answer.reason,
        "citations": [_citation(citation) for citation in answer.citations],
        "retrieved": [_hit(hit) for hit in answer.hits],
    }


def _citation(citation: Citation) -> dict[str, object]:
    return {
        "number": citation.number,
        "doc": citation.report_id,
        "title": citation.report_title,
        "page": citation.span.first_page,
        "page_exact": citation.span.page_exact,
        "section": list(citation.section),
        "line_start": citation.span.first_line,
        "line_end": citation.span.last_line,
        "quote": citation.quote,
        "table_head": list(citation.head),
        "page_printed": citation.span.printed_page,
        "ocr": citation.span.ocr,
    }


def _hit(hit: Hit) -> dict[str, object]:
    span = hit.chunk.span
    return {
        "doc": hit.chunk.report_id,
        "page": span.first_page,
        "line_start": span.first_line,
        "line_end": span.last_line,
        "score": round(hit.score, 4),
    }
