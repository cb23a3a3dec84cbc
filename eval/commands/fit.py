"""`eval fit`: learn the weights of the answerer from question sets."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack, closing
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from eval.commands.options import ByQuote, ending_in_korean, sources_from
from rag.errors import RagError

if TYPE_CHECKING:
    from eval.learning.examples import QuestionSet


def fit_command(
    sets: Annotated[
        list[str],
        typer.Argument(metavar="QUESTIONS=DIR...", help="질문 파일과 그 질문에 답할 색인 폴더."),
    ],
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            metavar="FILE.json",
            help="배운 값을 쓸 파일. 없으면 보여 주기만 합니다.",
        ),
    ] = None,
    by_quote: ByQuote = False,
) -> None:
    """정답이 있는 질문 묶음에서 문장 고르기와 확신도의 가중치를 배웁니다.

    배우지 않고 남겨 둔 묶음에서 얼마나 맞는지 함께 보여 줍니다.
    """
    with ending_in_korean(), ExitStack() as opened:
        from eval.learning.fit import fit, write

        fitted = fit(_sets(sets, opened, by_quote=by_quote))
        for line in fitted.report:
            typer.echo(line)
        if output:
            write(fitted, output)


def _sets(specified: Sequence[str], opened: ExitStack, *, by_quote: bool) -> list[QuestionSet]:
    from eval.dataset import load_gold
    from eval.learning.examples import QuestionSet
    from eval.locate import located
    from rag.embedder import load_embedder
    from rag.settings import Settings
    from rag.wiring import RecentQuestions, open_index

    settings = Settings.load()
    # One model for all: twenty sets would hold twenty.
    load = cache(partial(load_embedder, settings, progress=partial(typer.echo, err=True)))
    found = []
    for text in specified:
        path, equals, folder = text.rpartition("=")
        if not equals:
            raise RagError(f"{text}: `질문파일=색인폴더`로 적어 주세요.")
        store, embedder = open_index(Path(folder), settings, load=load)
        opened.enter_context(closing(store))
        sources = sources_from(Path(folder), None)
        found.append(
            QuestionSet(
                name=Path(path).parent.name + "/" + Path(path).stem,
                gold=located(load_gold(Path(path)), sources, by_quote=by_quote),
                store=store,
                embedder=RecentQuestions(embedder),
                sources=sources,
            )
        )
    return found
