"""Estimated pages from where the word processor last drew each paragraph."""

from __future__ import annotations

from collections.abc import Sequence

_LEAST_RISES = 3
_LEAST_SHARE = 0.6  # of the steps from one paragraph to the next that must lead down the page


class PageCounter:
    """Counts a page where the height of a line drops back, or where a break is set.

    Every paragraph and row fed in gets a place; `page_of` tells its page once all are in. Set
    breaks without drawn lines are no ground: nobody knows how many pages lie between two of them.
    """

    def __init__(self) -> None:
        self._body = 0  # height of the text on a page
        self._columns = 1
        self._column = 0
        self._last: int | None = None
        self._steps = self._rises = 0
        self._page = 1
        self._places: list[int] = []

    def section(self, *, body: int) -> None:
        """A section begins: on a page of its own, unless it is the first."""
        self._body, self._columns = body, 1
        self._break()

    def columns(self, count: int) -> None:
        """From here the text runs in so many columns."""
        self._columns, self._column = max(1, count), 0

    def paragraph(self, heights: Sequence[int], *, breaks: bool) -> int:
        """The place of a paragraph whose lines stand at these heights below the page's top."""
        if breaks:
            self._break()
        if heights and self._last is not None:
            self._steps += 1
            self._rises += heights[0] > self._last
        for height in heights[:1]:
            self._step(height)
        place = self._place(self._page)
        for height in heights[1:]:
            self._step(height)
        return place

    def rows(self, heights: Sequence[int]) -> list[int]:
        """The places of the rows, so high, of a table that starts here and may run on."""
        top = self._last or 0
        places = []
        for height in heights:
            middle = top + height // 2
            places.append(self._place(self._page + (middle // self._body if self._body else 0)))
            top += height
        if 0 < self._body < top:
            self._page += top // self._body
            self._last = None
        return places

    def page_of(self, place: int) -> int | None:
        """The page, where the heights are those of drawn lines and no placeholders."""
        drawn = self._rises >= max(_LEAST_RISES, _LEAST_SHARE * self._steps)
        return self._places[place] if drawn else None

    def _place(self, page: int) -> int:
        self._places.append(page)
        return len(self._places) - 1

    def _step(self, height: int) -> None:
        if self._last is not None and height < self._last:
            self._column += 1
            if self._column >= self._columns:
                self._page += 1
                self._column = 0
        self._last = height

    def _break(self) -> None:
        self._page += bool(self._places)
        self._column, self._last = 0, None
