"""`eval check`: everything wrong with a question set."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from eval.commands.options import QUESTIONS, Reports, SourceIndex, ending_in_korean, sources_from

if TYPE_CHECKING:
    from eval.sets.check import Checked

_MOST_SHOWN = 50


def check_command(
    questions: Annotated[Path, typer.Argument(metavar="QUESTIONS", help=QUESTIONS)],
    index: SourceIndex = None,
    reports: Reports = None,
) -> None:
    """질문 파일에서 고칠 곳을 모두 알려 줍니다. 오류가 있으면 1로 끝납니다."""
    from eval.sets.check import check_set

    with ending_in_korean():
        sources = sources_from(index, reports)
        checked = check_set(questions, sources)
    found = [
        *(f"오류: {text}" for text in checked.errors),
        *(f"주의: {text}" for text in checked.warnings),
    ]
    for line in found[:_MOST_SHOWN]:
        typer.echo(line)
    if len(found) > _MOST_SHOWN:
        typer.echo(f"외 {len(found) - _MOST_SHOWN}건")
    typer.echo(_total(checked))
    if not sources:
        typer.echo(
            "문서·쪽·줄·인용문이 보고서와 맞는지는 보지 않았습니다. 보려면 --index로 색인 폴더를, "
            "또는 --reports로 원문 폴더를 알려 주세요."
        )
    if checked.errors:
        raise typer.Exit(1)


def _total(checked: Checked) -> str:
    told = f"질문 {checked.questions:,}개(근거 있는 질문 {checked.with_evidence:,}개)"
    if checked.errors or checked.warnings:
        return f"{told}: 오류 {len(checked.errors):,}건, 주의 {len(checked.warnings):,}건."
    return f"문제가 없습니다. {told}."
