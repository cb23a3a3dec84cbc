"""`eval fit`: learn the weights of the answerer from question sets."""

from __future__ import annotations

from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from eval.commands.options import ByQuote, ending_in_korean


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
    only_judge: Annotated[
        bool,
        typer.Option("--only-judge", help="문장 고르기의 가중치는 두고 확신도만 배웁니다."),
    ] = False,
    by_quote: ByQuote = False,
) -> None:
    """정답이 있는 질문 묶음에서 문장 고르기와 확신도의 가중치를 배웁니다.

    배우지 않고 남겨 둔 묶음에서 얼마나 맞는지 함께 보여 줍니다.
    """
    with ending_in_korean(), ExitStack() as opened:
        from eval.learning.fit import fit, write
        from eval.learning.opening import open_sets

        say = partial(typer.echo, err=True)
        fitted = fit(
            open_sets(sets, opened, progress=say, by_quote=by_quote), only_judge=only_judge
        )
        for line in fitted.report:
            typer.echo(line)
        if output:
            write(fitted, output)
