"""`python -m rag`: ask and search from a terminal; the result goes to standard output, the rest to error."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated

import typer

from rag.answer_json import to_json
from rag.errors import RagError
from rag.show import citation_text, line_label, page_label, section_path
from rag.types import Answer, Citation, Hit

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_show_locals=False,
    help="색인한 보고서에 묻고, 답과 근거(쪽·절·원문)를 받습니다.",
)

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


@app.command(help="질문 하나에 답하고 근거를 보여 줍니다.")
def ask(
    question: Question,
    index: IndexDir = None,
    report: Reports = None,
    as_json: AsJson = False,
) -> None:
    """One answer with its citations."""
    with errors_in_korean():
        from rag.assistant import Assistant

        answer = Assistant.open(index).ask(question, reports=report or ())
    typer.echo(json.dumps(to_json(answer), ensure_ascii=False) if as_json else _answer(answer))


@app.command(help="답을 만들지 않고, 질의에 맞는 대목만 찾습니다.")
def search(
    question: Annotated[
        str, typer.Argument(metavar="질의", help="찾을 말입니다.", show_default=False)
    ],
    k: Annotated[int, typer.Option("-k", min=1, max=100, help="찾을 대목의 수입니다.")] = 10,
    index: IndexDir = None,
    report: Reports = None,
    as_json: AsJson = False,
) -> None:
    """Passages only."""
    with errors_in_korean():
        from rag.assistant import Assistant

        hits = Assistant.open(index).search(question, k=k, reports=report or ())
    if as_json:
        found = to_json(
            Answer(question=question, text="", citations=(), hits=hits, abstained=False)
        )
        typer.echo(
            json.dumps({"question": question, "retrieved": found["retrieved"]}, ensure_ascii=False)
        )
        return
    typer.echo("\n\n".join(_hit(number, hit) for number, hit in enumerate(hits, start=1)))


@contextmanager
def errors_in_korean() -> Iterator[None]:
    """Our own errors end in one Korean line and exit code 1; the rest are bugs and keep their trace."""
    try:
        yield
    except RagError as error:
        typer.echo(f"오류: {error}", err=True)
        raise typer.Exit(1) from error


def _answer(answer: Answer) -> str:
    return "\n".join([answer.text, *(_citation(citation) for citation in answer.citations)])


def _citation(citation: Citation) -> str:
    quote = "\n      ".join(line.strip() for line in citation.quote.splitlines())
    return f"\n  [{citation.number}] {citation_text(citation)} ({line_label(citation.span)})\n      {quote}"


def _hit(number: int, hit: Hit) -> str:
    chunk = hit.chunk
    where = f"「{chunk.report_title}」 {page_label(chunk.span)}, {section_path(chunk.section)}"
    return "\n".join([f"{number}. {where}", *("   " + line for line in chunk.text.splitlines())])


def main() -> None:
    """Entry point of `python -m rag`."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a C locale would break on Hangul
            stream.reconfigure(encoding="utf-8")
    app()
