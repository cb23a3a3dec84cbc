"""Drafts of questions for the reports of an index: the best of every kind, from all of a report."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from eval.drafting.draft import Draft, Material
from eval.drafting.facts import facts
from eval.drafting.lists import headed, lists, summaries
from eval.drafting.missing import missing
from eval.drafting.subjects import Subjects
from eval.drafting.tables import cells
from rag.errors import RagError
from rag.korean import fold
from rag.question import years
from rag.store import Store
from rag.stored import ReportEntry
from rag.types import Chunk, Statement

SHARES = {"fact": 0.4, "table": 0.25, "list": 0.15, "descriptive": 0.1, "unanswerable": 0.1}
_LEAST = 0.5  # quality of a draft worth reading
_AGAIN = 0.25  # what a draft loses for each before it that asks the same label
_BESIDE = 0.15  # and for each from the same section
_MOST_MISSING = 0.15  # of all drafts; a set of refusals would tell little


def suggest(index: Path, *, reports: Collection[str] = (), most: int) -> tuple[Draft, ...]:
    """At most so many drafts a report, in its order; the same every time for the same index."""
    with closing(Store.open(index)) as store:
        entries = _entries(store, reports)
        told = {entry.id: _said(store, entry) for entry in store.reports()}
        chunks = [chunk for said in told.values() for chunk in dict(said)]
        subjects = Subjects(chunks)
        everything = tuple(fold(chunk.search_text).replace(" ", "") for chunk in chunks)
        drafts = list[Draft]()
        for entry in entries:
            scope, year = _scope(entry, store.reports())
            material = Material(
                evidence=store, subjects=subjects, scope=scope, year=year,
                said=tuple(told[entry.id]), everything=everything,
            )  # fmt: skip
            drafts += chosen(drafted(material), most=most)
    return tuple(drafts)


def drafted(material: Material) -> tuple[Draft, ...]:
    """All drafts worth reading of a report, no two alike."""
    sources = (facts, cells, lists, headed, summaries, missing)
    drafts = [draft for source in sources for draft in source(material)]
    return tuple(told_apart([draft for draft in drafts if draft.quality >= _LEAST]))


def told_apart(drafts: Sequence[Draft]) -> Iterator[Draft]:
    """The drafts, each in the plainest wording that no other answer fits, if there is one."""
    left = list(drafts)
    for level in range(max((len(draft.wordings) for draft in drafts), default=0)):
        alike = defaultdict[str, list[Draft]](list)
        for draft in left:
            alike[draft.wordings[min(level, len(draft.wordings) - 1)]].append(draft)
        left = []
        for question, group in alike.items():
            if len({draft.answer for draft in group}) == 1:
                best = max(group, key=lambda draft: draft.quality)
                yield replace(best, wordings=(question,))
            else:
                left += group


def chosen(drafts: Sequence[Draft], *, most: int) -> tuple[Draft, ...]:
    """At most so many, the kinds in their shares, from all over the report, best first there."""
    by_kind = {
        kind: sorted((one for one in drafts if one.type == kind), key=_order) for kind in SHARES
    }
    wanted = shared_out({kind: len(held) for kind, held in by_kind.items()}, most=most)
    taken = list[Draft]()
    labels, sections = Counter[str](), Counter[tuple[str, ...]]()
    for kind, count in wanted.items():
        for near in _slices(by_kind[kind], count):
            best = max(
                near,
                key=lambda one: (
                    one.quality - _AGAIN * labels[one.label] - _BESIDE * sections[one.chunk.section]
                ),
            )
            taken.append(best)
            labels[best.label] += 1
            sections[best.chunk.section] += 1
    return tuple(sorted(taken, key=_order))


def shared_out(held: dict[str, int], *, most: int) -> dict[str, int]:
    """How many of each kind: by its share, and what one kind lacks from those that have more.

    >>> held = {"fact": 50, "table": 50, "list": 1, "descriptive": 0, "unanswerable": 9}
    >>> shared_out(held, most=20)
    {'fact': 10, 'table': 6, 'list': 1, 'descriptive': 0, 'unanswerable': 3}
    """
    held = held | {"unanswerable": min(held["unanswerable"], round(_MOST_MISSING * most))}
    counts = dict.fromkeys(SHARES, 0)
    for _ in range(min(most, sum(held.values()))):
        open_ = [kind for kind in SHARES if counts[kind] < held[kind]]
        # Sainte-Laguë, as seats are given to parties.
        kind = max(open_, key=lambda kind: SHARES[kind] / (2 * counts[kind] + 1))
        counts[kind] += 1
    return counts


def _slices(drafts: Sequence[Draft], count: int) -> Iterator[Sequence[Draft]]:
    """The drafts cut into so many runs of about the same length."""
    for at in range(count):
        yield drafts[at * len(drafts) // count : (at + 1) * len(drafts) // count]


def _order(draft: Draft) -> tuple[int, str]:
    return draft.line, draft.question


def _entries(store: Store, reports: Collection[str]) -> tuple[ReportEntry, ...]:
    known = {entry.id: entry for entry in store.reports()}
    for name in reports:
        if name not in known:
            raise RagError(
                f"{name}: 색인에 없는 보고서입니다. `python -m index status`에서 ID를 "
                "확인해 주세요."
            )
    return tuple(entry for entry in known.values() if not reports or entry.id in reports)


def _said(store: Store, entry: ReportEntry) -> list[tuple[Chunk, Statement]]:
    """The statements under headings: what stands before the first is a cover or a contents page."""
    rows = store.rows_of([entry.id]).tolist()
    chunks = dict(zip(rows, store.chunks(rows), strict=True))
    found = ((chunks[one.chunk_row], one.statement) for one in store.statements(rows))
    return [(chunk, statement) for chunk, statement in found if chunk.section]


def _scope(entry: ReportEntry, entries: Iterable[ReportEntry]) -> tuple[str, int | None]:
    """What a question begins with so that it asks this report, and the report's year."""
    own = {one.id: _year(one) for one in entries}
    year = own[entry.id]
    if len(own) == 1:
        return "", year
    if year and list(own.values()).count(year) == 1:
        return f"{year}년 ", year
    return f"「{entry.title}」에서 ", year


def _year(entry: ReportEntry) -> int | None:
    told = years(fold(entry.title)) or years(fold(entry.published or ""))
    return max(told) if told else None
