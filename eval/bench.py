"""`python -m eval.bench`: how fast texts are embedded, beside a plain loop over the model."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean, median, quantiles
from time import perf_counter

import typer

from rag.embedder import load_embedder
from rag.models import bundled_model
from rag.protocols import Embedder
from rag.settings import Settings

_SAMPLES = Path(__file__).parent.parent / "samples"
_CHARACTERS = 600  # what an index puts in a passage at most
_ROUNDS = 3
_QUERIES = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What one run of the benchmark found; speeds are in passages a second."""

    passages: int
    tokens: float  # a passage, on average
    plain: float
    ours: float
    query_ms: float  # median
    query_p95_ms: float

    def lines(self) -> list[str]:
        """The figures as the user reads them."""
        return [
            f"지문 {self.passages}개, 평균 {self.tokens:.0f}토큰 ({_ROUNDS}회 번갈아 잰 중앙값)",
            f"  torch model.encode(batch_size=32)  {self.plain:6.1f} 지문/초",
            f"  이 프로그램                        {self.ours:6.1f} 지문/초",
            f"  배율 (목표 5배 이상)               {self.ours / self.plain:6.1f} 배",
            f"질문 하나  중앙값 {self.query_ms:.1f} ms, 95% {self.query_p95_ms:.1f} ms "
            "(목표 중앙값 8 ms 이하)",
        ]


def main() -> None:
    """Measure and print."""
    settings = Settings.load()
    folder = bundled_model(settings.data_dir, progress=_note)
    _note("두 모델을 불러옵니다.")
    plain, tokens = _plain_loop(folder)
    embedder = load_embedder(settings, progress=_note)
    _note("번갈아 재고 있습니다.")
    for line in measure(plain, embedder, sample_passages(), tokens=tokens).lines():
        typer.echo(line)


def measure(
    plain: Callable[[list[str]], object],
    embedder: Embedder,
    passages: list[str],
    *,
    tokens: Callable[[str], int],
    rounds: int = _ROUNDS,
) -> Figures:
    """Time both in turns, so that a busy moment of the machine hits both alike."""
    plain(passages[:2])
    embedder.embed_documents(passages[:2])
    speeds = [
        (_speed(plain, passages), _speed(embedder.embed_documents, passages)) for _ in range(rounds)
    ]
    waits = _query_waits(embedder, sample_questions())
    return Figures(
        passages=len(passages),
        tokens=fmean(tokens(passage) for passage in passages),
        plain=median(first for first, _ in speeds),
        ours=median(second for _, second in speeds),
        query_ms=median(waits),
        query_p95_ms=quantiles(waits, n=20)[-1],
    )


def sample_passages() -> list[str]:
    """The sample reports cut as an index cuts them: at sub-headings, title in front."""
    found = []
    for path in sorted(_SAMPLES.glob("*.txt")):
        title, *lines = path.read_text(encoding="utf-8").split("\n")
        passage = title
        for line in lines:
            full, ends = len(passage) > _CHARACTERS, line.startswith("□")
            if full or (ends and len(passage) > _CHARACTERS / 3):
                found.append(passage)
                passage = title
            passage += "\n" + line
        found.append(passage)
    return found


def sample_questions() -> list[str]:
    """The questions that come with the sample reports."""
    lines = (_SAMPLES / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["question"] for line in lines if line.strip()]


def _plain_loop(folder: Path) -> tuple[Callable[[list[str]], object], Callable[[str], int]]:
    """What most programs do with this model, and its count of tokens."""
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(folder), device="cpu", local_files_only=True)

    def encode(passages: list[str]) -> object:
        return model.encode(passages, batch_size=32, prompt_name="document")

    return encode, lambda text: len(model.tokenizer(text)["input_ids"])


def _speed(embed: Callable[[list[str]], object], passages: list[str]) -> float:
    started = perf_counter()
    embed(passages)
    return len(passages) / (perf_counter() - started)


def _query_waits(embedder: Embedder, questions: Sequence[str]) -> list[float]:
    """Milliseconds for each of a hundred questions."""
    waits = []
    for number in range(_QUERIES):
        started = perf_counter()
        embedder.embed_query(questions[number % len(questions)])
        waits.append(1000 * (perf_counter() - started))
    return waits


def _note(message: str) -> None:
    typer.echo(message, err=True)


if __name__ == "__main__":
    main()
