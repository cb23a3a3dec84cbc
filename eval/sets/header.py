"""The title row of a sheet: where each column stands, and which columns nobody will read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from eval.sets.columns import COLUMNS, TITLES, Column
from eval.sets.files import Row
from rag.errors import RagError

WITHIN = 10  # rows; a title and notes may stand above
_NOTES = frozenset(("비고", "메모"))  # meant for people
_MOST_NAMED = 5
_BESIDE_TITLE = re.compile(r"\(.*?\)|[\s_*:.]")


@dataclass(frozen=True, slots=True)
class Header:
    """Where the titles that we know stand."""

    row: int
    places: Mapping[str, int]  # field -> its cell in a row
    titles: tuple[str, ...]  # as found

    def unread(self, path: Path) -> str | None:
        """What to tell of titles that we do not know."""
        read = set(self.places.values())
        titles = [
            title.strip()
            for at, title in enumerate(self.titles)
            if at not in read and _key(title) and _key(title) not in _NOTES
        ]
        if not titles:
            return None
        left = {
            name: column.title
            for column in COLUMNS
            if column.field not in self.places
            for name in _names(column)
        }
        meant = ", ".join(
            f"`{title[:20]}` → `{left[near[0]]}`"
            for title in titles[:_MOST_NAMED]
            if (near := get_close_matches(_key(title), left, n=1))
        )
        more = f" 외 {len(titles) - _MOST_NAMED}개" if len(titles) > _MOST_NAMED else ""
        return (
            f"{path.name} {self.row}행: 읽지 않은 열: {_shown(titles[:_MOST_NAMED])}{more}. "
            f"메모가 아니면 열 이름을 고쳐 주세요{f'({meant})' if meant else ''}."
        )


def find_header(top: Iterable[Row], path: Path) -> Header | None:
    """The row with the most titles that we know, the question's among them."""
    known = [_header(row, path) for row in top if row.number <= WITHIN]
    asking = [header for header in known if "question" in header.places]
    return max(asking, key=lambda header: len(header.places), default=None)


def no_questions(titles: Sequence[str], path: Path) -> RagError:
    """What to tell of a sheet without a question column."""
    found = _shown(title.strip() for title in titles if title.strip())
    return RagError(
        f"{path}: `{TITLES['question']}` 열이 없습니다(찾은 제목: {found or '없음'}). "
        "제목을 고치거나 `python -m eval template -o 질문틀.xlsx`로 만든 틀에 옮겨 주세요."
    )


def _header(row: Row, path: Path) -> Header:
    titles = [_key(cell) for cell in row.cells]
    places = {}
    for column in COLUMNS:
        name = next((name for name in _names(column) if name in titles), None)
        if name is not None:
            places[column.field] = titles.index(name)
            if titles.count(name) > 1:
                raise RagError(
                    f"{path.name} {row.number}행: `{column.title}` 열이 {titles.count(name)}개"
                    "입니다. 하나만 두고 나머지는 다른 제목으로 바꿔 주세요."
                )
    return Header(row.number, places, row.cells)


def _names(column: Column) -> Iterator[str]:
    return map(_key, (column.title, column.field, *column.others))


def _key(title: str) -> str:
    return _BESIDE_TITLE.sub("", unicodedata.normalize("NFKC", title)).casefold()


def _shown(titles: Iterable[str]) -> str:
    return ", ".join(f"`{title[:20]}`" for title in titles)
