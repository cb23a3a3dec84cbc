"""A table as series of values: what stands under each label, by the labels of the other side."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from rag.amounts import in_won, say, with_unit
from rag.korean import fold, join_spaced, squeezed
from rag.lists.headings import title
from rag.question import years
from rag.ranking import Scored
from rag.whole_table import Table
from rag.wording import plain

TOTAL = re.compile(r"(?:총|합|소)?\s?계|총\s?합|전\s?체|종\s?합|평\s?균|누\s?계|전체\s.*")
_FIGURE = re.compile(
    r"([△▽−-]?)\s?(\d[\d.,]*(?:\s?[십백천]?[조억만](?:\s?\d[\d.,]*)?)*)\s?([^\d\s()]*)"
)
_BESIDE = re.compile(r"\s?\([^()]*\)$")
_PAIR = re.compile(r"(\d[\d.,]*)\s?/\s?(\d[\d.,]*)")
_PAIR_NAMES = re.compile(r"([가-힣]{2,5})\s?[\d,]*[명개]?\s?/\s?([가-힣]{2,5})")
_PEOPLE = ("정원", "현원")
_NO_PART = re.compile(r"[율률비]$|20\d\d|계$|증감")  # does not add up with others of its group


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """A printed figure, exactly, with the cells it stands in."""

    number: Decimal
    unit: str
    text: str  # as it is said
    cells: tuple[Scored, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """The values of one row or column, by the label of their column or row."""

    label: str
    values: Mapping[str, Value]
    whole: bool  # every item has a figure

    @property
    def years(self) -> frozenset[int]:
        return years(fold(self.label))


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A table read both ways."""

    about: str  # what stands right above it, without spaces
    headed: str  # with all headings and the report's title
    told: str  # with its labels too
    corner: str
    sides: tuple[tuple[Series, ...], tuple[Series, ...]]  # of its columns, of its rows


def grid(table: Table) -> Grid | None:
    """The table as series; None where a row and a column do not tell a cell."""
    named = _PAIR_NAMES.search(" ".join((*table.above, *_contexts(table))))
    places: dict[tuple[str, str], Value | None] = {}
    lines: dict[str, int] = {}
    for cell in table.cells:
        if len(cell.statement.context) < 2:
            continue
        column, row = (join_spaced(plain(label)) for label in cell.statement.context[-2:])
        if lines.setdefault(row, cell.statement.span.first_line) != cell.statement.span.first_line:
            return None
        for label, value in _values(cell, column, named):
            if (row, label) in places:
                return None
            places[row, label] = value
    chunk = table.cells[0].hit.chunk
    above = (*table.above, *_contexts(table), table.corner)
    headings = " ".join((chunk.report_title, *chunk.section, *above))
    labels = " ".join(label for place in places for label in place)
    columns = _series({(column, row): value for (row, column), value in places.items()})
    return Grid(
        about=squeezed(" ".join((*chunk.section[-2:], *above))),
        headed=squeezed(headings),
        told=squeezed(f"{headings} {labels}"),
        corner=squeezed(table.corner),
        sides=(columns, _series(places)),
    )


def summed(series: Sequence[Series], name: str, other: str) -> Series | None:
    """The parts of `name` (`정원 일반직`) added up, where `other` is told by the same parts."""
    parts = {one.label.removeprefix(name + " "): one for one in series if _is_part(one, name)}
    beside = {one.label.removeprefix(other + " ") for one in series if _is_part(one, other)}
    if len(parts) < 2 or parts.keys() != beside or any(map(_NO_PART.search, parts)):
        return None
    items = dict.fromkeys(item for one in parts.values() for item in one.values)
    values = {
        item: _sum([one.values[item] for one in parts.values() if item in one.values])
        for item in items
    }
    return Series(label=name, values=values, whole=all(one.whole for one in parts.values()))


def _is_part(one: Series, name: str) -> bool:
    return one.label.startswith(name + " ")


def _sum(values: Sequence[Value]) -> Value:
    number = sum((value.number for value in values), Decimal())
    cells = tuple(cell for value in values for cell in value.cells)
    return Value(
        number=number, unit=values[0].unit, text=f"{number:,f}{values[0].unit}", cells=cells
    )


def _contexts(table: Table) -> list[str]:
    """The bullets that the table stands under."""
    return list(dict.fromkeys(c for cell in table.cells for c in cell.statement.context[:-2]))


def _series(places: Mapping[tuple[str, str], Value | None]) -> tuple[Series, ...]:
    lines = dict.fromkeys(label for label, _ in places)
    items = dict.fromkeys(item for _, item in places)
    return tuple(
        Series(
            label=line,
            values={item: value for item in items if (value := places.get((line, item)))},
            whole=all(places.get((line, item)) for item in items if not TOTAL.fullmatch(item)),
        )
        for line in lines
    )


def _values(
    cell: Scored, column: str, named: re.Match[str] | None
) -> Iterator[tuple[str, Value | None]]:
    """The figures of a cell, each with the label of its column; `39/42` has two."""
    pair = _PAIR.fullmatch(plain(cell.statement.text))
    if not pair or not named:
        yield column, value_of(cell)
        return
    for name, text in zip(named.groups(), pair.groups(), strict=True):
        label = name if TOTAL.fullmatch(column) else f"{name} {column}"
        number = Decimal(text.replace(",", ""))
        unit = cell.statement.unit or ("명" if name in _PEOPLE else "")
        yield label, Value(number=number, unit=unit, text=text + unit, cells=(cell,))


def value_of(cell: Scored) -> Value | None:
    """The one figure of a cell, signed; None where it has none, or several."""
    text = _BESIDE.sub("", with_unit(plain(cell.statement.text), cell.statement.unit))
    match = _FIGURE.fullmatch(text)
    if not match:
        return None
    number = in_won(match[2])
    return Value(
        number=-number if match[1] else number,
        unit=match[3] or _unit_in(cell.statement.context[-2:]),
        text=say(text) if match[3] else text + _unit_in(cell.statement.context[-2:]),
        cells=(cell,),
    )


def _unit_in(labels: Sequence[str]) -> str:
    """The unit a label tells of a bare figure: `달성률(%)`."""
    found = [match[1] for label in labels if (match := re.search(r"\((%|[가-힣]|km|㎞)\)$", label))]
    return found[0] if found else ""


def name_of(label: str) -> str:
    """A label as it is compared: without its year, brackets and spaces."""
    return re.sub(r"20\d\d년?도?|\s", "", fold(title(label)))
