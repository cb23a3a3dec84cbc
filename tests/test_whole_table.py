from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import cast

from rag.store import Store
from rag.stored import StoredStatement
from rag.types import Chunk, Statement
from rag.whole_table import whole_table
from tests.made import chunk, scored, statement, table_cell


class Passages:
    """Passages with their statements, as the store gives them."""

    def __init__(self, *passages: Sequence[Statement]) -> None:
        self._passages = passages

    def sections(self, report_id: str) -> tuple[tuple[int, tuple[str, ...]], ...]:
        return tuple((row, ()) for row in range(len(self._passages)))

    def rows(self, chunk_ids: Collection[str]) -> tuple[int, ...]:
        return tuple(int(chunk_id.split(":")[1]) for chunk_id in chunk_ids)

    def chunks(self, rows: Sequence[int]) -> tuple[Chunk, ...]:
        return tuple(chunk(number=row) for row in rows)

    def statements(self, rows: Sequence[int]) -> tuple[StoredStatement, ...]:
        return tuple(
            StoredStatement(row=0, chunk_row=row, statement=said, tokens=())
            for row in rows
            for said in self._passages[row]
        )

    def lines(self, report_id: str, first: int, last: int) -> tuple[str, ...]:
        return ("(단위 : 명)", "구 분\t정원")


def test_a_table_cut_over_passages_is_whole_again_each_row_once() -> None:
    first, second, third = (
        replace(table_cell(f"{line}", "정원", row), span=statement("", line=line).span)
        for line, row in enumerate(("가람과", "나래과", "다솜과"), start=2)
    )
    line = statement("- 다른 이야기")
    store = cast("Store", Passages([line], [first, second], [second, third], [line], [first]))
    table = whole_table(store, scored(second, passage=chunk(number=2)))
    assert [cell.statement.context[-1] for cell in table.cells] == ["가람과", "나래과", "다솜과"]
    assert [cell.hit.chunk.id for cell in table.cells] == ["plan:0001", "plan:0002", "plan:0002"]
    assert (table.above, table.corner) == (("(단위 : 명)",), "구 분")
