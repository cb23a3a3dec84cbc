"""Retrieval figures by ir-measures, over passages that share lines with the evidence.

Evidence is lines, not passages, and several passages may hold it. The first one that holds a piece
of evidence is a relevant one, later ones are not, and evidence that none holds is a relevant
passage that was not found: so that neither cutting finer nor overlapping helps.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import ir_measures
from ir_measures import RR, Qrel, R, ScoredDoc, Success, nDCG

from eval.cases import Case, meets_one
from eval.results import Place

DEEP = 100  # passages that a run over a public benchmark brings
_MEASURES = {
    "hit@1": Success @ 1,
    "hit@5": Success @ 5,
    "hit@10": Success @ 10,
    "recall@5": R @ 5,
    "recall@10": R @ 10,
    f"recall@{DEEP}": R @ DEEP,
    "mrr": RR @ 10,
    "ndcg@10": nDCG @ 10,
}


@dataclass(frozen=True, slots=True)
class Judged:
    """A ranking of passages by name, and the relevant ones with their grades."""

    ranking: tuple[str, ...]
    relevant: Mapping[str, int]


def retrieval_figures(cases: Sequence[Case]) -> list[dict[str, float]]:
    """For every case its figures by name; none where there is no evidence to find."""
    figures: list[dict[str, float]] = [{} for _ in cases]
    told = {str(at): judged(case) for at, case in enumerate(cases) if _tells(case)}
    names = {measure: name for name, measure in _MEASURES.items()}
    for found in ir_measures.iter_calc(list(names), list(_qrels(told)), list(_run(told))):
        figures[int(found.query_id)][names[found.measure]] = float(found.value)
    for case, values in zip(cases, figures, strict=True):
        if len(case.result.retrieved) <= 10:  # it was not asked for more
            values.pop(f"recall@{DEEP}", None)
    return figures


def judged(case: Case) -> Judged:
    """The case's passages as the module says; of whole documents only the first passage counts."""
    places, evidence = case.result.retrieved, case.gold.evidence
    if all(one.is_whole for one in evidence):
        places = tuple({place.doc: place for place in reversed(places)}.values())[::-1]
    found: set[int] = set()
    relevant = dict[str, int]()
    for rank, place in enumerate(places):
        new = [at for at in range(len(evidence)) if at not in found and _meets(place, case, at)]
        if new:
            found.update(new)
            relevant[f"passage {rank}"] = max(evidence[at].grade for at in new)
    for at, one in enumerate(evidence):
        if at not in found:
            relevant[f"evidence {at}"] = one.grade
    return Judged(tuple(f"passage {rank}" for rank in range(len(places))), relevant)


def _tells(case: Case) -> bool:
    return case.gold.answerable and bool(case.gold.evidence)


def _meets(place: Place, case: Case, at: int) -> bool:
    return meets_one(place, case.gold.evidence[at])


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
