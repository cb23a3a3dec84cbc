"""What is measured of one answer, each figure in [0, 1] and left out where it does not apply."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from eval import korquad, quantities
from eval.cases import Case, gold_pages, is_of, is_ok, is_right, meets
from eval.dataset import Evidence
from eval.matching import char_f1, same_heading, stands_verbatim
from eval.results import Cited
from eval.retrieval import DEEP, retrieval_figures

Group = Literal["전체", "검색", "답", "인용", "거절"]


@dataclass(frozen=True, slots=True)
class Metric:
    """A figure of a case; `measure` is None for those that ir-measures gives."""

    name: str
    meaning: str  # as the table says it
    group: Group
    measure: Callable[[Case], float | None] | None = None
    higher_is_better: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """A case with its figures by metric name."""

    case: Case
    values: Mapping[str, float]


def score_cases(cases: Sequence[Case]) -> tuple[Scored, ...]:
    """Every case with all figures that apply to it."""
    return tuple(
        Scored(case=case, values={**found, **_measured(case)})
        for case, found in zip(cases, retrieval_figures(cases), strict=True)
    )


def _measured(case: Case) -> dict[str, float]:
    values = ((metric.name, metric.measure(case)) for metric in METRICS if metric.measure)
    return {name: float(value) for name, value in values if value is not None}


def _first_backed(case: Case) -> float | None:
    if not case.gold.evidence:
        return None
    first = case.result.citations[:1]
    return float(any(meets(cited.place, case.gold.evidence) for cited in first))


def _section(case: Case) -> float | None:
    if not case.gold.section:
        return None
    return float(any(_in_section(cited, case) for cited in case.result.citations))


def _section_precision(case: Case) -> float | None:
    return _share(case, lambda cited: _in_section(cited, case)) if case.gold.section else None


def _in_section(cited: Cited, case: Case) -> bool:
    return any(
        same_heading(wanted, heading)
        for wanted in case.gold.section[-2:]
        for heading in cited.section
    )


def _page_precision(case: Case) -> float | None:
    told = _told_pages(case)
    return _share(case, lambda cited: any(_on_page(cited, *one) for one in told)) if told else None


def _page_recall(case: Case) -> float | None:
    told = _told_pages(case)
    if not told:
        return None
    return sum(any(_on_page(cited, *one) for cited in case.result.citations) for one in told) / len(
        told
    )


def _told_pages(case: Case) -> tuple[tuple[Evidence, frozenset[int]], ...]:
    """Each piece of evidence with its pages; none unless those of all are known."""
    pages = gold_pages(case)
    return tuple(zip(case.gold.evidence, pages, strict=True)) if all(pages) else ()


def _on_page(cited: Cited, evidence: Evidence, pages: frozenset[int]) -> bool:
    return is_of(cited.place.doc, evidence) and cited.place.page in pages


def _share(case: Case, holds: Callable[[Cited], bool]) -> float | None:
    """Of the citations of an answer; a refusal cites nothing for an answer."""
    citations = case.result.citations
    if not citations or case.result.abstained:
        return None
    return sum(map(holds, citations)) / len(citations)


def _grounded(case: Case) -> float | None:
    return _share(case, lambda cited: _verbatim(cited, case)) if case.sources else None


def _verbatim(cited: Cited, case: Case) -> bool:
    source, place = case.source(cited.place.doc), cited.place
    if source is None or not place.first_line:
        return False
    return stands_verbatim(cited.quote, source.text(place.first_line, place.last_line or 0))


def _numbers(case: Case) -> float | None:
    if case.result.abstained or not case.result.citations:
        return None
    told = (
        (cited.title, *cited.section, *cited.head, cited.quote) for cited in case.result.citations
    )
    evidence = "\n".join("\n".join(parts) for parts in told)
    return quantities.support(case.result.answer, evidence)


def _abstained(case: Case) -> float:
    return float(case.result.abstained)


def _char_f1(case: Case) -> float | None:
    return char_f1(case.gold.answer, case.result.answer) if case.gold.answer else None


def _korquad_f1(case: Case) -> float | None:
    return korquad.f1(case.gold.answer, case.result.answer) if case.gold.answer else None


def _exact_match(case: Case) -> float | None:
    if not case.gold.answer:
        return None
    return float(korquad.exact_match(case.gold.answer, case.result.answer))


def _rightly_refused(case: Case) -> float | None:
    return float(not case.gold.answerable) if case.result.abstained else None


def _answerable(measure: Callable[[Case], float | None]) -> Callable[[Case], float | None]:
    """Only where an answer is wanted and told."""

    def measured(case: Case) -> float | None:
        gold = case.gold
        return measure(case) if gold.answerable and not gold.tells_documents_only else None

    return measured


def _unanswerable(measure: Callable[[Case], float]) -> Callable[[Case], float | None]:
    return lambda case: None if case.gold.answerable else measure(case)


METRICS = (
    Metric("ok", "정답과 근거가 모두 맞음", "전체", is_ok),
    Metric("right", "답이 맞음", "답", _answerable(is_right)),
    Metric("hit@1", "첫 발췌문이 근거", "검색"),
    Metric("hit@5", "다섯 안에 근거", "검색"),
    Metric("hit@10", "열 안에 근거", "검색"),
    Metric("recall@5", "다섯 안에 찾은 근거의 비율", "검색"),
    Metric("recall@10", "열 안에 찾은 근거의 비율", "검색"),
    Metric(f"recall@{DEEP}", "백 안에 찾은 근거의 비율", "검색"),
    Metric("mrr", "근거 순위의 역수", "검색"),
    Metric("ndcg@10", "근거를 앞에 세운 정도", "검색"),
    Metric("cited", "첫 인용이 근거", "인용", _answerable(_first_backed)),
    Metric("section", "인용한 절이 맞음(재현율)", "인용", _answerable(_section)),
    Metric("section_p", "인용 가운데 절이 맞음(정밀도)", "인용", _answerable(_section_precision)),
    Metric("page_r", "근거의 쪽을 인용함(재현율)", "인용", _answerable(_page_recall)),
    Metric("page_p", "인용 가운데 쪽이 맞음(정밀도)", "인용", _answerable(_page_precision)),
    Metric("grounded", "인용문이 원문 그대로", "인용", _grounded),
    Metric("numbers", "답의 수가 인용문에 있음", "인용", _numbers),
    Metric("refused", "답이 있는데 거절(낮을수록 좋음)", "거절", _answerable(_abstained), False),
    Metric("abstained", "답이 없을 때 거절(재현율)", "거절", _unanswerable(_abstained)),
    Metric("refusal_p", "거절 가운데 옳은 거절(정밀도)", "거절", _rightly_refused),
    Metric("f1", "정답과 글자 겹침", "답", _answerable(_char_f1)),
    Metric("korquad_f1", "KorQuAD 글자 F1", "답", _answerable(_korquad_f1)),
    Metric("em", "KorQuAD 완전 일치", "답", _answerable(_exact_match)),
)
