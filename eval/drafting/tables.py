"""Questions from figures in tables, whose row and column are named."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from eval.drafting.draft import Draft, Material
from eval.drafting.phrasing import is_noun_phrase, name_of, with_particle
from eval.drafting.values import Value, read_value, without_note
from rag.amounts import with_unit
from rag.types import Chunk, Statement

Told = tuple[Chunk, Statement]
A_TABLE = 4  # questions at most
_SUM = re.compile(r"(?:합|소|총|누)?\s*계|전체|총괄|평균")
_NO_LABEL = re.compile(r"(?:구\s*분|비\s*고|순\s*번|연\s*번|번\s*호)")
_YEAR = re.compile(r"\d{4}\s?년?(?:도)?")
_TIME = re.compile(r"\d{4}|\d\s?(?:분기|월)|[상하]반기")
_NO_NAME = re.compile(r"\d,\d{3}|\d\s?[조억만]|\d{3}(?!\d|년)")  # a label that is a figure itself
# What a bare figure may be asked for by.
_MEASURE = re.compile(
    r"(?:수|액|비|율|률|예산|인원|인구|면적|거리|길이|연장|시간|매출|규모|실적|목표|정원|현원)$"
)
_YEAR_WITHIN = re.compile(r"^(.+?)\s+(\d{4}년)(.*)$")
_WORD = re.compile(r"[가-힣]{2}|[A-Za-z]{2}|\d{4}년?$")
_FIGURES = frozenset(("money", "count", "figure"))
_LONGEST_LABEL = 24
_SHORTEST_FIGURE = 3  # digits; a smaller bare figure stands everywhere


def cells(material: Material) -> Iterator[Draft]:
    """Drafts of a few cells of every table, spread over its rows and columns."""
    tables = defaultdict[tuple[int, ...], list[Told]](list)
    for chunk, statement in material.said:
        if statement.kind == "cell" and statement.head and len(statement.context) > 1:
            tables[statement.head].append((chunk, statement))
    for table in tables.values():
        across = _runs_across([statement for _, statement in table])
        year = "" if any(_timed([statement for _, statement in table])) else None
        found = [
            (told, draft)
            for told in table
            for draft in _cell(material, told, across=across, year=year)
        ]
        yield from _spread(found)


def _runs_across(table: Sequence[Statement]) -> bool:
    """Whether the things stand side by side and their features below each other.

    Times are features. Else what is counted changes from feature to feature; where it never does,
    there are fewer features than things.
    """
    columns_timed, rows_timed = _timed(table)
    if columns_timed != rows_timed:
        return rows_timed
    rows, columns = defaultdict[str, set[str]](set), defaultdict[str, set[str]](set)
    for cell in table:
        value = read_value(with_unit(without_note(cell.text)[0], cell.unit), label="")
        column, row = cell.context[-2:]
        counted = f"{value.kind} {value.asks}" if value else ""
        rows[row].add(counted)
        columns[column].add(counted)
    within_rows = sum(map(len, rows.values())) / len(rows)
    within_columns = sum(map(len, columns.values())) / len(columns)
    if within_rows == within_columns:
        return len(rows) < len(columns)
    return within_rows < within_columns


def _timed(table: Sequence[Statement]) -> tuple[bool, bool]:
    """Whether some columns, and some rows, are of a time."""
    columns, rows = (
        any(_TIME.search(name_of(cell.context[at])) for cell in table) for at in (-2, -1)
    )
    return columns, rows


def _spread(drafted: Sequence[tuple[Told, Draft]]) -> Iterator[Draft]:
    """The best cells, none of them in the row or the column of another while there are others."""
    left, taken = list(drafted), list[tuple[Told, Draft]]()
    rows, columns = dict[str, int](), dict[str, int]()
    while left and len(taken) < A_TABLE:
        best = max(
            left,
            key=lambda one: one[1].quality - 0.3 * (
                columns.get(one[0][1].context[-2], 0) + rows.get(one[0][1].context[-1], 0)
            ),
        )  # fmt: skip
        left.remove(best)
        taken.append(best)
        column, row = best[0][1].context[-2:]
        columns[column], rows[row] = columns.get(column, 0) + 1, rows.get(row, 0) + 1
    yield from (draft for _, draft in taken)


def _cell(material: Material, told: Told, *, across: bool, year: str | None) -> Iterator[Draft]:
    chunk, statement = told
    labels = [name_of(label) for label in statement.context[-2:]]
    column, row = reversed(labels) if across else labels
    core, _ = without_note(statement.text)
    value = read_value(with_unit(core, statement.unit), label=column)
    if not value or value.kind not in _FIGURES or not (_is_label(column) and _is_label(row)):
        return
    if value.kind == "figure" and not _tells(value.text, column):
        return
    wordings = material.worded(chunk, statement, _asked(row, column, value), year=year)
    cited = material.cite(chunk, statement)
    if wordings and cited:
        yield Draft(
            wordings=wordings,
            type="table",
            quality=_quality(row, column, value, statement),
            label=column,
            chunk=chunk,
            line=statement.span.first_line,
            answer=value.text,
            groups=value.groups,
            cited=cited,
        )


def _tells(figure: str, label: str) -> bool:
    """Whether a figure without a unit is still one that can be asked for, and recognised."""
    return len(re.sub(r"\D", "", figure)) >= _SHORTEST_FIGURE and bool(_MEASURE.search(label))


def _is_label(label: str) -> bool:
    """Whether it names a row or a column, and no sum."""
    if not (1 < len(label) <= _LONGEST_LABEL and _WORD.search(label)) or _SUM.fullmatch(
        label.split()[0]
    ):
        return False
    if _NO_LABEL.fullmatch(label) or _NO_NAME.search(label):
        return False
    return bool(_YEAR.fullmatch(label)) or is_noun_phrase(label)


def _asked(row: str, column: str, value: Value) -> str:
    """What is asked of a table: `에서 라온구의 2025년 차량은 몇 대인가요?`."""
    if _YEAR.fullmatch(row) and not _YEAR.fullmatch(column):
        row, column = column, row
    if _YEAR.fullmatch(column):
        year = column if column.endswith("년") else f"{column.rstrip('년도 ')}년"
        return f"에서 {with_particle(row, '은는')} {year}에 {value.asks}"
    unit = re.search(r"몇 (\S+)인가요", value.asks)
    last = column.rpartition(" ")[2]
    if unit and " " in column and last in (unit[1], "개소", "건수", "면수"):
        column = column.rpartition(" ")[0]  # `우선도로 개소는 몇 곳`
    moved = _YEAR_WITHIN.match(column)
    column = f"{moved[2]} {moved[1]}{moved[3]}" if moved else column
    return f"에서 {row}의 {with_particle(column, '은는')} {value.asks}"


def _quality(row: str, column: str, value: Value, statement: Statement) -> float:
    quality = 0.6 if value.kind == "figure" else 1.0
    quality -= 0.02 * (max(0, len(row) - 12) + max(0, len(column) - 12))
    quality -= 0.2 * sum(bool(re.search(r"[A-Za-z]{9}|[-_]{2}", label)) for label in (row, column))
    quality -= 0.3 if re.match(r"\D", value.text) else 0  # △ and the like
    return quality - (0.6 if statement.span.ocr else 0)  # its labels cannot be told from noise
