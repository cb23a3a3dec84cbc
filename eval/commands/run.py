"""`eval run`: ask a question set."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from eval.commands.options import QUESTIONS, IndexDir, ending_in_korean

if TYPE_CHECKING:
    from eval.interview import Asker
    from rag.settings import Settings

AnswererName = Literal["extractive", "llm"]
_MODEL_JOBS = 4  # a language model is waited for; our own answers share the processor


def run_command(
    questions: Annotated[Path, typer.Argument(metavar="QUESTIONS", help=QUESTIONS)],
    output: Annotated[
        Path,
        typer.Option("-o", "--output", metavar="RESULTS.jsonl", help="결과를 한 줄씩 쓸 파일."),
    ],
    index: IndexDir = None,
    answerer: Annotated[
        AnswererName,
        typer.Option(show_default=False, help="extractive(원문 발췌, 기본) 또는 llm(언어 모델)."),
    ] = "extractive",
    jobs: Annotated[
        int | None,
        typer.Option(
            min=1,
            max=64,
            show_default=False,
            help="나란히 물을 질문의 수. 기본 1, llm이면 4. 1이라야 응답 시간이 제대로 재집니다.",
        ),
    ] = None,
) -> None:
    """질문을 묻고 답을 결과 파일에 씁니다. 중단되면 같은 명령으로 이어서 실행합니다.

    BEIR 폴더를 주면 답을 만들지 않고 대목만 찾습니다.
    """
    jobs = jobs or (_MODEL_JOBS if answerer == "llm" else 1)
    with ending_in_korean("같은 명령을 다시 실행하면 이어서 묻습니다."):
        _run(questions, output, index=index, answerer=answerer, jobs=jobs)


def _run(
    path: Path, output: Path, *, index: Path | None, answerer: AnswererName, jobs: int
) -> None:
    from eval.dataset import load_questions
    from rag.settings import Settings

    questions, settings = load_questions(path), Settings.load()
    folder = index or settings.index_dir

    from eval.fingerprint import take_fingerprint
    from eval.runlog import RunLog
    from eval.runner import run
    from rag.manifest import Manifest

    # Before the log: an index that cannot be opened must leave earlier results as they are.
    asker = _asker(folder, settings, answerer, search_only=path.is_dir())
    way = "search" if path.is_dir() else answerer
    fingerprint = take_fingerprint(settings, manifest=Manifest.load(folder), answerer=way)
    asked = {question.id: question.text for question in questions}
    log = RunLog(output, fingerprint=fingerprint, asked=asked)
    if log.set_aside:
        typer.echo(
            f"질문·설정·색인·코드가 다른 결과 {log.set_aside}줄은 {log.backup}에 따로 두었습니다.",
            err=True,
        )
    failed = run(asker, questions, log=log, jobs=jobs)
    note = f" 오류가 난 {failed}문항은 다시 실행하면 다시 묻습니다." if failed else ""
    typer.echo(f"{len(questions):,}문항의 결과를 {output}에 썼습니다.{note}", err=True)


def _asker(folder: Path, settings: Settings, answerer: AnswererName, *, search_only: bool) -> Asker:
    from eval.runner import Searcher
    from rag.assistant import Assistant

    assistant = Assistant.open(folder, settings=settings, answerer=answerer)
    return Searcher(assistant) if search_only else assistant
