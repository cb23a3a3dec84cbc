"""Answers over several cells of one table: the largest, all that meet a condition, yes or no."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rag.composing.table_grid import TOTAL, Grid, Series, grid
from rag.composing.table_question import TableQuestion, meets, table_question
from rag.composing.table_reading import Reading, is_year, readings
from rag.composing.within import Composed
from rag.question import Question
from rag.ranking import Scored
from rag.whole_table import TableOf

_LOOKED_AT, _BEHIND = 40, 6.0  # statements whose tables are read; score behind the best
_COVERED = 0.35  # of the question's idf mass that a cell and the headings above it hold
_LONG = 3  # syllables of a noun that names one thing, not any
_OTHER_YEAR = -0.5
_MOST_TIED = 3
_LONGEST = 480  # characters of an answer

Pair = tuple[Series, Series]
Said = tuple[str, tuple[Scored, ...]]  # a part of the answer, and the cells that it says


def table_facts(asked: Question, ranked: Sequence[Scored], table_of: TableOf) -> Composed | None:
    """The answer from several cells of one table; None where it is not clear which they are."""
    wanted = table_question(asked)
    if wanted is None:
        return None
    found = tuple(_grids(wanted, ranked, table_of))
    able = (
        reading
        for loosely in (False, True)
        for one in found
        for reading in readings(wanted, one, loosely=loosely)
    )
    return next((answer for reading in able if (answer := _answer(reading))), None)


def _grids(wanted: TableQuestion, ranked: Sequence[Scored], table_of: TableOf) -> Iterator[Grid]:
    """The tables among the best statements, best first."""
    seen = set()
    for one in ranked[:_LOOKED_AT]:
        table = one.hit.chunk.report_id, one.statement.head
        if not one.statement.head or table in seen or ranked[0].score - one.score > _BEHIND:
            continue
        seen.add(table)
        found = grid(table_of(one)) if one.signals["year"] > _OTHER_YEAR else None
        covered = one.signals["words"] + one.signals["section"]
        if found and _is_about(wanted, found, covered):
            yield found


def _is_about(wanted: TableQuestion, found: Grid, covered: float) -> bool:
    """Whether the table, its labels and headings tell what the question names beside these."""
    names = [name for name in wanted.names if len(name) > 1]
    missing = [name for name in names if name not in found.told]
    if covered >= _COVERED and all(len(name) < _LONG for name in missing):
        return True
    return len(missing) * 2 <= len(names)


def _answer(reading: Reading) -> Composed | None:
    match reading.wanted.shape:
        case "most":
            return _most(reading)
        case "all":
            return _all(reading)
        case "whether":
            return _whether(reading)


def _most(reading: Reading) -> Composed | None:
    wanted, series = reading.wanted, reading.meant()
    values = reading.items(series) if series else {}
    if not series or len(values) < 2 or len({value.unit for value in values.values()}) > 1:
        return None
    less = wanted.way == "less"
    if less and not series.whole:  # a value that is left out may be the smallest
        return None
    best = (min if less else max)(value.number for value in values.values())
    names = [item for item, value in values.items() if value.number == best]
    if len(names) > _MOST_TIED:
        return None
    text = ", ".join(f"{item}: {values[item].text}" for item in names)
    cells = tuple(cell for item in names for cell in values[item].cells)
    if wanted.change and (best < 0) != less:
        return None
    way = "작은" if less else "큰"
    of = f"{_measured(reading, series)}, {len(values)}개 가운데 가장 {way} 값"
    return _spoken("", [(text, cells)], f"입니다({of}).")


def _all(reading: Reading) -> Composed | None:
    pair = reading.compared()
    if not pair:
        return None
    items = [item for item in reading.items(pair[0]) if item in pair[1].values]
    met = [item for item in items if _is_met(reading, pair, item)]
    if not met or len(items) < 2:
        return None
    count = f"모두 {len(met)}곳입니다. " if reading.wanted.counts else "다음과 같습니다. "
    said = [(f"{item}({_both(pair, item)})", _cells(pair, item)) for item in met]
    return _spoken(count, said, "")


def _whether(reading: Reading) -> Composed | None:
    pair = reading.compared()
    item = reading.item(pair[0]) if pair else None
    if not pair or item is None or item not in pair[1].values or not _comparable(pair, item):
        return None
    yes = "예, " if _is_met(reading, pair, item) else "아니요, "
    of = "" if TOTAL.fullmatch(item) else f"{item} "
    said = [(of + _both(pair, item), _cells(pair, item))]
    return _spoken("" if reading.wanted.graded else yes, said, "입니다.")


def _comparable(pair: Pair, item: str) -> bool:
    return pair[0].values[item].unit == pair[1].values[item].unit


def _is_met(reading: Reading, pair: Pair, item: str) -> bool:
    wanted, value = reading.wanted, pair[0].values[item]
    if wanted.bound is not None:
        return value.unit in ("", wanted.unit) and meets(wanted, value.number, wanted.bound)
    return _comparable(pair, item) and meets(wanted, value.number, pair[1].values[item].number)


def _both(pair: Pair, item: str) -> str:
    told = dict.fromkeys(f"{series.label} {series.values[item].text}" for series in pair)
    return ", ".join(told)


def _cells(pair: Pair, item: str) -> tuple[Scored, ...]:
    return (*pair[0].values[item].cells, *pair[1].values[item].cells)


def _measured(reading: Reading, series: Series) -> str:
    """What a series tells, also where its label is only a year."""
    measure = reading.wanted.measure
    bare = is_year(series.label) and measure not in series.label
    return f"{series.label} {measure}" if bare else series.label


def _spoken(lead: str, said: Sequence[Said], end: str) -> Composed | None:
    """Each part with the marks of the rows it is taken from, each row cited once."""
    rows: dict[object, Scored] = {}
    parts = []
    for text, cells in said:
        for cell in cells:
            rows.setdefault(cell.statement.span, cell)
        places = sorted({list(rows).index(cell.statement.span) + 1 for cell in cells})
        parts.append(f"{text}{end} {''.join(f'[{n}]' for n in places)}")
    whole = lead + "; ".join(parts)
    return Composed(whole, tuple(rows.values())) if len(whole) <= _LONGEST else None
