"""The lines of a section -> statements: a bullet under its parents, a cell under its labels."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.cells import cells_of
from index.lines import Line, span_of
from index.tables import Table, runs, table_of
from rag.bullets import LETTERS, SIGNS
from rag.korean import clean, join_spaced
from rag.types import Span, StatementKind

_MARK = re.compile(rf"(\s*)([{SIGNS}]|{LETTERS}|[-–](?=\s)|[①-⑳]|\d{{1,2}}\)|\(\d\))?\s*")
_NOTES = frozenset("※*⇒→➔➜☞⇨")  # they belong to the line before, whatever its mark
_COUNTED = (
    ("①", re.compile(r"[①-⑳]")),
    ("1)", re.compile(r"\d{1,2}\)")),
    ("(1)", re.compile(r"\(\d\)")),
)
_EMPTY = re.compile(r"[\W\d_]*$|[<〈《][^<>〈〉《》]*[>〉》]$")  # marks only, or a caption
_CAPTION = re.compile(r"[<〈《].*[>〉》]$")
_CONTEXT = 80  # characters of a parent that tell what it is about
_SENTENCE_CHARS = 600  # a longer run of lines is no single sentence
_SENTENCE_LINES = 12


@dataclass(frozen=True, slots=True)
class Draft:
    """A statement before it belongs to a chunk."""

    text: str
    context: tuple[str, ...]
    span: Span
    kind: StatementKind
    first: Line
    unit: str = ""
    head: tuple[int, ...] = ()  # of a cell: the lines of its column labels


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
    for tabular, group in runs(lines):
        if tabular:
            # A table stands for the bullet it illustrates, not for the last remark before it.
            parents = tuple(bullet.text[:_CONTEXT] for bullet in open_[:1])
            yield from _table_drafts(table_of(group, seen), parents)
        else:
            yield from _line_drafts(group, open_, heading)
        seen.extend(group)


def _table_drafts(table: Table, parents: tuple[str, ...]) -> Iterator[Draft]:
    labels = [at for at, label in enumerate(table.labels) if label]
    for row, at in {table.printed[at]: at for at in reversed(labels)}.items():
        if re.search(r"\d", "".join(row)):
            line = table.lines[at]
            yield Draft("  ".join(filter(None, row)), parents, span_of(line, line), "line", line)
    for cell in cells_of(table):
        context = (*parents, *filter(None, (cell.column, cell.row)))
        span = span_of(cell.first, cell.line)
        yield Draft(cell.text, context, span, "cell", cell.line, cell.unit, cell.head)


def _line_drafts(lines: Sequence[Line], open_: list[_Bullet], heading: str) -> Iterator[Draft]:
    for group in sentences(lines, heading=heading):
        text = _text(group)
        mark = "" if join_spaced(text) == heading else _mark(group[0].text)
        parents: tuple[_Bullet, ...]
        if group[0].explains:
            parents = (_Bullet("", group[0].explains),)
        elif mark in _NOTES or not mark:
            parents = tuple(open_)
        else:
            place = next((at for at, bullet in enumerate(open_) if bullet.mark == mark), len(open_))
            del open_[place:]
            parents = tuple(open_)
            open_.append(_Bullet(mark, text))
        if not _EMPTY.match(text):
            context = tuple(parent.text[:_CONTEXT] for parent in parents)
            yield Draft(text, context, span_of(group[0], group[-1]), "line", group[0])


def sentences(lines: Sequence[Line], *, heading: str = "") -> Iterator[list[Line]]:
    """The filled lines, each marked one with the unmarked lines right under it."""
    group: list[Line] = []
    size, open_ended = 0, False
    for line in lines:
        apart = line.blank or line.in_cell or _mark(line.text) or _CAPTION.match(line.text.strip())
        goes_on = open_ended and not apart
        size += len(line.text)
        if group and not (goes_on and size <= _SENTENCE_CHARS and len(group) < _SENTENCE_LINES):
            yield group
            group = []
        if line.blank:
            open_ended = False
            continue
        if not group:
            size = len(line.text)
            open_ended = bool(_mark(line.text)) and _text([line]) != heading
        group.append(line)
    if group:
        yield group


def _text(group: Sequence[Line]) -> str:
    """What the lines say, tags aside; the items of a cell are without tags already."""
    if group[0].in_cell:
        return f"{group[0].text} {_text(group[1:])}".strip(" ") if group[1:] else group[0].text
    return clean(" ".join(line.text.strip() for line in group))


def _mark(text: str) -> str:
    """The bullet with its indent, which tells `- ` from ` - ` below it; empty if unmarked."""
    match = _MARK.match(text)
    if not match or not match[2]:
        return ""
    kind = next((kind for kind, marks in _COUNTED if marks.match(match[2])), match[2])
    return kind if kind in _NOTES else f"{len(match[1].expandtabs(2)) > 0}{kind}"
