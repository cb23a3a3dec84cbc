"""`python -m index`: build an index, see what it holds, drop a report."""

from __future__ import annotations

import errno
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from tqdm import tqdm

from rag.settings import Settings
from rag.terminal import KoreanCommand, errors_in_korean, korean_cli, run

if TYPE_CHECKING:
    from index.results import BuildReport, FileResult
    from rag.manifest import Counts
    from rag.stored import ReportEntry

app = korean_cli("보고서를 색인합니다. 질문은 `python -m rag ask`로 합니다.")

IndexDir = Annotated[
    Path | None,
    typer.Option(
        "--index",
        "-o",
        metavar="폴더",
        help="색인 폴더입니다. 기본값: data/index",
        show_default=False,
    ),
]
_LABELS = {
    "new": "추가",
    "changed": "갱신",
    "unchanged": "그대로",
    "failed": "실패",
    "missing": "없어짐",
}


@app.command(
    cls=KoreanCommand,
    help="보고서 파일이나 폴더를 색인합니다. 바뀌지 않은 파일은 건너뜁니다.",
)
def build(
    context: typer.Context,
    paths: Annotated[
        list[Path], typer.Argument(metavar="경로…", help="보고서 파일이나 폴더입니다.")
    ],
    directory: IndexDir = None,
    rebuild: Annotated[
        bool,
        typer.Option("--rebuild", help="있던 색인을 버리고, 지정한 보고서만으로 다시 만듭니다."),
    ] = False,
) -> None:
    """Index files and folders; the context may bring another way to load the model."""
    with _errors():
        from index.builder import build as build_index
        from index.wiring import steps_for
        from rag.embedder import load_embedder

        settings = Settings.load()
        load = partial(context.obj or load_embedder, settings, progress=_note)
        where = directory or settings.index_dir
        with _bar() as bar:
            report = build_index(
                paths,
                directory=where,
                steps=steps_for(settings, load=load),
                rebuild=rebuild,
                progress=lambda name, share: _move(bar, name, share),
            )
    for result in report.files:
        typer.echo(_file_line(result))
    _close(report, where)


@app.command(cls=KoreanCommand, help="색인에 무엇이 들어 있는지 보여 줍니다.")
def status(directory: IndexDir = None) -> None:
    """What the index holds."""
    with _errors():
        from rag.store import Store

        store = Store.open(directory or Settings.load().index_dir)
    manifest = store.manifest
    typer.echo(f"색인: {store.directory} ({manifest.created.replace('T', ' ')}에 만듦)")
    typer.echo(f"임베딩 모델: {manifest.embedding_model} ({manifest.dimension}차원)")
    typer.echo(_counts(manifest.counts))
    for entry in store.reports():
        typer.echo(_report_line(entry))


@app.command(cls=KoreanCommand, help="보고서 하나를 색인에서 뺍니다. 파일은 그대로 둡니다.")
def remove(
    report_id: Annotated[
        str, typer.Argument(metavar="ID", help="`status`가 보여 주는 보고서 이름입니다.")
    ],
    directory: IndexDir = None,
) -> None:
    """Drop a report."""
    with _errors():
        from index.builder import remove as remove_report

        where = directory or Settings.load().index_dir
        manifest = remove_report(report_id, directory=where)
    typer.echo(f"{report_id}: 색인에서 뺐습니다. 남은 색인: {_counts(manifest.counts)}")


@contextmanager
def _errors() -> Iterator[None]:
    """One Korean line for what a user can cure; the old index is unharmed by all of these."""
    try:
        with errors_in_korean():
            yield
    except KeyboardInterrupt as stop:
        _note("\n중단했습니다. 있던 색인은 그대로입니다.")
        raise typer.Exit(130) from stop
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            reason = "디스크에 남은 공간이 없습니다. 공간을 비운 뒤 다시 실행해 주세요."
        elif error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            reason = f"{error.filename}에 쓸 수 없습니다. 쓰기 권한을 확인해 주세요."
        elif error.errno in (errno.EEXIST, errno.ENOTDIR):
            reason = f"{error.filename}은(는) 폴더가 아닙니다. -o로 다른 폴더를 지정해 주세요."
        else:
            raise
        _note(f"오류: {reason} 있던 색인은 그대로입니다.")
        raise typer.Exit(1) from error


def _close(report: BuildReport, where: Path) -> None:
    if not report.usable:
        _note("오류: 색인한 보고서가 없습니다. 위의 사유를 확인해 주세요.")
        raise typer.Exit(1)
    read, skipped, failed = (
        report.count("new", "changed"),
        report.count("unchanged"),
        report.count("failed"),
    )
    typer.echo(
        f"파일 {read + skipped + failed:,}개: 읽음 {read:,}개, 그대로 {skipped:,}개, "
        f"실패 {failed:,}개"
    )
    if report.counts:
        typer.echo(f"색인 {where}: {_counts(report.counts)}")


def _file_line(result: FileResult) -> str:
    from index.readers.source import shown

    parts = [_LABELS[result.status], shown(result.path)]
    if result.chunks:
        parts.append(f"{_size(result)}, {result.seconds:.1f}초")
    return "\t".join([*parts, *([result.message] if result.message else _notices(result))])


def _report_line(entry: ReportEntry) -> str:
    return "\t".join([entry.id, entry.title, _size(entry), entry.path, *_notices(entry)])


def _size(found: FileResult | ReportEntry) -> str:
    tables = [f"표 {found.tables:,}개"] if found.tables else []
    ocr = [f"OCR {found.ocr_pages:,}쪽"] if found.ocr_pages else []
    pages = _pages(found.pages, found.pages_exact)
    return ", ".join([pages, f"{found.lines:,}줄", *tables, *ocr, f"대목 {found.chunks:,}개"])


def _notices(found: FileResult | ReportEntry) -> list[str]:
    return [f"주의: {' '.join(found.notices)}"] if found.notices else []


def _pages(pages: int | None, exact: bool) -> str:
    return "쪽 정보 없음" if pages is None else f"{'' if exact else '약 '}{pages:,}쪽"


def _counts(counts: Counts) -> str:
    return (
        f"보고서 {counts.reports:,}건, {counts.lines:,}줄, 대목 {counts.chunks:,}개, "
        f"문장·표 칸 {counts.statements:,}개"
    )


def _bar() -> tqdm[None]:
    """A progress bar on standard error; none where that is not a terminal."""
    shape = "{desc} {percentage:3.0f}%|{bar}| {elapsed} 지남, {remaining} 남음"
    return tqdm(total=1.0, bar_format=shape, disable=None, leave=False, file=sys.stderr)


def _move(bar: tqdm[None], name: str, share: float) -> None:
    bar.n = share
    bar.set_description_str(name)  # and draws the bar, whose clock goes on while a file is read


def _note(text: str) -> None:
    tqdm.write(text, file=sys.stderr)  # above a progress bar, not through it


def main() -> None:
    """Entry point of `python -m index`."""
    run(app)


if __name__ == "__main__":
    main()
