"""Whether the gold of a question set stands in the reports: documents, lines, pages, quotes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from eval.cases import is_of
from eval.dataset import Evidence, Gold, Lines
from eval.jsonl import Record
from eval.locate import NOWHERE, located
from eval.quantities import quantities, support
from eval.sets.similar import SimilarLine, shortened
from eval.sources import Source, Sources

# Printed in too many ways to be looked for: dates, the numbers of a list, square metres.
_NOT_SOUGHT = re.compile(
    r"\d{2,4}\s?년|\d{1,2}\s?[월일]|(?:['’]\d\d|(?:19|20)\d\d)(?:\.\s?\d{1,2}){1,2}\.?|[①-⑳㎡㎥]"
)
_NOT_PRINTED = ("compare", "calculation")  # types whose answer stands nowhere as it is


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong, or only odd, with one row."""

    text: str
    is_error: bool


def source_findings(gold: Sequence[tuple[Record, Gold]], sources: Sources) -> Iterator[Finding]:
    """Every place of the gold that the reports do not have, and answers not told there."""
    named = [(record, item) for record, item in gold if not _by_whole_id(item)]
    for record, item in gold:
        for one in item.evidence if _by_whole_id(item) else ():
            if one.doc not in sources:
                yield Finding(
                    f"{record.where}: 문서 `{one.doc}`: 찾지 못했습니다. 이 폴더의 corpus.jsonl을 "
                    "색인했는지 확인해 주세요.",
                    True,
                )
    reports = _Reports(sources)
    found = located([item for _, item in named], sources, by_quote=True)
    rows = [
        _Row(record, item, there, reports)
        for (record, item), there in zip(named, found, strict=True)
    ]
    for row in rows:
        yield from row.findings()
    shifted = [row.record.where for row in rows if row.is_shifted()]
    if shifted:
        yield Finding(
            f"줄 번호가 인용문의 자리와 다른 질문이 {len(shifted)}개입니다"
            f"({', '.join(shifted[:3])}{' 등' if len(shifted) > 3 else ''}). 다르게 읽은 보고서의 "
            "줄 번호라면 `--by-quote`로 재거나 줄 번호를 지워 주세요.",
            False,
        )


def _by_whole_id(item: Gold) -> bool:
    """Whether it is of a retrieval benchmark: documents only, and perhaps a million of them."""
    return any(one.whole_id for one in item.evidence)


class _Reports:
    """The sources by what gold calls them, looked up once each."""

    def __init__(self, sources: Sources) -> None:
        self._sources = sources
        self._of = dict[str, tuple[Source, ...]]()
        self._lines = dict[str, SimilarLine]()

    def of(self, one: Evidence) -> tuple[Source, ...]:
        """The reports that the evidence may mean."""
        if one.doc not in self._of:
            self._of[one.doc] = tuple(
                source for doc, source in self._sources.items() if is_of(doc, one)
            )
        return self._of[one.doc]

    def advice(self, doc: str) -> str:
        """What the user may have meant by a name that no report has."""
        names = {
            name: source.id
            for source in self._sources.values()
            for name in (Path(source.file).stem, source.title, source.id)
        }
        near = get_close_matches(doc, names, n=1, cutoff=0.4)
        if near:
            return f"혹시 `{names[near[0]]}`입니까? 이름을 고쳐 주세요."
        ids = list(self._sources)
        more = f" 외 {len(ids) - 3}개" if len(ids) > 3 else ""
        return f"있는 문서: {', '.join(ids[:3])}{more}."

    def similar_line(self, quote: str, found: Iterable[Source]) -> str | None:
        """The line of these reports that is most like the quote, if any is."""
        for source in found:
            self._lines.setdefault(source.id, SimilarLine(source.lines))
        near = (self._lines[source.id].nearest(quote) for source in found)
        return max(filter(None, near), default=(0.0, None))[1]


@dataclass(frozen=True, slots=True)
class _Row:
    record: Record
    gold: Gold
    there: Gold  # the same, its quotes and pages as lines
    reports: _Reports

    def findings(self) -> Iterator[Finding]:
        pairs = list(zip(self.gold.evidence, self.there.evidence, strict=True))
        for number, (one, there) in enumerate(pairs, start=1):
            which = f" {self.record.names.get('evidence', '근거')} {number}번째"
            where = self.record.where + (which if len(pairs) > 1 else "")
            for text, is_error in self._place(one, there):
                yield Finding(f"{where}: {text}", is_error)
        missing = self._figures_told_nowhere()
        if missing:
            yield Finding(
                f"{self.record.where}: 정답의 수 {', '.join(missing)}: 근거로 적은 줄에 없습니다. "
                "정답과 근거를 확인해 주세요.",
                False,
            )

    def _place(self, one: Evidence, there: Evidence) -> Iterator[tuple[str, bool]]:
        found = self.reports.of(one)
        if not found:
            yield f"문서 `{one.doc}`: 찾지 못했습니다. {self.reports.advice(one.doc)}", True
            return
        if len(found) > 1:
            names = ", ".join(source.id for source in found[:3])
            yield (
                f"문서 `{one.doc}`: 이렇게 시작하는 보고서가 {len(found)}개입니다({names}). "
                "하나만 뜻하면 이름을 끝까지 적어 주세요.",
                False,
            )
        yield from self._beyond(one, found)
        if one.quote and there.places == (NOWHERE,):
            near = self.reports.similar_line(one.quote, found)
            advice = f"비슷한 줄: “{near}”." if near else "원문에서 옮겨 적어 주세요."
            yield f"인용문 “{shortened(one.quote, 40)}”: 보고서에 없습니다. {advice}", True
        elif one.quote and len(found) == 1:
            yield from self._on_another_page(one, there, found[0])

    def is_shifted(self) -> bool:
        """Whether some quote stands on other lines than those told."""
        return any(
            one.quote
            and one.places
            and there.places != (NOWHERE,)
            and not any(_meet(place, told) for place in there.places for told in one.places)
            for one, there in zip(self.gold.evidence, self.there.evidence, strict=True)
        )

    def _beyond(self, one: Evidence, found: Sequence[Source]) -> Iterator[tuple[str, bool]]:
        lines = max(len(source.lines) for source in found)
        last = max((last for _, last in one.places), default=0)
        if last > lines:
            yield f"{last}번째 줄: 보고서는 {lines}줄입니다. 줄 번호를 고쳐 주세요.", True
        pages = [page for source in found for page in source.pages if page]
        if pages and (one.page or 0) > max(pages):
            yield f"{one.page}쪽: 보고서는 {max(pages)}쪽까지입니다. 쪽을 고쳐 주세요.", True

    def _on_another_page(
        self, one: Evidence, there: Evidence, source: Source
    ) -> Iterator[tuple[str, bool]]:
        lines = (line for place in there.places for line in place)
        pages = sorted({page for line in lines if (page := source.page(line)) is not None})
        if one.page and pages and one.page not in pages:
            told = ", ".join(map(str, pages))
            yield (
                f"인용문 “{shortened(one.quote, 40)}”: {one.page}쪽이 아니라 {told}쪽에 있습니다.",
                False,
            )

    def _figures_told_nowhere(self) -> list[str]:
        """The figures of the answer that neither the evidence nor the question has."""
        item = self.there
        if not item.answerable or item.type in _NOT_PRINTED:
            return []
        told = [
            source.text(*place)
            for one in item.evidence
            for place in one.places
            if place != NOWHERE
            for source in self.reports.of(one)
        ]
        text = "\n".join((*told, item.question.text))
        answer = _NOT_SOUGHT.sub("", item.answer)
        if not told or support(answer, text) == 1:
            return []
        return [one.text for one in quantities(answer) if not support(one.text, text)]


def _meet(one: Lines, other: Lines) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]
