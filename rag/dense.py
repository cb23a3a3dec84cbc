"""Vectors of chunks and of statements: one FAISS file each, wrapped once."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import faiss
import numpy as np
import numpy.typing as npt

from rag.errors import IndexDamagedError
from rag.protocols import FloatMatrix, FloatVector

Rows = Sequence[int] | npt.NDArray[np.int64]


class DenseIndex:
    """Nearest rows by cosine similarity, in [-1, 1]; higher is better. Reading is thread-safe."""

    def __init__(self, dimension: int) -> None:
        self._index = faiss.IndexIDMap2(faiss.IndexFlatIP(dimension))

    @classmethod
    def read(cls, path: Path) -> DenseIndex:
        """The index that `write` left there; `IndexDamagedError` when the file is not one."""
        try:
            # Through Python: FAISS itself cannot open a Hangul path on Windows.
            with path.open("rb") as file:
                reader = faiss.PyCallbackIOReader(file.read)  # type: ignore[attr-defined]  # no stub
                loaded = faiss.read_index(reader)
        except (OSError, RuntimeError, MemoryError) as error:
            raise IndexDamagedError(path.parent, path.name) from error
        if not isinstance(loaded, faiss.IndexIDMap2) or loaded.metric_type != _METRIC:
            raise IndexDamagedError(path.parent, path.name)
        index = cls(loaded.d)
        index._index = loaded
        return index

    def write(self, path: Path) -> None:
        """Save to one file."""
        # faiss.write_index only prints a warning when the disk is full; Python raises.
        path.write_bytes(faiss.serialize_index(self._index).data)

    @property
    def dimension(self) -> int:
        return int(self._index.d)

    @property
    def size(self) -> int:
        """How many rows it holds."""
        return int(self._index.ntotal)

    def add(self, rows: Rows, vectors: FloatMatrix) -> None:
        """Hold one vector, of any length, for each of the new `rows`."""
        self._index.add_with_ids(_unit(vectors), np.asarray(rows, dtype=np.int64))

    def remove(self, rows: Rows) -> None:
        """Forget `rows`; unknown ones are passed over."""
        self._index.remove_ids(_selector(rows))

    def search(
        self, vector: FloatVector, *, k: int, rows: Rows | None = None
    ) -> list[tuple[int, float]]:
        """At most the `k` nearest as (row, cosine), best first; only among `rows` when given."""
        k = min(k, self.size if rows is None else len(rows))
        if k <= 0:
            return []
        only = None
        if rows is not None:
            only = faiss.SearchParameters()
            only.sel = selector = _selector(rows)  # noqa: F841  FAISS does not keep it alive
        scores, found = self._index.search(_unit(vector[None, :]), k, params=only)
        # FAISS pads a short result with row -1; rounding may leave 1.0000001.
        return [
            (int(row), min(1.0, max(-1.0, float(score))))
            for row, score in zip(found[0], scores[0], strict=True)
            if row >= 0
        ]

    def sample(self, count: int) -> FloatMatrix:
        """The unit vectors of about `count` rows, evenly spread; always the same ones."""
        rows = faiss.vector_to_array(self._index.id_map)
        return self.vectors(np.sort(rows)[:: max(1, len(rows) // count)])

    def vectors(self, rows: Rows) -> FloatMatrix:
        """The unit vectors of `rows`, in that order; `KeyError` for a row it does not hold."""
        wanted = np.asarray(rows, dtype=np.int64)
        if not len(wanted):
            return np.empty((0, self.dimension), dtype=np.float32)
        try:
            return np.asarray(self._index.reconstruct_batch(wanted), dtype=np.float32)
        except RuntimeError as error:
            raise KeyError(f"rows not in the index among {len(wanted)} asked for") from error


_METRIC = faiss.METRIC_INNER_PRODUCT


def _selector(rows: Rows) -> faiss.IDSelectorBatch:
    return faiss.IDSelectorBatch(np.asarray(rows, dtype=np.int64))


def _unit(vectors: FloatMatrix) -> FloatMatrix:
    """Rows scaled to length 1, so that the inner product is the cosine."""
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.ascontiguousarray(vectors / np.maximum(norms, 1e-12), dtype=np.float32)
