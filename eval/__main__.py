"""`python -m eval run | report`: ask a question set, and read how well it went."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from rag.terminal import KoreanCommand, errors_in_korean, korean_cli
from rag.terminal import run as run_program

if TYPE_CHECKING:
    from eval.summary import ScoredRun

cli = korean_cli("질문 묶음으로 답변의 품질을 잽니다.")


@cli.command("run", cls=KoreanCommand)
def run_command(
    questions: Annotated[
        Path, typer.Argument(metavar="QUESTIONS.jsonl", help="질문 파일(한 줄에 질문 하나).")
    ],
    output: Annotated[
        Path,
        typer.Option("-o", "--output", metavar="RESULTS.jsonl", help="결과를 한 줄씩 쓸 파일."),
    ],
    index: Annotated[
        Path | None, typer.Option("--index", metavar="DIR", help="색인 폴더. 없으면 설정값.")
    ] = None,
    answerer: Annotated[
        Literal["extractive", "llm"],
        typer.Option(show_default=False, help="extractive(원문 발췌, 기본) 또는 llm(언어 모델)."),
    ] = "extractive",
) -> None:
    """질문을 차례로 묻고 답을 결과 파일에 씁니다. 중단되면 같은 명령으로 이어서 실행합니다."""
    with _errors_to_stderr():
        _run(questions, output, index=index, answerer=answerer)


def _run(
    path: Path, output: Path, *, index: Path | None, answerer: Literal["extractive", "llm"]
) -> None:
    from eval.dataset import load_questions
    from rag.settings import Settings

    questions, settings = load_questions(path), Settings.load()
    folder = index or settings.index_dir

    from eval.fingerprint import take_fingerprint
    from eval.runlog import RunLog
    from eval.runner import run
    from rag.assistant import Assistant
    from rag.manifest import Manifest

    # Before the log: an index that cannot be opened must leave earlier results as they are.
    assistant = Assistant.open(folder, settings=settings, answerer=answerer)
    fingerprint = take_fingerprint(settings, manifest=Manifest.load(folder), answerer=answerer)
    log = RunLog(output, fingerprint=fingerprint)
    if log.set_aside:
        typer.echo(
            f"설정·색인·코드가 다른 결과 {log.set_aside}줄은 {log.backup}에 두고 다시 묻습니다.",
            err=True,
        )
    failed = run(assistant, questions, log=log)
    note = f" 오류가 난 {failed}문항은 다시 실행하면 다시 묻습니다." if failed else ""
    typer.echo(f"{len(questions)}문항의 결과를 {output}에 썼습니다.{note}", err=True)


@cli.command("report", cls=KoreanCommand)
def report_command(  # noqa: PLR0913  a command has as many options as it has
    results: Annotated[
        list[Path], typer.Argument(metavar="RESULTS.jsonl", help="`run`이 쓴 결과 파일.")
    ],
    gold: Annotated[
        Path, typer.Option(metavar="QUESTIONS.jsonl", help="정답이 들어 있는 질문 파일.")
    ],
    by_type: Annotated[bool, typer.Option("--by-type", help="질문 유형별로도 봅니다.")] = False,
    list_wrong: Annotated[bool, typer.Option("--wrong", help="틀린 문항과 원인을 봅니다.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="결과 파일마다 JSON 한 줄.")] = False,
    reports: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="원문(.txt) 폴더. 있으면 인용문을 원문과 대조합니다."),
    ] = None,
    fail_under: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME=VALUE", help="이보다 낮으면 실패(예: ok=.60)."),
    ] = None,
    fail_over: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME=VALUE", help="이보다 높으면 실패(예: refused=.10)."),
    ] = None,
) -> None:
    """결과를 정답과 견주어 지표를 보여 줍니다. 기준에 못 미치면 1로 끝납니다."""
    from eval.gates import parse_gates, shortfalls
    from eval.summary import score_files

    with _errors_to_stderr():
        gates = (
            *parse_gates(fail_under or (), at_least=True),
            *parse_gates(fail_over or (), at_least=False),
        )
        runs = score_files(results, gold=gold, reports=reports)
    for run in runs:
        _show(run, by_type=by_type, list_wrong=list_wrong, as_json=as_json)
    missed = [(run.path, shortfalls(run.summary.gauges(), gates)) for run in runs]
    for path, lines in missed:
        if lines:
            typer.echo(f"기준 미달({path}): {', '.join(lines)}", err=True)
    if any(lines for _, lines in missed):
        raise typer.Exit(1)


def _show(run: ScoredRun, *, by_type: bool, list_wrong: bool, as_json: bool) -> None:
    from eval.report import table, wrong

    if list_wrong:
        typer.echo(wrong(run.cases), err=as_json)
    if as_json:
        typer.echo(json.dumps(run.summary.as_json(), ensure_ascii=False))
        return
    typer.echo(f"{run.path}\n{table(run.summary, by_type=by_type)}")


@contextmanager
def _errors_to_stderr() -> Iterator[None]:
    """As all commands do; a run that is stopped can go on."""
    try:
        with errors_in_korean():
            yield
    except KeyboardInterrupt as error:
        typer.echo("중단했습니다. 같은 명령을 다시 실행하면 이어서 묻습니다.", err=True)
        raise typer.Exit(130) from error


if __name__ == "__main__":
    run_program(cli)
