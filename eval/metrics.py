"""What is measured of one answer: small pure functions, each higher the more there is of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from eval.dataset import Evidence, Gold
from eval.jsonl import read_text
from eval.matching import char_f1, same_heading, says_all, stands_verbatim
from eval.results import Cited, Place, Result
from rag.errors import RagError

LONGEST_PASSAGE = 40  # lines; a longer one would meet any evidence
LONGEST_ANSWER = 200  # characters
LONGEST_LIST = 500
LONG_TYPES = frozenset({"list", "descriptive", "compare", "calculation"})

Sources = Mapping[str, tuple[str, ...]]  # a source file's name up to its first dot -> its lines


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One question, what it gave, and the texts that its quotes must stand in."""

    gold: Gold
    result: Result
    sources: Sources

    @property
    def rank(self) -> int | None:
        """Place of the first retrieved passage that meets the evidence, from 1."""
        met = (meets(place, self.gold.evidence) for place in self.result.retrieved)
        return next((rank for rank, hit in enumerate(met, start=1) if hit), None)


@dataclass(frozen=True, slots=True)
class Metric:
    """A figure of a case, in [0, 1]; None, and left out of the mean, where it does not apply."""

    name: str
    meaning: str  # as the table says it
    measure: Callable[[Case], float | None]


def load_sources(folder: Path) -> Sources:
    """The lines of every `.txt` of a folder."""
    files = sorted(folder.glob("*.txt"))
    if not files:
        raise RagError(f"{folder}: 보고서(.txt)가 없습니다. --reports에 원문 폴더를 적어 주세요.")
    return {file.name.split(".")[0]: tuple(read_text(file).split("\n")) for file in files}


def meets(place: Place, evidence: Iterable[Evidence]) -> bool:
    """Whether a passage shares a line with the evidence and is not longer than one may be."""
    first, last = place.first_line, place.last_line
    if first is None or last is None or last - first > LONGEST_PASSAGE:
        return False
    return any(
        place.doc.startswith(gold.doc) and first <= gold.last_line and last >= gold.first_line
        for gold in evidence
    )


def is_right(case: Case) -> bool:
    """Whether the answer says all that it must, and briefly."""
    longest = LONGEST_LIST if case.gold.type in LONG_TYPES else LONGEST_ANSWER
    answer = case.result.answer
    said = says_all(answer, case.gold.must_include)
    return not case.result.abstained and len(answer) <= longest and said


def is_backed(case: Case) -> bool:
    """Whether some citation meets the evidence."""
    return any(meets(cited.place, case.gold.evidence) for cited in case.result.citations)


def is_ok(case: Case) -> bool:
    """Whether the reply is the one to give: right with its evidence, or a refusal where due."""
    if not case.gold.answerable:
        return case.result.abstained
    return is_right(case) and is_backed(case)


def _hit(k: int) -> Callable[[Case], float]:
    return lambda case: float(case.rank is not None and case.rank <= k)


def _reciprocal_rank(case: Case) -> float:
    return 1 / case.rank if case.rank is not None and case.rank <= 10 else 0.0


def _first_backed(case: Case) -> float:
    first = case.result.citations[:1]
    return float(any(meets(cited.place, case.gold.evidence) for cited in first))


def _section(case: Case) -> float:
    headings = [heading for cited in case.result.citations for heading in cited.section]
    wanted = case.gold.section[-2:]
    return float(any(same_heading(gold, heading) for gold in wanted for heading in headings))


def _grounded(case: Case) -> float | None:
    citations = case.result.citations
    if not case.sources or not citations or case.result.abstained:
        return None
    return sum(_verbatim(cited, case.sources) for cited in citations) / len(citations)


def _verbatim(cited: Cited, sources: Sources) -> bool:
    lines = sources.get(cited.place.doc.split(".")[0])
    if lines is None or not cited.place.first_line:
        return False
    source = "\n".join(lines[cited.place.first_line - 1 : cited.place.last_line])
    return stands_verbatim(cited.quote, source)


def _abstained(case: Case) -> float:
    return float(case.result.abstained)


def _char_f1(case: Case) -> float:
    return char_f1(case.gold.answer, case.result.answer)


def _answerable(measure: Callable[[Case], float]) -> Callable[[Case], float | None]:
    return lambda case: measure(case) if case.gold.answerable else None


def _unanswerable(measure: Callable[[Case], float]) -> Callable[[Case], float | None]:
    return lambda case: None if case.gold.answerable else measure(case)


METRICS = (
    Metric("ok", "정답과 근거가 모두 맞음", is_ok),
    Metric("right", "답이 맞음", _answerable(is_right)),
    Metric("hit@1", "첫 발췌문이 근거", _answerable(_hit(1))),
    Metric("hit@5", "다섯 안에 근거", _answerable(_hit(5))),
    Metric("hit@10", "열 안에 근거", _answerable(_hit(10))),
    Metric("mrr", "근거 순위의 역수", _answerable(_reciprocal_rank)),
    Metric("cited", "첫 인용이 근거", _answerable(_first_backed)),
    Metric("section", "인용한 절이 맞음", _answerable(_section)),
    Metric("grounded", "인용문이 원문 그대로", _grounded),
    Metric("refused", "답이 있는데 거절(낮을수록 좋음)", _answerable(_abstained)),
    Metric("abstained", "답이 없을 때 거절", _unanswerable(_abstained)),
    Metric("f1", "정답과 글자 겹침", _answerable(_char_f1)),
)


def lost_at(case: Case) -> str:
    """Where a question that is not ok was lost, in Korean."""
    if not case.gold.answerable:
        return "거절해야 할 질문에 답했습니다"
    if case.result.error is not None:
        return f"오류: {case.result.error}"
    if case.rank is None:
        return "근거를 찾지 못했습니다"
    if case.result.abstained:
        return f"근거를 {case.rank}번째로 찾고도 거절했습니다"
    if not is_backed(case):
        return f"근거를 {case.rank}번째로 찾고도 다른 곳을 인용했습니다"
    return "근거를 인용하고도 답이 다르거나 너무 깁니다"
