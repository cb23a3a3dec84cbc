"""The real steps of a build, put together from the settings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache, partial

from index.builder import Steps
from index.chunker import cut
from index.derive import Language
from index.readers import find_files
from index.reading import Limits, Workers
from index.sources import Read
from rag.korean import bigrams, tokenize_all
from rag.protocols import Embedder
from rag.settings import Settings

_MEGABYTE = 2**20


def steps_for(settings: Settings, *, load: Callable[[], Embedder]) -> Steps:
    """What `build` runs on real files; the model is loaded once, when first needed."""
    limits = Limits(
        max_bytes=settings.max_file_mb * _MEGABYTE,
        memory_mb=settings.read_memory_mb,
        seconds=settings.read_seconds,
    )
    return Steps(
        find=find_files,
        reading=partial(reading, limits),
        cut=cut,
        language=Language(tokenize_all=tokenize_all, bigrams=bigrams),
        embedder=cache(load),
    )


@contextmanager
def reading(limits: Limits, *, module: str = "index.worker") -> Iterator[Read]:
    """How files are read meanwhile: by processes that end with it."""
    with Workers(limits, module=module) as workers:
        yield workers.read
