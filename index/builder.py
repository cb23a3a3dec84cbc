"""From report files to an index directory: incremental, beside the old one, swapped in at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, wait
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass
from functools import partial
from itertools import accumulate
from pathlib import Path
from time import perf_counter

from index.derive import Cut, Language, derive
from index.draft import Draft, building
from index.results import BuildReport, FileResult, result_of
from index.sources import CutReport, Ledger, Look, Read, cut_reports, in_turn, key, look
from rag.errors import ReportError
from rag.manifest import NAME, Manifest, SourceFile
from rag.protocols import Embedder
from rag.types import Report

Progress = Callable[[str, float], None]  # file name, share of all the work done

_WAIT_SECONDS = 10.0  # for another builder
_GROUP_CHUNKS = 500
_READING = 0.1  # the share of a file's work that is reading it
_HEARTBEAT = 0.5  # seconds between two signs of life while a file is read


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """What turns files into rows of the index."""

    find: Callable[[Sequence[Path]], Sequence[Path]]
    reading: Callable[[], AbstractContextManager[Read]]  # open while files are read
    cut: Callable[[Report], Sequence[Cut]]
    language: Language
    embedder: Callable[[], Embedder]  # called when there is something to embed, and not before


def build(
    paths: Sequence[Path],
    *,
    directory: Path,
    steps: Steps,
    rebuild: bool = False,
    progress: Progress = lambda name, share: None,
    wait_seconds: float = _WAIT_SECONDS,
) -> BuildReport:
    """Bring the index up to date with the files; with `rebuild`, from these files alone.

    A file that fails leaves what the index knew of it. The index in force changes at the very end,
    or not at all.
    """
    files = steps.find(paths)
    if not files:
        where = paths[0] if paths else "."
        raise ReportError(where, "읽을 수 있는 형식의 보고서 파일이 없습니다.")
    with building(directory, wait_seconds=wait_seconds):
        base = None if rebuild or not (directory / NAME).exists() else Manifest.load(directory)
        with Draft(directory, base=base) as draft:
            run = _Run(directory, base, draft, steps)
            results = run.take_all(files, progress) + run.missing(paths)
            if draft.started:
                base = draft.publish(model=steps.embedder().name, files=run.ledger.files)
    return BuildReport(files=tuple(results), counts=base.counts if base else None)


def remove(report_id: str, *, directory: Path, wait_seconds: float = _WAIT_SECONDS) -> Manifest:
    """Drop a report from the index; its file stays."""
    with building(directory, wait_seconds=wait_seconds):
        base = Manifest.load(directory)
        ledger = Ledger(base.files)
        with Draft(directory, base=base) as draft:
            writer = draft.writer(base.dimension)
            if report_id not in writer.report_ids():
                raise ReportError(
                    report_id,
                    "색인에 없는 보고서입니다. `python -m index status`로 이름을 확인해 주세요.",
                )
            writer.remove([report_id])
            ledger.forget([report_id])
            return draft.publish(model=base.embedding_model, files=ledger.files)


class _Run:
    """One pass over the files."""

    def __init__(self, directory: Path, base: Manifest | None, draft: Draft, steps: Steps) -> None:
        self._directory, self._base = directory, base
        self._draft, self._steps = draft, steps
        files = base.files if base else {}
        self._known, self.ledger = Ledger(files), Ledger(files)  # asked ahead, and in turn

    def take_all(self, files: Sequence[Path], progress: Progress) -> list[FileResult]:
        """Each file in turn; its share of the work is its share of the bytes."""
        ends = list(accumulate((_size(path) for path in files), initial=0))
        results = []
        with (
            self._steps.reading() as read,
            closing(in_turn(partial(look, known=self._known, read=read), files)) as looks,
        ):
            for path, ahead, start, end in zip(files, looks, ends, ends[1:], strict=False):
                step = partial(_step, progress, path.name, start / ends[-1], end / ends[-1])
                results.append(self._take(path, ahead, read, step))
                step(1.0)
        return results

    def missing(self, paths: Sequence[Path]) -> list[FileResult]:
        """Files of the index that were in one of these folders and are gone. They are kept."""
        folders = [path.resolve() for path in paths]
        return [
            FileResult(
                path=Path(name),
                status="missing",
                reports=entry.reports,
                message="파일이 없어졌지만 색인에는 남아 있습니다. 빼려면 "
                f"`python -m index remove {entry.reports[0]}`을 실행해 주세요.",
            )
            for name, entry in self.ledger.files.items()
            if any(Path(name).is_relative_to(folder) for folder in folders)
            and not Path(name).exists()
        ]

    def _take(
        self, path: Path, ahead: Future[Look], read: Read, step: Callable[[float], None]
    ) -> FileResult:
        try:
            found = _awaited(ahead, step)
            started = perf_counter() - found.seconds
            known = self.ledger.holds(path, found.sha256)
            if known:
                return FileResult(path=path, status="unchanged", reports=known.reports)
            # What the index knew may have made room for another file since.
            reports = read(path) if found.reports is None else found.reports
            cut = cut_reports(path, reports, self._steps.cut)
            ids = tuple(item.report.id for item in cut)
            gone = self.ledger.replaced_by(path, ids)
        except ReportError as error:
            kept = " 이전 내용은 색인에 그대로 있습니다." if key(path) in self.ledger.files else ""
            return FileResult(path=path, status="failed", message=error.reason + kept)
        step(_READING)
        self._write(cut, gone, lambda share: step(_READING + (1 - _READING) * share))
        self.ledger.forget(list(gone))
        self.ledger.put(path, SourceFile(sha256=found.sha256, reports=ids))
        return result_of(path, cut, changed=bool(gone), seconds=perf_counter() - started)

    def _write(
        self, found: Sequence[CutReport], gone: set[str], step: Callable[[float], None]
    ) -> None:
        embedder = self._steps.embedder()
        name, dimension = embedder.name, embedder.dimension
        if self._base:
            self._base.require(self._directory, embedder=name, dimension=dimension)
        writer = self._draft.writer(dimension)
        if gone:
            writer.remove(gone)
        groups = list(_groups(found))
        for at, group in enumerate(groups):
            derived = derive(
                [cut for item in group for cut in item.cuts],
                embedder=embedder,
                language=self._steps.language,
                step=partial(_within, step, at, len(groups)),
            )
            writer.add(group, derived)


def _awaited(ahead: Future[Look], step: Callable[[float], None]) -> Look:
    """What was found of the file; the clock of the progress bar goes on meanwhile."""
    step(0.0)
    while wait([ahead], timeout=_HEARTBEAT).not_done:
        step(0.0)
    return ahead.result()


def _groups(found: Sequence[CutReport]) -> Iterator[list[CutReport]]:
    """Reports worked on at once: the many one-passage reports of a corpus together."""
    group: list[CutReport] = []
    for item in found:
        group.append(item)
        if sum(len(one.cuts) for one in group) >= _GROUP_CHUNKS or len(group) >= _GROUP_CHUNKS:
            yield group
            group = []
    if group:
        yield group


def _step(progress: Progress, name: str, start: float, end: float, share: float) -> None:
    progress(name, start + share * (end - start))


def _within(step: Callable[[float], None], at: int, of: int, share: float) -> None:
    step((at + share) / of)


def _size(path: Path) -> int:
    """Bytes, at least one: the share of the work a file stands for."""
    return max(path.stat().st_size, 1) if path.is_file() else 1
