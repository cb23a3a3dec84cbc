"""Files that commands write."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rag.errors import RagError


@contextmanager
def writing(path: Path, what: str) -> Iterator[None]:
    """What goes wrong is told with its cure; `what` ends in 을 or 를."""
    try:
        yield
    except OSError as error:
        raise RagError(
            f"{path}: {what} 쓸 수 없습니다({error.strerror}). 경로와 남은 용량을 확인해 주세요."
        ) from error
