"""The first module of a `SentenceTransformer` that runs in ONNX Runtime instead of torch."""

from __future__ import annotations

import shutil
from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
import torch
from sentence_transformers.sentence_transformer.modules import InputModule

from rag.model_folder import GRAPH, MAX_TOKENS, ONNX
from rag.onnx_graph import INPUT
from rag.unigram import UnigramTokenizer, load_vocabulary

_TOKENS_A_RUN = 256  # enough for the matrix kernels; more would leave processors idle at the end


class OnnxEncoder(InputModule):
    """Texts to token vectors; texts of one length run together, so nothing is padded."""

    def __init__(self, folder: Path, *, threads: int) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._folder = folder / ONNX
        self.max_seq_length = MAX_TOKENS
        self.unigram = UnigramTokenizer(load_vocabulary(self._folder), max_tokens=MAX_TOKENS)
        self._threads = threads
        self._one = self._open(min(threads, 2))
        self._dimension = int(self._one.get_outputs()[0].shape[-1])

    @cached_property
    def _many(self) -> onnxruntime.InferenceSession:
        """For many texts: one thread a text, several texts at once, so that none waits."""
        return self._open(1)

    @cached_property
    def _pool(self) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(self._threads, thread_name_prefix="embedding")

    def _open(self, threads: int) -> onnxruntime.InferenceSession:
        return open_session(self._folder / GRAPH, threads)

    def get_embedding_dimension(self) -> int:
        """Length of a token's vector."""
        return self._dimension

    def preprocess(
        self, inputs: Sequence[Any], prompt: str | None = None, **kwargs: Any
    ) -> dict[str, Any]:
        """Token ids, padded only for transport."""
        found = [self.unigram.ids(f"{prompt or ''}{text}") for text in inputs]
        ids = np.zeros((len(found), max(map(len, found))), dtype=np.int64)
        mask = np.zeros_like(ids)
        for row, numbers in enumerate(found):
            ids[row, : len(numbers)] = numbers
            mask[row, : len(numbers)] = 1
        return {"input_ids": torch.from_numpy(ids), "attention_mask": torch.from_numpy(mask)}

    def forward(self, features: dict[str, Any], **kwargs: Any) -> dict[str, Any]:
        """Add `token_embeddings`."""
        ids = features["input_ids"].numpy()
        lengths = features["attention_mask"].sum(dim=1).tolist()
        vectors = np.zeros((*ids.shape, self._dimension), dtype=np.float32)

        def run(session: onnxruntime.InferenceSession, job: tuple[int, list[int]]) -> None:
            length, rows = job
            (found,) = session.run(None, {INPUT: ids[rows, :length]})
            vectors[rows, :length] = found

        jobs = _runs(lengths)
        if len(jobs) == 1:
            run(self._one, jobs[0])
        else:
            list(self._pool.map(partial(run, self._many), jobs))
        return features | {"token_embeddings": torch.from_numpy(vectors)}

    def save(self, output_path: str, *args: Any, **kwargs: Any) -> None:
        """Copy the files it runs from."""
        shutil.copytree(self._folder, Path(output_path) / ONNX, dirs_exist_ok=True)


def open_session(graph: Path, threads: int) -> onnxruntime.InferenceSession:
    """A graph ready to run on so many threads."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    # By default a thread spins a millisecond for its next part of the work; on a busy machine
    # that makes a question twice as slow as one thread alone would be.
    options.add_session_config_entry("session.intra_op.spin_duration_us", "20")
    return onnxruntime.InferenceSession(str(graph), options, providers=["CPUExecutionProvider"])


def _runs(lengths: Sequence[int]) -> list[tuple[int, list[int]]]:
    """Rows that run together: one length, a few hundred tokens at most."""
    by_length: defaultdict[int, list[int]] = defaultdict(list)
    for row, length in enumerate(lengths):
        by_length[length].append(row)
    runs = []
    for length, rows in by_length.items():
        size = max(1, _TOKENS_A_RUN // length)
        runs += [(length, rows[start : start + size]) for start in range(0, len(rows), size)]
    return runs
