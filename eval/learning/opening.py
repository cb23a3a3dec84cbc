"""Question sets, each with the index that it is asked of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack, closing
from functools import cache, partial
from pathlib import Path

from eval.dataset import load_gold
from eval.learning.examples import QuestionSet
from eval.locate import located
from eval.sources import sources_of
from rag.embedder import load_embedder
from rag.errors import RagError
from rag.settings import Settings
from rag.wiring import RecentQuestions, open_index, open_reranker


def open_sets(
    specified: Sequence[str],
    opened: ExitStack,
    *,
    progress: Callable[[str], None],
    by_quote: bool = False,
    rereads: bool = True,
) -> list[QuestionSet]:
    """The sets of `QUESTIONS=DIR` each; their indexes are closed with `opened`.

    `rereads`: with the reranker; what trains it must do without.
    """
    named = [text.rpartition("=") for text in specified]
    for text, (_, equals, _) in zip(specified, named, strict=True):
        if not equals:  # said before a model is loaded
            raise RagError(f"{text}: `질문파일=색인폴더`로 적어 주세요.")
    settings = Settings.load()
    reranker = open_reranker(settings, progress=progress) if rereads else None
    # One model for all: twenty sets would hold twenty.
    load = cache(partial(load_embedder, settings, progress=progress))
    found = []
    for path, _, folder in named:
        store, embedder = open_index(Path(folder), settings, load=load)
        opened.enter_context(closing(store))
        sources = sources_of(Path(folder))
        found.append(
            QuestionSet(
                name=Path(path).parent.name + "/" + Path(path).stem,
                gold=located(load_gold(Path(path)), sources, by_quote=by_quote),
                store=store,
                embedder=RecentQuestions(embedder),
                reranker=reranker,
                sources=sources,
            )
        )
    return found
