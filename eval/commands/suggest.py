"""`eval suggest`: draft questions for a person to accept or mend."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from eval.commands.options import IndexDir, ending_in_korean
from rag.errors import RagError

if TYPE_CHECKING:
    from eval.drafting.draft import Draft

_MOST = 500  # drafts a report; nobody reads more
_SUFFIXES = (".xlsx", ".csv", ".jsonl")


def suggest_command(
    output: Annotated[
        Path,
        typer.Option(
            "-o", "--output", metavar="DRAFTS.xlsx", help="초안을 쓸 파일(.xlsx, .csv, .jsonl)."
        ),
    ],
    index: IndexDir = None,
    report: Annotated[
        list[str] | None,
        typer.Option(metavar="ID", help="이 보고서만. 여러 번 쓸 수 있습니다.", show_default=False),
    ] = None,
    count: Annotated[
        int, typer.Option("-n", min=1, max=_MOST, help="보고서마다 많아야 몇 문항.")
    ] = 60,
) -> None:
    """보고서에서 질문 초안을 만들어 근거와 함께 씁니다. 사람이 읽고 채택하거나 고칩니다."""
    with ending_in_korean():
        _suggest(output, index=index, reports=report or (), count=count)


def _suggest(output: Path, *, index: Path | None, reports: Sequence[str], count: int) -> None:
    from eval.drafting.suggest import suggest
    from rag.settings import Settings

    if output.exists():
        raise RagError(f"{output}: 이미 있는 파일입니다. 다른 이름을 적어 주세요.")
    if output.suffix.lower() not in _SUFFIXES:
        raise RagError(f"{output}: {', '.join(_SUFFIXES)} 가운데 하나로 끝나는 이름을 적어 주세요.")
    drafts = suggest(index or Settings.load().index_dir, reports=reports, most=count)
    if not drafts:
        raise RagError(
            "질문으로 만들 만한 줄이나 표를 찾지 못했습니다. `python -m index status`에서 보고서가 "
            "제대로 읽혔는지 확인해 주세요."
        )
    _write(output, drafts)
    typer.echo(_told(drafts, output), err=True)


def _write(output: Path, drafts: Sequence[Draft]) -> None:
    from eval.sets.writer import write_sheet

    records = [draft.record(number) for number, draft in enumerate(drafts, start=1)]
    if output.suffix.lower() != ".jsonl":
        write_sheet(output, records)
        return
    lines = [json.dumps(record, ensure_ascii=False) + "\n" for record in records]
    try:
        output.write_text("".join(lines), encoding="utf-8")
    except OSError as error:
        raise RagError(f"{output}: 저장할 수 없습니다. 폴더가 있는지 확인해 주세요.") from error


def _told(drafts: Sequence[Draft], output: Path) -> str:
    """What was drafted, and what to do with it."""
    from eval.drafting.suggest import SHARES
    from eval.question_types import type_label

    kinds = Counter(draft.type for draft in drafts)
    each = ", ".join(f"{type_label(kind)} {kinds[kind]}" for kind in SHARES if kinds[kind])
    reports = len({draft.chunk.report_id for draft in drafts})
    return (
        f"보고서 {reports}건에서 질문 초안 {len(drafts)}문항({each})을 만들었습니다: {output}\n"
        "기계가 만든 초안이니 한 문항씩 읽고 고쳐 주세요. 쓰지 않을 행은 ‘채택’에 ‘아니요’를 "
        "적거나 지웁니다. ‘답 없음’ 문항은 보고서에 정말 답이 없는지 확인해 주세요.\n"
        f"그다음 `python -m eval check {output}`로 확인하고 "
        f"`python -m eval run {output} -o 결과.jsonl`로 묻습니다."
    )
