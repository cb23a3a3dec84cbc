"""Tab-separated rows -> cells that know their column, their row and their unit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, islice

from index.lines import Line
from rag.korean import clean, join_spaced

_UNIT_LINE = re.compile(r"(?:\(\s?단위(?:\s?[:：]|\s)|단위\s?[:：])\s*([^)'’]+)")
_FIGURE = re.compile(r"[△▲▽▼Δ+-]?\s*[\d,.조억만천\s]+(?:\([^)]*\))?$")
_SHARE = re.compile(r"[률율]|비중|비율|구성비|점유|[(（]%")
_COUNT = re.compile(
    r"수\*?$|인원|연도|년도|개소|순위|면적|기간|정원|현원|인구"
)  # never a sum of money
_SUM = re.compile(r"예산|사업비|금액|매출|지출|집행|수입|비용|[가-힣]액(?![가-힣])")
_OWN_UNIT = re.compile(
    r"\(((?:조|억|백만|만|천)?원|%|[명개건호동대곳회팀실종㎡㎢㎞]|개소|개사|가구|세대|km)\)"
)
_CORNER = re.compile(r"구분|분류|항목|지표명?|")
_PLUS = re.compile(r"\s*\+\s*")
_SLASH = re.compile(r"\s*/\s*")
_UNIT_REACH = 5  # filled lines above a table in which its unit line may stand


@dataclass(frozen=True, slots=True)
class Cell:
    """One value of a table with what it is about."""

    text: str
    column: str
    row: str
    unit: str
    line: Line


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells; the first `head` rows are labels."""

    lines: tuple[Line, ...]
    rows: tuple[tuple[str, ...], ...]
    head: int
    units: tuple[str, ...]


def is_row(line: Line) -> bool:
    """Whether the line is a row of a table."""
    return "\t" in line.text and not line.in_cell


def runs(lines: Sequence[Line]) -> Iterator[tuple[bool, tuple[Line, ...]]]:
    """Neighbouring lines as (whether they are a table, lines), in order."""
    for tabular, run in groupby(_over_page_ends(lines), key=is_row):
        yield tabular, tuple(run)


def _over_page_ends(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines without empty rows, and without blank lines where a page ends within a table."""
    last: Line | None = None
    blanks: list[Line] = []
    for line in lines:
        if line.blank:
            blanks += [] if is_row(line) else [line]
            continue
        if not (last and _one_table(last, line)):
            yield from blanks
        blanks = []
        yield line
        last = line
    yield from blanks


def _one_table(above: Line, below: Line) -> bool:
    if not (is_row(above) and is_row(below) and below.page_exact and above.page != below.page):
        return False
    return above.text.count("\t") == below.text.count("\t")


def table_of(rows: Sequence[Line], above: Sequence[Line]) -> Table:
    """The table made by neighbouring rows; `above` are the lines before it, nearest last."""
    cells = tuple(
        tuple(join_spaced(clean(cell)) for cell in line.text.split("\t")) for line in rows
    )
    return Table(tuple(rows), cells, _head_rows(cells), _units(above))


def cells_of(table: Table) -> Iterator[Cell]:
    """Every value of the table, row by row."""
    columns = _column_labels(table)
    labelled = _first_column_labels(table)
    for line, row in zip(table.lines[table.head :], table.rows[table.head :], strict=True):
        if row in table.rows[: table.head]:
            continue  # the head printed again at the top of a page
        label = row[0] if labelled else ""
        for at, text in enumerate(row):
            column = columns[at] if at < len(columns) else ""
            if not text or text == "-" or (labelled and at == 0):
                continue
            unit = _unit(table.units, column, label, text)
            for name, value in _parted(column, text):
                yield Cell(value, name, label, unit, line)


def _head_rows(rows: Sequence[Sequence[str]]) -> int:
    """How many rows are labels: the first, and a second one that fills in under it."""
    if len(rows) < 2:
        return 0
    second = rows[1]
    continued = not second[0] and not any(_FIGURE.match(cell) for cell in second if cell)
    return 2 if continued and len(rows) > 2 and any(second) else 1


def _column_labels(table: Table) -> list[str]:
    """One label a column; in a two-row head the upper label spans the empty cells to its right."""
    width = max(map(len, table.rows))
    labels = [""] * width
    for number, row in enumerate(table.rows[: table.head]):
        carried = ""
        for at in range(width):
            cell = row[at] if at < len(row) else ""
            carried = cell or (carried if number == 0 and table.head > 1 else "")
            if carried and carried not in labels[at]:
                labels[at] = f"{labels[at]} {carried}".strip()
    return labels


def _first_column_labels(table: Table) -> bool:
    """Whether the first column names its rows; not where it holds values like the others."""
    body = [row[0] for row in table.rows[table.head :]]
    corner = table.rows[0][0] if table.head else ""
    if not table.head or _CORNER.fullmatch(corner.replace(" ", "")):
        return True
    return not any(":" in cell or "：" in cell or _FIGURE.fullmatch(cell or "x") for cell in body)


def _units(above: Sequence[Line]) -> tuple[str, ...]:
    for line in islice((line for line in reversed(above) if not line.blank), _UNIT_REACH):
        match = _UNIT_LINE.search(clean(line.text))
        if match:
            return tuple(part for part in re.split(r"[\s,·/]+", match[1].strip()) if part)
    return ()


def _unit(units: Sequence[str], column: str, row: str, text: str) -> str:
    """The unit of a bare figure: its column's own, `%` for a share, else the table's own.

    Of several it is the one the column names or, for a sum, the one in 원; else none, as none is
    better than a wrong one.
    """
    if not _FIGURE.match(text) or not re.search(r"\d", text):
        return ""
    own = _OWN_UNIT.search(column) or _OWN_UNIT.search(row)
    if own and own[1] not in text:
        return own[1]
    if _SHARE.search(column):
        return "%" if "%" in units and "%" not in text else ""
    others = [unit for unit in units if unit != "%"]
    if len(others) > 1:
        money = _SUM.search(column)
        others = [unit for unit in others if unit in column or (money and unit.endswith("원"))]
    counted = _COUNT.search(column) or (_COUNT.search(row) and not _SUM.search(column))
    if not others or (others[0].endswith("원") and counted):
        return ""
    return others[0]


def _parted(column: str, text: str) -> Iterator[tuple[str, str]]:
    """`5,456㎡/58,523㎡` under `중부+남부` as two values; anything else as it is."""
    names, values = _PLUS.split(column), _SLASH.split(text)
    if 1 < len(names) == len(values):
        yield from zip(names, values, strict=True)
    else:
        yield column, text
