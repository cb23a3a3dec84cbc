"""One question with what it gave, and whether that is what was wanted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from eval.dataset import Evidence, Gold
from eval.matching import says_all
from eval.results import Place, Result
from eval.sources import Source, Sources, source_of

LONGEST_PASSAGE = 40  # lines; a longer one would meet any evidence
LONGEST_ANSWER = 200  # characters
LONGEST_LIST = 500
LONG_TYPES = frozenset({"list", "descriptive", "compare", "calculation"})


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

    def source(self, doc: str) -> Source | None:
        """The text of a report, where it is at hand."""
        return source_of(doc, self.sources)


def meets(place: Place, evidence: Iterable[Evidence]) -> bool:
    """Whether a passage holds any of the evidence and is not longer than one may be."""
    return any(meets_one(place, one) for one in evidence)


def meets_one(place: Place, evidence: Evidence) -> bool:
    """Whether a passage shares a line with the evidence, or its page where no line is known."""
    if not is_of(place.doc, evidence):
        return False
    if not evidence.places and not evidence.quote:
        return evidence.page in (None, place.page)
    first, last = place.first_line, place.last_line
    if first is None or last is None or last - first > LONGEST_PASSAGE:
        return False
    return any(first <= end and last >= start for start, end in evidence.places)


def is_of(doc: str, evidence: Evidence) -> bool:
    """Whether the evidence stands in this report."""
    return doc == evidence.doc if evidence.whole_id else doc.startswith(evidence.doc)


def says_what_it_must(case: Case) -> bool:
    """Whether the answer says all that it must, and briefly."""
    longest = LONGEST_LIST if case.gold.type in LONG_TYPES else LONGEST_ANSWER
    answer = case.result.answer
    said = says_all(answer, case.gold.must_include)
    return not case.result.abstained and len(answer) <= longest and said


def is_right(case: Case) -> bool | None:
    """The same; None where the gold tells no answer."""
    return says_what_it_must(case) if case.gold.must_include else None


def is_backed(case: Case) -> bool:
    """Whether some citation meets the evidence, where any is told."""
    return not case.gold.evidence or any(
        meets(cited.place, case.gold.evidence) for cited in case.result.citations
    )


def is_ok(case: Case) -> bool | None:
    """Whether the reply is the one to give: right with its evidence, or a refusal where due."""
    if not case.gold.answerable:
        return case.result.abstained
    right = is_right(case)
    return None if right is None else right and is_backed(case)


def gold_pages(case: Case) -> tuple[frozenset[int], ...]:
    """For each piece of evidence the pages it stands on; none where they are not known."""
    return tuple(
        frozenset((one.page,)) if one.page else _pages_of(one, case.sources)
        for one in case.gold.evidence
    )


def _pages_of(evidence: Evidence, sources: Sources) -> frozenset[int]:
    pages = (
        source.page(line)
        for doc, source in sources.items()
        if is_of(doc, evidence)
        for first, last in evidence.places
        for line in range(first, min(last, len(source.lines)) + 1)
    )
    return frozenset(page for page in pages if page is not None)
