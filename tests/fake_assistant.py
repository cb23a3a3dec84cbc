"""An assistant for the page's tests: answers from a fictional city's reports, written here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from rag.errors import QuestionError
from rag.stored import ReportEntry
from rag.types import Answer, Chunk, Citation, Hit, Span

PLAN = "2024년 주요업무 추진계획"
PAST = "2023년 주요업무 추진계획 <b>초안</b> ${1+1} {{title}}"
SECTION = (
    "Ⅲ. 주요업무 추진계획",
    "1. 곁을 지키는 복지",
    "1 고독사 예방 돌봄망 운영",
    "추진실적('23년)",
)
ATTACK = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>'
ROWS = (
    "구 분\t계\t라온구\t미르구\t해든구\t누리구",
    "계\t3,412\t1,083\t844\t787\t698",
    "AI 안부전화\t2,580\t812\t640\t598\t530",
)


def span(page: int | None, *, exact: bool = True, first: int = 1, last: int | None = None) -> Span:
    return Span(
        first_page=page,
        last_page=page,
        page_exact=exact,
        first_line=first,
        last_line=first if last is None else last,
    )


def citation(number: int, quote: str, where: Span, *, title: str = PLAN) -> Citation:
    return Citation(
        number=number,
        report_id="plan",
        report_title=title,
        section=SECTION,
        span=where,
        quote=quote,
    )


def hit(text: str, where: Span) -> Hit:
    chunk = Chunk(
        id="plan:0001",
        report_id="plan",
        report_title=PLAN,
        section=SECTION,
        text=text,
        span=where,
    )
    return Hit(chunk=chunk, score=0.5, source="hybrid")


class FakeAssistant:
    """Refuses, fails or answers by a word of the question; remembers the reports asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, tuple[str, ...]]] = []

    def stream(
        self, question: str, *, reports: Sequence[str] = (), history: Sequence[Answer] = ()
    ) -> Iterator[Answer]:
        """The answers of this question; after others it is understood with the last in front."""
        self.asked.append((question, tuple(reports)))
        before = [answer.question for answer in history][-1:]
        resolved = " ".join((*before, question)) if before else None
        for answer in self._replies(question):
            yield replace(answer, resolved=resolved)

    def _replies(self, question: str) -> Iterator[Answer]:
        if not question.strip():
            raise QuestionError("질문을 입력해 주세요.")
        if "고장" in question:
            raise RuntimeError("비밀 경로")
        if "시장의 생일" in question:
            yield self._refusal(question)
            return
        yield Answer(
            question=question, text="2,580", citations=(), hits=(), abstained=False, reason=None
        )
        yield self._answer(question)

    def search(self, question: str, *, k: int = 10, reports: Sequence[str] = ()) -> tuple[Hit, ...]:
        return (hit("□ 사업개요\n- 소요예산 : 1,540백만원", span(4)),)

    def reports(self) -> tuple[ReportEntry, ...]:
        return tuple(
            ReportEntry(
                id=identity, title=title, path="", published=None, pages=pages, lines=9, chunks=3
            )
            for identity, title, pages in (("plan", PLAN, 9), ("past", PAST, None))
        )

    def source_lines(self, citation: Citation) -> tuple[str, ...]:
        return ROWS if citation.number == 1 else (citation.quote,)

    def _answer(self, question: str) -> Answer:
        citations = (
            citation(1, ROWS[2], span(4, first=120, last=122)),
            citation(
                2,
                "- 대 상 : 고립 위험 1인 가구 4,000가구 (AI 안부전화 3,000)",
                span(3, exact=False),
            ),
            citation(3, f"- 내 용 : AI 안부전화 주 2회 {ATTACK}", span(None), title=PAST),
        )
        text = f"2,580가구가 AI 안부전화를 받았습니다[1]. {question}에 대한 답입니다[2]."
        return Answer(question=question, text=text, citations=citations, hits=(), abstained=False)

    def _refusal(self, question: str) -> Answer:
        hits = tuple(
            hit(f"- 위기가구 {page}63가구를 찾아 긴급복지에 연계", span(page)) for page in (4, 5)
        )
        return Answer(
            question=question,
            text="보고서에 이 질문에 답할 내용이 없습니다.",
            citations=(),
            hits=hits,
            abstained=True,
            reason="질문의 '생일'을 다룬 대목이 없습니다.",
        )
