"""Bounds that a run must keep, for CI: `ok=.60` at least, `refused=.10` at most."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from eval.metrics import METRICS
from rag.errors import RagError

NAMES = (*(metric.name for metric in METRICS), "p50_ms", "p95_ms", "missing", "errors")
_REMEDIES = {"grounded": " --reports로 원문 폴더를 알려 주세요."}


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


def parse_gates(texts: Iterable[str], *, at_least: bool) -> tuple[Gate, ...]:
    """Gates from `NAME=VALUE` texts."""
    return tuple(_gate(text, at_least=at_least) for text in texts)


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


def shortfalls(gauges: Mapping[str, float], gates: Iterable[Gate]) -> tuple[str, ...]:
    """What fell short, in the order of the gates; unasked questions fall short of any gate."""
    asked = tuple(gates)
    if asked and gauges["missing"]:
        asked = (*asked, Gate(name="missing", bound=0, at_least=False))
    lines = (gate.shortfall(gauges) for gate in dict.fromkeys(asked))
    return tuple(line for line in lines if line is not None)
