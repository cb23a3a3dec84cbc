"""Retrieval figures by ir-measures, over passages that share lines with the evidence.

Evidence is lines, not passages, and several passages may hold it. The first one that holds a piece
of evidence is a relevant one, later ones are not, and evidence that none holds is a relevant
passage that was not found: overlapping passages help nothing. Recall counts pieces of evidence.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import ir_measures
from ir_measures import RR, Qrel, ScoredDoc, Success, nDCG

from eval.cases import Case, meets_one

DEEP = 100  # passages that a run over a public benchmark brings
_DEPTHS = (5, 10)
_MEASURES = {
    "hit@1": Success @ 1,
    "hit@5": Success @ 5,
    "hit@10": Success @ 10,
    "mrr": RR @ 10,
    "ndcg@10": nDCG @ 10,
}


@dataclass(frozen=True, slots=True)
class Judged:
    """A ranking of passages by name, and the relevant ones with their grades."""

    ranking: tuple[str, ...]
    relevant: Mapping[str, int]
    found_at: tuple[int | None, ...]  # for each piece of evidence the first rank that holds it

    def recall(self, k: int) -> float:
        """The share of the evidence that the first `k` passages hold."""
        return sum(rank is not None and rank <= k for rank in self.found_at) / len(self.found_at)


def retrieval_figures(cases: Sequence[Case]) -> list[dict[str, float]]:
    """For every case its figures by name; none where there is no evidence to find."""
    figures: list[dict[str, float]] = [{} for _ in cases]
    told = {str(at): judged(case) for at, case in enumerate(cases) if _tells(case)}
    names = {measure: name for name, measure in _MEASURES.items()}
    for found in ir_measures.iter_calc(list(names), list(_qrels(told)), list(_run(told))):
        figures[int(found.query_id)][names[found.measure]] = float(found.value)
    for at, one in told.items():
        depths = (*_DEPTHS, DEEP) if len(one.ranking) > max(_DEPTHS) else _DEPTHS
        figures[int(at)] |= {f"recall@{k}": one.recall(k) for k in depths}
    return figures


def judged(case: Case) -> Judged:
    """The case's passages as the module says; of whole documents only the first passage counts."""
    places, evidence = case.result.retrieved, case.gold.evidence
    if all(one.is_whole for one in evidence):
        places = tuple({place.doc: place for place in reversed(places)}.values())[::-1]
    found_at: list[int | None] = [None] * len(evidence)
    relevant = dict[str, int]()
    for rank, place in enumerate(places, start=1):
        new = [at for at, one in enumerate(evidence) if not found_at[at] and meets_one(place, one)]
        if new:
            relevant[f"passage {rank}"] = max(evidence[at].grade for at in new)
        for at in new:
            found_at[at] = rank
    missed = {f"evidence {at}": evidence[at].grade for at, rank in enumerate(found_at) if not rank}
    ranking = tuple(f"passage {rank}" for rank in range(1, len(places) + 1))
    return Judged(ranking, relevant | missed, tuple(found_at))


def _tells(case: Case) -> bool:
    return case.gold.answerable and bool(case.gold.evidence)


def _qrels(told: Mapping[str, Judged]) -> Iterator[Qrel]:
    for name, one in told.items():
        for passage, grade in one.relevant.items():
            yield Qrel(name, passage, grade)


def _run(told: Mapping[str, Judged]) -> Iterator[ScoredDoc]:
    for name, one in told.items():
        if not one.ranking:  # a question that found nothing is counted all the same
            yield ScoredDoc(name, "nothing", 0.0)
        for rank, passage in enumerate(one.ranking):
            yield ScoredDoc(name, passage, float(-rank))
