"""The real steps of a build, put together from the settings."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial

from index.builder import Steps
from index.chunker import cut
from index.derive import Language
from index.readers import find_files, read_file
from index.sources import Loader
from rag.korean import bigrams, tokenize_all
from rag.protocols import Embedder
from rag.settings import Settings

_MEGABYTE = 2**20


def steps_for(settings: Settings, *, load: Callable[[], Embedder]) -> Steps:
    """What `build` runs on real files; the model is loaded once, when first needed."""
    return Steps(
        find=find_files,
        loader=Loader(read=partial(read_file, max_bytes=settings.max_file_mb * _MEGABYTE), cut=cut),
        language=Language(tokenize_all=tokenize_all, bigrams=bigrams),
        embedder=cache(load),
    )
