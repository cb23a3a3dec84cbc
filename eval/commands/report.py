"""`eval report`: what a run is worth."""

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
from rag.errors import RagError

if TYPE_CHECKING:
    from eval.summary import ScoredRun


def report_command(  # noqa: PLR0913  a command has as many options as it has
    results: Annotated[
        list[Path], typer.Argument(metavar="RESULTS.jsonl", help="`run`이 쓴 결과 파일.")
    ],
    gold: Gold,
    by_type: Annotated[bool, typer.Option("--by-type", help="질문 유형별로도 봅니다.")] = False,
    list_wrong: Annotated[bool, typer.Option("--wrong", help="틀린 문항과 원인을 봅니다.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="결과 파일마다 JSON 한 줄.")] = False,
    html: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE.html",
            help="그림과 문항 표가 든 HTML 파일 하나로도 씁니다.",
            show_default=False,
        ),
    ] = None,
    index: SourceIndex = None,
    reports: Reports = None,
    by_quote: ByQuote = False,
    fail_under: FailUnder = None,
    fail_over: FailOver = None,
    no_worse_than: NoWorseThan = None,
) -> None:
    """결과를 정답과 견주어 지표를 보여 줍니다. 기준에 못 미치면 1로 끝납니다."""
    from eval.gates import Gates

    with ending_in_korean():
        gates = Gates.parse(fail_under, fail_over, no_worse_than)
        if html and html.suffix.lower() not in (".html", ".htm"):
            raise RagError(f"{html}: --html에는 .html로 끝나는 이름을 적어 주세요.")
        if html and len(results) > 1:
            raise RagError("--html에는 결과 파일을 하나만 적어 주세요. 둘은 `compare`로 견줍니다.")
        runs, base = scored_with(
            gates, results, gold=gold, index=index, reports=reports, by_quote=by_quote
        )
        for run in runs:
            _show(run, by_type=by_type, list_wrong=list_wrong, as_json=as_json)
        if html:
            _write_html(runs[0], html)
    end_by(gates, runs, base=base)


def _show(run: ScoredRun, *, by_type: bool, list_wrong: bool, as_json: bool) -> None:
    from eval.report import table, wrong

    if list_wrong:
        typer.echo(wrong(run.cases), err=as_json)
    if as_json:
        typer.echo(json.dumps(run.summary.as_json(), ensure_ascii=False))
        return
    typer.echo(f"{run.path}\n{table(run.summary, by_type=by_type)}")


def _write_html(run: ScoredRun, path: Path) -> None:
    from eval.html.page import write_html

    write_html(run, path)
    typer.echo(f"{path}에 썼습니다. 브라우저로 열어 보세요.", err=True)
