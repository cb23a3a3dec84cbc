"""Bounds that a run must keep, for CI: `ok=.60` at least, `refused=.10` at most."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.compare import GUARDED, Difference, compare
from eval.metrics import METRICS
from eval.summary import ScoredRun
from rag.errors import RagError

_OF_A_RUN = ("p50_ms", "p95_ms", "p99_ms", "aurc", "ece", "missing", "errors")
NAMES = (*(metric.name for metric in METRICS), *_OF_A_RUN)
_REMEDIES = {"grounded": " --index나 --reports로 원문을 알려 주세요."}


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """A bound on one figure of a run."""

    name: str
    bound: float
    at_least: bool

    def shortfall(self, gauges: Mapping[str, float]) -> str | None:
        """What fell short, in Korean; None when the bound is kept."""
        value = gauges.get(self.name)
        if value is None:
            return f"{self.name}을(를) 잴 수 없음.{_REMEDIES.get(self.name, '')}"
        if value >= self.bound if self.at_least else value <= self.bound:
            return None
        # Four decimals: 0.5996 is below 0.6 although the table shows 0.600.
        side = "이상" if self.at_least else "이하"
        shown = f"{value:.4f}".rstrip("0").rstrip(".")
        return f"{self.name} {shown} (기준 {self.bound:g} {side})"


def _gate(text: str, *, at_least: bool) -> Gate:
    name, _, value = text.partition("=")
    if name not in NAMES:
        raise RagError(f"{text}: 모르는 지표입니다. 쓸 수 있는 지표: {', '.join(NAMES)}")
    try:
        bound = float(value)
    except ValueError:
        bound = math.nan
    if not math.isfinite(bound):
        raise RagError(f"{text}: 기준값을 읽을 수 없습니다. `{name}=0.6`처럼 숫자로 적어 주세요.")
    return Gate(name=name, bound=bound, at_least=at_least)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gates:
    """All that a run must keep."""

    bounds: tuple[Gate, ...]
    base: Path | None  # a run that it may not be worse than

    @classmethod
    def parse(
        cls, fail_under: Sequence[str] | None, fail_over: Sequence[str] | None, base: Path | None
    ) -> Gates:
        """As the options give them; `RagError` for a bound that cannot be read."""
        lower = (_gate(text, at_least=True) for text in fail_under or ())
        upper = (_gate(text, at_least=False) for text in fail_over or ())
        return cls(bounds=(*lower, *upper), base=base)

    def shortfalls(self, run: ScoredRun, *, base: ScoredRun | None = None) -> tuple[str, ...]:
        """What falls short, in Korean; with any gate, unasked and failed questions do too."""
        bounds = self.bounds
        if bounds or base:
            told = {gate.name for gate in bounds}
            unasked = (name for name in ("missing", "errors") if name not in told)
            bounds = (*bounds, *(Gate(name=name, bound=0, at_least=False) for name in unasked))
        lines = [gate.shortfall(run.summary.gauges()) for gate in dict.fromkeys(bounds)]
        if base:
            found = compare(base, run).differences
            lines += [_worse(one) for one in found if one.is_worse and one.name in GUARDED]
        return tuple(line for line in lines if line is not None)


def _worse(one: Difference) -> str:
    return (
        f"{one.name} {one.before:.3f} → {one.after:.3f} "
        f"(차이의 95% 구간 {one.interval.low:+.3f}~{one.interval.high:+.3f})"
    )
