"""At which step a question was lost."""

from __future__ import annotations

from enum import StrEnum

from eval.cases import Case, is_backed, is_ok


class Stage(StrEnum):
    """The steps in their order; the value is what users read."""

    ERROR = "오류"
    NOT_RETRIEVED = "못 찾음"
    REFUSED = "찾고도 거절"
    NOT_CHOSEN = "찾고도 다른 곳을 인용"
    MISREAD = "인용하고도 답이 다름"
    WRONG = "답이 다름"  # where no evidence is told, nothing can be said of the steps before
    NOT_REFUSED = "거절해야 하는데 답함"


def lost_at(case: Case) -> Stage | None:
    """Where a question that is not ok was lost; None for one that is, or that cannot be judged."""
    if is_ok(case) is not False:
        return None
    if not case.gold.answerable:
        return Stage.NOT_REFUSED
    if case.result.error is not None:
        return Stage.ERROR
    if case.gold.evidence and case.rank is None:
        return Stage.NOT_RETRIEVED
    if case.result.abstained:
        return Stage.REFUSED
    if not case.gold.evidence:
        return Stage.WRONG
    return Stage.MISREAD if is_backed(case) else Stage.NOT_CHOSEN


def why_lost(case: Case) -> str:
    """The same in a Korean clause, with the rank or the error; empty for one that is not lost."""
    stage, found = lost_at(case), f"근거를 {case.rank}번째로 찾고도"
    said = {
        Stage.NOT_REFUSED: "거절해야 할 질문에 답했습니다",
        Stage.ERROR: f"오류: {case.result.error}",
        Stage.NOT_RETRIEVED: "근거를 찾지 못했습니다",
        Stage.REFUSED: f"{found} 거절했습니다" if case.rank else "답이 있는데 거절했습니다",
        Stage.NOT_CHOSEN: f"{found} 다른 곳을 인용했습니다",
        Stage.MISREAD: "근거를 인용하고도 답이 다르거나 너무 깁니다",
        Stage.WRONG: "답이 다르거나 너무 깁니다",
    }
    return said[stage] if stage else ""
