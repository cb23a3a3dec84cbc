"""`eval ablation`: what each part of the assistant is worth."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer

from eval.commands.options import (
    QUESTIONS,
    ByQuote,
    IndexDir,
    Reports,
    ending_in_korean,
    sources_from,
)
from rag.errors import RagError


def ablation_command(
    questions: Annotated[Path, typer.Argument(metavar="QUESTIONS", help=QUESTIONS)],
    index: IndexDir = None,
    variant: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME",
            help="변형의 이름. 여러 번 쓸 수 있고 'signal:*'처럼 묶어 적어도 됩니다. "
            "없으면 signal 말고 모두.",
            show_default=False,
        ),
    ] = None,
    reports: Reports = None,
    by_quote: ByQuote = False,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="FILE.md", help="표를 이 파일에도 씁니다."),
    ] = None,
) -> None:
    """한 부분씩 빼거나 바꾼 변형으로 같은 질문에 답하고, 무엇이 달라지는지 표로 보여 줍니다."""
    with ending_in_korean("표는 모든 변형이 끝나야 나옵니다."):
        if output and output.suffix.lower() != ".md":
            raise RagError(f"{output}: -o에는 .md로 끝나는 이름을 적어 주세요.")
        table = _table(questions, variant or (), index, reports, by_quote=by_quote)
        typer.echo(table)
        if output:
            _write(output, table)


def _table(
    questions: Path,
    names: Sequence[str],
    index: Path | None,
    reports: Path | None,
    *,
    by_quote: bool,
) -> str:
    from eval.ablating.ablation import ablate, markdown
    from eval.ablating.variants import Parts, chosen
    from eval.dataset import load_gold
    from eval.locate import located
    from rag.settings import Settings
    from rag.wiring import open_index, open_reranker

    variants, gold, settings = chosen(names), load_gold(questions), Settings.load()
    folder = index or settings.index_dir
    sources = sources_from(folder, reports)
    found = located(gold, sources, by_quote=by_quote)
    store, embedder = open_index(folder, settings)
    with closing(store):
        parts = Parts(
            store=store,
            embedder=embedder,
            reranker=open_reranker(settings),
            passages=settings.passages,
        )
        return markdown(ablate(variants, found, parts=parts, sources=sources))


def _write(path: Path, table: str) -> None:
    from eval.output import writing

    with writing(path, "표를"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(table + "\n", encoding="utf-8")
