"""Builds in small, and what can be asked of them afterwards."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

from index.builder import build
from index.results import BuildReport
from rag.manifest import Manifest
from rag.store import Store
from tests.build_fakes import HashedPairs, small_steps

TEXTS = {
    "일자리.txt": "일자리 보고서\n청년 일자리 예산 57,229백만원\n공공 일자리 7,830명",
    "주택.txt": "주택 보고서\n빈집 매입 300호\n청년 주택 공급",
    "복지.txt": "복지 보고서\n경로당 급식 지원\n청년 수당 지급",
}


def write_reports(folder: Path) -> Path:
    """Three small reports in a folder."""
    folder.mkdir()
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def run(
    folder: Path, index: Path, *, embedder: HashedPairs | None = None, rebuild: bool = False
) -> BuildReport:
    steps = small_steps(embedder=embedder)
    return build([folder], directory=index, steps=steps, rebuild=rebuild)


def statuses(report: BuildReport) -> dict[str, str]:
    return {result.path.name: result.status for result in report.files}


def found(index: Path, *words: str) -> dict[str, float]:
    """What a question finds, by words, character pairs and vectors: chunk text -> score."""
    store = Store.open(index)
    terms = dict.fromkeys(words, 1.0)
    query = HashedPairs().embed_query(" ".join(words))
    scores: dict[str, float] = {}
    for arm, hits in (
        ("words", store.lexical.search("tokens", terms, k=50)),
        ("pairs", store.lexical.search("grams", terms, k=50)),
        ("vectors", store.chunk_vectors.search(query, k=50)),
    ):
        chunks = store.chunks([row for row, _ in hits])
        scores |= {
            f"{arm} {chunk.id} {chunk.text}": score
            for chunk, (_, score) in zip(chunks, hits, strict=True)
        }
    said = store.statements(store.rows_of([entry.id for entry in store.reports()]).tolist())
    vectors = store.statement_vectors.vectors([stored.row for stored in said])
    for stored, score in zip(said, vectors @ query, strict=True):
        scores[f"said {stored.statement.chunk_id} {stored.statement.text}"] = float(score)
    store.close()
    return scores


def left_over(index: Path) -> list[str]:
    """Names in the index folder besides what a finished build leaves."""
    kept = {"manifest.json", "build.lock"}
    if (index / "manifest.json").exists():
        kept.add(Manifest.load(index).generation)
    return sorted(path.name for path in index.iterdir() if path.name not in kept)


def _alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def gone(pids: Sequence[int], *, seconds: float = 5.0) -> bool:
    """Whether these processes have ended, or do so soon."""
    end = time.monotonic() + seconds
    while any(_alive(pid) for pid in pids):
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True
