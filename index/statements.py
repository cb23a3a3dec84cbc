"""The lines of a section -> statements in context: a bullet under its parents, a cell under its labels."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from index.lines import Line, span_of
from index.tables import Table, cells_of, is_row, table_of
from rag.korean import clean, join_spaced
from rag.types import Span, StatementKind

_MARK = re.compile(r"(\s*)([□■○●◆◦•·▶▷※✓⇒→☞⇨*]|[-–](?=\s)|[①-⑳]|\d{1,2}\)|\(\d\))?\s*")
_NOTES = frozenset("※*⇒→☞⇨")  # they belong to the line before, whatever its mark
_EMPTY = re.compile(r"[\W\d_]*$")
_CONTEXT = 80  # characters of a parent that tell what it is about


@dataclass(frozen=True, slots=True)
class Draft:
    """A statement before it belongs to a chunk."""

    text: str
    context: tuple[str, ...]
    span: Span
    kind: StatementKind
    unit: str = ""


@dataclass(frozen=True, slots=True)
class _Bullet:
    mark: str
    text: str


def drafts(
    lines: Sequence[Line], *, heading: str = "", above: Sequence[Line] = ()
) -> Iterator[Draft]:
    """Statements of one section in order; `above` are the lines before it.

    The section's own heading is a statement too (it may hold figures), but no other's context: the
    heading path says it already.
    """
    seen = list(above)
    open_: list[_Bullet] = []
    for tabular, run in groupby(lines, key=is_row):
        group = tuple(run)
        if tabular:
            # A table stands for the bullet it illustrates, not for the last remark before it.
            parents = tuple(bullet.text[:_CONTEXT] for bullet in open_[:1])
            yield from _table_drafts(table_of(group, seen), parents)
        else:
            yield from _line_drafts(group, open_, heading)
        seen.extend(group)


def _table_drafts(table: Table, parents: tuple[str, ...]) -> Iterator[Draft]:
    for line, row in zip(table.lines[: table.head], table.rows[: table.head], strict=True):
        if re.search(r"\d", "".join(row)):
            yield Draft("  ".join(filter(None, row)), parents, span_of(line, line), "line")
    for cell in cells_of(table):
        context = (*parents, *filter(None, (cell.column, cell.row)))
        yield Draft(cell.text, context, span_of(cell.line, cell.line), "cell", cell.unit)


def _line_drafts(lines: Sequence[Line], open_: list[_Bullet], heading: str) -> Iterator[Draft]:
    for group in _logical(lines):
        text = clean(" ".join(line.text.strip() for line in group))
        mark = "" if join_spaced(text) == heading else _mark(group[0].text)
        if mark in _NOTES or not mark:
            parents = tuple(open_)
        else:
            place = next((at for at, bullet in enumerate(open_) if bullet.mark == mark), len(open_))
            del open_[place:]
            parents = tuple(open_)
            open_.append(_Bullet(mark, text))
        if not _EMPTY.match(text):
            context = tuple(parent.text[:_CONTEXT] for parent in parents)
            yield Draft(text, context, span_of(group[0], group[-1]), "line")


def _logical(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Lines as sentences: an unmarked line right under a marked one goes on with it."""
    group: list[Line] = []
    for line in lines:
        goes_on = (
            group
            and not line.blank
            and not line.in_cell
            and not _mark(line.text)
            and _mark(group[0].text)
        )
        if group and not goes_on:
            yield group
            group = []
        if not line.blank:
            group.append(line)
    if group:
        yield group


def _mark(text: str) -> str:
    """The bullet with its indent, which tells `- ` from ` - ` below it; empty for an unmarked line."""
    match = _MARK.match(text)
    if not match or not match[2]:
        return ""
    kind = match[2] if not match[2][0].isdigit() else "1)"
    return kind if kind in _NOTES else f"{len(match[1].expandtabs(2)) > 0}{kind}"
