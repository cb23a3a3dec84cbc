"""An `Answer` as a reader sees it: labels, and HTML in which nothing from outside is markup.

Every function is pure. Text from reports and users is escaped here and in `source_html.py`; the
result is one physical line, so that a Markdown renderer leaves it alone. Looks: `show.css`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from html import escape
from typing import TYPE_CHECKING

from rag.source_html import escaped, source_html
from rag.types import Answer, Chunk, Citation, Hit, Span

if TYPE_CHECKING:  # the store loads FAISS
    from rag.stored import ReportEntry

_SHOWN_HITS = 5


def page_label(span: Span) -> str:
    """`12쪽(인쇄 10쪽, 문자 인식)`, `12–13쪽`, `약 12쪽` for an estimate, or that none is known."""
    if span.first_page is None:
        return "쪽 정보 없음"
    last = span.last_page or span.first_page
    pages = str(span.first_page) if last == span.first_page else f"{span.first_page}–{last}"
    notes = [f"인쇄 {span.printed_page}쪽"] if span.printed_page else []
    notes += ["문자 인식"] if span.ocr else []
    more = f"({', '.join(notes)})" if notes else ""
    return f"{pages}쪽{more}" if span.page_exact else f"약 {pages}쪽{more}"


def line_label(span: Span) -> str:
    """`원문 12행` or `원문 12–14행`."""
    first, last = span.first_line, span.last_line
    return f"원문 {first}행" if first == last else f"원문 {first}–{last}행"


def section_path(section: Sequence[str]) -> str:
    """The headings from the outside in: `Ⅳ. 추진계획 › 1. 민생경제`."""
    return " › ".join(section)


def citation_text(citation: Citation) -> str:
    """The source as written in a document: `「제목」 12쪽, Ⅳ. 추진계획 › 1. 민생경제`."""
    where = f"「{citation.report_title}」 {page_label(citation.span)}"
    return f"{where}, {section_path(citation.section)}" if citation.section else where


def question_html(question: str, *, titles: Sequence[str] = ()) -> str:
    """What the user asked, and in which reports."""
    scope = ", ".join(f"「{title}」" for title in titles)
    return _tag("ra-question", escaped(question.strip() or "(빈 질문)")) + (
        _tag("ra-scope", f"찾을 보고서: {escape(scope)}") if titles else ""
    )


def answer_html(answer: Answer, *, source_lines: Callable[[Citation], Sequence[str]]) -> str:
    """The answer with its citations, or a refusal with the passages that came nearest."""
    understood = _understood_html(answer)
    cited = "".join(
        citation_html(citation, answer_text=answer.text, lines=source_lines(citation))
        for citation in answer.citations
    )
    if answer.abstained:
        return understood + _refusal_html(answer, cited)
    heading = f'<div class="ra-heading">근거 {len(answer.citations)}건</div>' if cited else ""
    said = _tag("ra-text", _answer_text(answer))
    return understood + _tag("ra-answer", said + heading + cited)


def citation_html(citation: Citation, *, answer_text: str = "", lines: Sequence[str] = ()) -> str:
    """One citation, closed; it opens to the section, the marked quote and its source lines."""
    source = "\n".join(lines)
    around = (
        '<div class="ra-label">인용한 줄 전체</div>'
        f'<div class="ra-lines">{source_html(source, answer_text)}</div>'
        if source.strip() and source.strip() != citation.quote.strip()
        else ""
    )
    copied = f"“{citation.quote}” ({citation_text(citation)})"
    copy = (
        f'<span class="ra-clip" hidden>{_one_line(copied)}</span>'
        '<button class="ra-copy" type="button">인용 복사</button>'
    )
    quote = source_html("\n".join((*citation.head, citation.quote)), answer_text)
    body = f'<blockquote class="ra-quote">{quote}</blockquote>{around}'
    return _passage_html(citation, body, number=citation.number, copy=copy)


def notice_html(message: str) -> str:
    """A message that is no answer: something went wrong or is under way."""
    return _tag("ra-notice", escaped(message))


def reports_html(reports: Sequence[ReportEntry]) -> str:
    """How many reports are indexed, and on opening which."""
    if not reports:
        return _tag("ra-reports", "색인된 보고서가 없습니다.")
    items = "".join(
        f"<li>{escape(report.title)}"
        + (f' <span class="ra-page">{report.pages}쪽</span>' if report.pages else "")
        + "</li>"
        for report in reports
    )
    return (
        f'<details class="ra-reports"><summary>색인된 보고서 {len(reports)}건</summary>'
        f"<ul>{items}</ul></details>"
    )


def _understood_html(answer: Answer) -> str:
    """The question as it was understood, where it leaned on earlier ones."""
    if not answer.resolved:
        return ""
    return _tag("ra-understood", f"이렇게 이해했습니다: {escaped(answer.resolved)}")


def _refusal_html(answer: Answer, cited: str) -> str:
    reason = answer.reason or ""
    said = _tag("ra-text", _answer_text(answer)) if answer.text.strip() else ""
    if reason.strip() and reason not in answer.text:
        said += _tag("ra-text", escaped(reason))
    nearest = answer.hits[:_SHOWN_HITS]
    hits = "".join(_hit_html(number, hit) for number, hit in enumerate(nearest, start=1))
    near = (
        f'<details class="ra-near"><summary>질문과 가장 가까운 대목 {len(nearest)}건 살펴보기'
        f"</summary>{hits}</details>"
        if hits
        else ""
    )
    title = '<div class="ra-refused">보고서에서 답을 찾지 못했습니다</div>'
    return _tag("ra-answer ra-refusal", title + said + cited + near)


def _hit_html(number: int, hit: Hit) -> str:
    body = f'<div class="ra-lines">{source_html(hit.chunk.text)}</div>'
    return _passage_html(hit.chunk, body, number=number)


def _passage_html(place: Citation | Chunk, body: str, *, number: int, copy: str = "") -> str:
    estimate = place.span.first_page is not None and not place.span.page_exact
    note = line_label(place.span) + (" · 쪽 번호는 추정한 값입니다." if estimate else "")
    note += " · 그림에서 문자를 인식한 쪽이니 원본과 대조해 주세요." if place.span.ocr else ""
    return (
        f'<details class="ra-cite"><summary><span class="ra-number">{number}</span>'
        f'<span class="ra-title">「{escape(place.report_title)}」</span>'
        f'<span class="ra-page">{page_label(place.span)}</span></summary>'
        f'<div class="ra-body"><div class="ra-where">'
        f'<span class="ra-path">{escape(section_path(place.section))}</span>{copy}</div>'
        f'<div class="ra-label">{note}</div>{body}</div></details>'
    )


def _answer_text(answer: Answer) -> str:
    """The text with `[1]` made a button that opens citation 1."""
    numbers = "|".join(str(citation.number) for citation in answer.citations)
    text = escaped(answer.text)
    if not numbers:
        return text
    return re.sub(rf"\[({numbers})\]", r'<button class="ra-ref" type="button">\1</button>', text)


def _one_line(text: str) -> str:
    return escape(" ".join(text.split()))


def _tag(classes: str, inner: str) -> str:
    return f'<div class="{classes}">{inner}</div>'
