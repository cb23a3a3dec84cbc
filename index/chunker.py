"""Report -> chunks with their statements: never across a heading, not longer than is readable."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from index.footnotes import with_footnotes
from index.lines import Line, lines_of, span_of
from index.outline import outline
from index.statements import Draft, drafts, sentences
from index.tables import runs, table_of
from rag.types import Chunk, Report, Span, Statement

CHUNK_CHARS = 600
CHUNK_LINES = 40  # citations and passages must stay readable, and gold evidence counts lines
_NUMBERING = re.compile(r"^(?:\d{1,2}-\d{1,2}|.{2})")  # or a mark and what stands after it


@dataclass(frozen=True, slots=True)
class CutChunk:
    """A chunk and what it says, statement by statement."""

    chunk: Chunk
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class _Piece:
    """Lines that stay together: a bullet, a table row; `head` is repeated where a table is cut."""

    lines: tuple[Line, ...]
    head: tuple[Line, ...] = ()

    @property
    def size(self) -> int:
        return sum(len(line.text) + 1 for line in self.lines)


def cut(report: Report) -> tuple[CutChunk, ...]:
    """The report's chunks in order; together they hold every line that says something."""
    found: list[CutChunk] = []
    for path, lines, above in _sections(report):
        heading = path[-1] if path else ""
        statements = drafts(lines, heading=heading, above=above)
        for text, span, said in _packed(lines, statements, heading):
            chunk = Chunk(
                id=f"{report.id}:{len(found):04d}",
                report_id=report.id,
                report_title=report.title,
                section=path,
                text=text,
                span=span,
            )
            found.append(CutChunk(chunk, tuple(_statement(draft, chunk.id) for draft in said)))
    return tuple(found)


def _sections(
    report: Report,
) -> Iterator[tuple[tuple[str, ...], tuple[Line, ...], tuple[Line, ...]]]:
    """Sections as (path, lines, the lines before); a page that names its own section is one."""
    for given, group in groupby(report.pages, key=lambda page: page.section):
        pages = tuple(group)
        if given:
            for page in pages:
                yield given, tuple(with_footnotes(lines_of(report, [page]))), ()
            continue
        lines = tuple(with_footnotes(lines_of(report, pages)))
        parts = list(outline(lines))
        for place, (path, start, end) in enumerate(parts):
            child = place + 1 < len(parts) and parts[place + 1][0][: len(path)] == path != ()
            if not (child and _bare(lines[start:end])):
                yield path, lines[start:end], lines[max(0, start - 12) : start]


def _bare(lines: Sequence[Line]) -> bool:
    """Whether only a heading stands here, which the sections below it carry in their path."""
    heading = _NUMBERING.sub("", lines[0].text)
    return sum(not line.blank for line in lines) <= 1 and not any(c.isdigit() for c in heading)


def _packed(
    lines: Sequence[Line], statements: Iterable[Draft], heading: str
) -> Iterator[tuple[str, Span, list[Draft]]]:
    """Pieces packed into chunks; each statement goes to the chunk that holds its first line."""
    said: dict[int, list[Draft]] = defaultdict(list)
    for draft in statements:
        said[id(draft.first)].append(draft)  # equal lines may stand in one cell
    for pieces in _packs(_pieces(lines, heading)):
        kept = [line for piece in pieces for line in piece.lines]
        head = [line for line in pieces[0].head if line not in kept]
        text = "\n".join(_shown(line) for line in (*head, *kept)).strip("\n")
        yield text, span_of(kept[0], kept[-1]), [draft for line in kept for draft in said[id(line)]]


def _packs(pieces: Iterator[_Piece]) -> Iterator[list[_Piece]]:
    pack: list[_Piece] = []
    size = 0
    for piece in pieces:
        lines = piece.lines[-1].number - pack[0].lines[0].number + 1 if pack else 0
        if pack and (size + piece.size > CHUNK_CHARS or lines > CHUNK_LINES):
            yield pack
            pack, size = [], 0
        pack.append(piece)
        size += piece.size
    if pack:
        yield pack


def _pieces(lines: Sequence[Line], heading: str) -> Iterator[_Piece]:
    """Filled lines in their smallest units; rows know the head of their table."""
    seen: list[Line] = []
    for tabular, group in runs(lines):
        if tabular:
            table = table_of(group, seen)
            heads = zip(group, table.heads, strict=True)
            yield from (_Piece((line,), head) for line, head in heads)
        else:
            yield from (_Piece(tuple(lines)) for lines in sentences(group, heading=heading))
        seen.extend(group)


def _shown(line: Line) -> str:
    return line.text if line.in_cell else line.text.rstrip()


def _statement(draft: Draft, chunk_id: str) -> Statement:
    return Statement(
        text=draft.text,
        context=draft.context,
        span=draft.span,
        chunk_id=chunk_id,
        kind=draft.kind,
        unit=draft.unit,
        head=draft.head,
    )
