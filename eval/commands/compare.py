"""`eval compare`: two runs beside each other."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from eval.commands.options import (
    ByQuote,
    FailOver,
    FailUnder,
    Gold,
    NoWorseThan,
    Reports,
    SourceIndex,
    end_by,
    ending_in_korean,
    scored_with,
)

if TYPE_CHECKING:
    from eval.compare import Comparison


def compare_command(  # noqa: PLR0913  a command has as many options as it has
    before: Annotated[Path, typer.Argument(metavar="BEFORE.jsonl", help="앞선 결과 파일.")],
    after: Annotated[Path, typer.Argument(metavar="AFTER.jsonl", help="견줄 결과 파일.")],
    gold: Gold,
    index: SourceIndex = None,
    reports: Reports = None,
    by_quote: ByQuote = False,
    as_json: Annotated[bool, typer.Option("--json", help="JSON 한 줄로 출력합니다.")] = False,
    fail_under: FailUnder = None,
    fail_over: FailOver = None,
    no_worse_than: NoWorseThan = None,
) -> None:
    """두 결과를 문항마다 짝지어 견주고, 맞고 틀림이 바뀐 문항을 두 답과 함께 보여 줍니다.

    기준은 AFTER에 걸립니다. 못 미치면 1로 끝납니다.
    """
    from eval.compare import compare
    from eval.gates import Gates
    from eval.report import comparison_text

    with ending_in_korean():
        gates = Gates.parse(fail_under, fail_over, no_worse_than)
        (first, second), base = scored_with(
            gates, [before, after], gold=gold, index=index, reports=reports, by_quote=by_quote
        )
    found = compare(first, second)
    typer.echo(_as_json(found) if as_json else comparison_text(found, first, second))
    end_by(gates, [second], base=base)


def _as_json(found: Comparison) -> str:
    values = {
        one.name: {
            "before": round(one.before, 4),
            "after": round(one.after, 4),
            "change": round(one.change, 4),
            "low": round(one.interval.low, 4),
            "high": round(one.interval.high, 4),
            "n": one.count,
        }
        for one in found.differences
    }
    flips = {
        name: [case.gold.question.id for case, _ in pairs]
        for name, pairs in (("won", found.won), ("lost", found.lost))
    }
    return json.dumps({"differences": values, **flips}, ensure_ascii=False)
