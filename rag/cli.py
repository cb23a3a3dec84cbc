"""`python -m rag`: ask and search; results to standard output, the rest to standard error."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rag.answer_json import to_json
from rag.show import citation_text, line_label, page_label, section_path
from rag.terminal import KoreanCommand, errors_in_korean, korean_cli, run
from rag.types import Answer, Citation, Hit

if TYPE_CHECKING:
    from rag.assistant import Assistant

app = korean_cli("색인한 보고서에 묻고, 답과 근거(쪽·절·원문)를 받습니다.")

Question = Annotated[
    str, typer.Argument(metavar="질문", help="우리말 질문입니다.", show_default=False)
]
IndexDir = Annotated[
    Path | None,
    typer.Option(
        "--index", metavar="폴더", help="색인 폴더입니다. 기본값: data/index", show_default=False
    ),
]
Reports = Annotated[
    list[str] | None,
    typer.Option(
        "--report", metavar="ID", help="이 보고서에서만 찾습니다. 여러 번 쓸 수 있습니다."
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="결과를 JSON으로 출력합니다.")]


@app.command(cls=KoreanCommand, help="질문 하나에 답하고 근거를 보여 줍니다.")
def ask(
    context: typer.Context,
    question: Question,
    index: IndexDir = None,
    report: Reports = None,
    as_json: AsJson = False,
) -> None:
    """One answer with its citations."""
    with errors_in_korean():
        answer = _assistant(context, index).ask(question, reports=report or ())
    typer.echo(json.dumps(to_json(answer), ensure_ascii=False) if as_json else _answer(answer))


@app.command(cls=KoreanCommand, help="답을 만들지 않고, 질의에 맞는 대목만 찾습니다.")
def search(
    context: typer.Context,
    question: Annotated[
        str, typer.Argument(metavar="질의", help="찾을 말입니다.", show_default=False)
    ],
    k: Annotated[
        int, typer.Option("-k", min=1, max=100, metavar="개수", help="찾을 대목의 수입니다.")
    ] = 10,
    index: IndexDir = None,
    report: Reports = None,
    as_json: AsJson = False,
) -> None:
    """Passages only."""
    with errors_in_korean():
        hits = _assistant(context, index).search(question, k=k, reports=report or ())
    if as_json:
        found = to_json(
            Answer(question=question, text="", citations=(), hits=hits, abstained=False)
        )
        typer.echo(
            json.dumps({"question": question, "retrieved": found["retrieved"]}, ensure_ascii=False)
        )
        return
    typer.echo("\n\n".join(_hit(number, hit) for number, hit in enumerate(hits, start=1)))


def _assistant(context: typer.Context, index: Path | None) -> Assistant:
    """The assistant over the index; the context may bring another way to open one."""
    from rag.assistant import Assistant

    open_: Callable[[Path | None], Assistant] = context.obj or Assistant.open
    return open_(index)


def _answer(answer: Answer) -> str:
    return "\n".join([answer.text, *(_citation(citation) for citation in answer.citations)])


def _citation(citation: Citation) -> str:
    shown = (*citation.head, *citation.quote.splitlines())
    quote = "\n      ".join(line.strip(" ") for line in shown)
    where = f"{citation_text(citation)} ({line_label(citation.span)})"
    return f"\n  [{citation.number}] {where}\n      {quote}"


def _hit(number: int, hit: Hit) -> str:
    chunk = hit.chunk
    section = f", {section_path(chunk.section)}" if chunk.section else ""
    where = f"「{chunk.report_title}」 {page_label(chunk.span)}{section}"
    return "\n".join([f"{number}. {where}", *("   " + line for line in chunk.text.splitlines())])


def main() -> None:
    """Entry point of `python -m rag`."""
    run(app)
