"""Where the rest of a list may stand: the whole section, and the sections that are named."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from rag.korean import bigrams
from rag.lists.headings import Path, forms, headed, named_share, title
from rag.lists.tables import Table
from rag.question import Question
from rag.ranking import Scored
from rag.store import Store
from rag.types import Hit

_LOOKED_AT = 25  # statements, from the best, whose sections are read to their end
_NAMED = 0.5  # of a heading's character pairs that the question has
_MOST_PASSAGES = 40  # that are added
_MOST_CHILDREN = 12


def widened(store: Store, question: Question, ranked: Sequence[Scored]) -> tuple[Hit, ...]:
    """The hits of the ranked statements, and the passages that may hold what they leave out."""
    hits = {one.hit.chunk.id: one.hit for one in ranked}
    lowest = min(hits.values(), key=lambda hit: hit.score)
    by_section = {hit.chunk.section: hit for hit in hits.values()}
    rows = dict.fromkeys(_rows(store, question, ranked[:_LOOKED_AT]))
    for chunk in store.chunks(list(rows)[:_MOST_PASSAGES]):
        like = by_section.get(chunk.section, lowest)
        hits.setdefault(chunk.id, replace(like, chunk=chunk))
    return tuple(hits.values())


def row_names(store: Store, ranked: Sequence[Scored]) -> Mapping[Table, str]:
    """What the first column of each table is called, as far as tables are among the statements."""
    tables = dict.fromkeys(
        (one.hit.chunk.report_id, one.statement.head) for one in ranked if one.statement.head
    )
    return {
        (report, head): store.lines(report, head[0], head[0])[0].split("\t")[0]
        for report, head in tables
    }


def _rows(store: Store, question: Question, best: Sequence[Scored]) -> Iterator[int]:
    asked = frozenset(bigrams(question.text))
    paths: dict[str, set[Path]] = {}
    for one in best:
        paths.setdefault(one.hit.chunk.report_id, set()).add(one.hit.chunk.section)
    for report, found in paths.items():
        sections = store.sections(report)
        for path in _named(asked, [path for _, path in sections], found):
            yield from _opening(sections, path)
        yield from (row for row, path in sections if path in found)


def _named(asked: frozenset[str], paths: Sequence[Path], found: Collection[Path]) -> list[Path]:
    """The paths of the headings that the question names, the best named first."""
    repeated = forms(paths)
    shares = {
        path: named_share(asked, title(path[-1]))
        for path in headed(paths)
        if title(path[-1]) not in repeated or any(path == one[: len(path)] for one in found)
    }
    named = [path for path, share in shares.items() if share >= _NAMED]
    return sorted(named, key=lambda path: -shares[path])


def _opening(sections: Sequence[tuple[int, Path]], path: Path) -> Iterator[int]:
    """The first passage under a heading, and those that open the sections right below it."""
    depth, opened = len(path), set[Path]()
    for row, below in sections:
        if below[:depth] == path and below[: depth + 1] not in opened:
            opened.add(below[: depth + 1])
            if len(opened) <= _MOST_CHILDREN:
                yield row
