"""Words as a page draws them, at one size, for tests of what is made of them."""

from __future__ import annotations

from index.readers.pdf.grids import PageCell, PageTable
from index.readers.pdf.layout import VisualLine
from index.readers.pdf.running import Sheet
from index.readers.pdf.words import Word

SIZE = 10.0
LEFT, RIGHT = 70.0, 520.0
_LINE = 14.0


def words(text: str, *, x: float = LEFT, top: float = 100.0, size: float = SIZE) -> list[Word]:
    """The words of one line, each letter as wide as the font is high."""
    found = []
    for at, word in enumerate(text.split(" ")):
        width = len(word) * size
        found.append(Word(word, x, top, x + width, top + size, size, space_before=at > 0))
        x += width + size / 4
    return found


def column(*texts: str, x: float = LEFT, top: float = 100.0) -> list[Word]:
    """Lines below each other."""
    return [w for at, text in enumerate(texts) for w in words(text, x=x, top=top + at * _LINE)]


def line(text: str, *, x: float = LEFT, top: float = 100.0, size: float = SIZE) -> VisualLine:
    """One line of a page that is set in one column."""
    return VisualLine(tuple(words(text, x=x, top=top, size=size)), LEFT, RIGHT)


def full(text: str, *, x: float = LEFT, top: float = 100.0) -> VisualLine:
    """A line that reaches the right margin, its words spread as in justified text."""
    drawn = words(text, x=x, top=top)
    last = drawn[-1]
    width = last.x1 - last.x0
    drawn[-1] = Word(last.text, RIGHT - width, top, RIGHT, top + SIZE, SIZE, space_before=True)
    return VisualLine(tuple(drawn), LEFT, RIGHT)


def lines(*texts: str, top: float = 100.0) -> list[VisualLine]:
    """Lines below each other, none of which reaches the margin."""
    return [line(text, top=top + at * _LINE) for at, text in enumerate(texts)]


def sheet(number: int, *texts: str, head: str = "", foot: str = "") -> Sheet:
    """An A4 page with these lines in its middle."""
    found = [line(head, top=30.0)] if head else []
    found += lines(*texts, top=200.0)
    found += [line(foot, top=800.0)] if foot else []
    return Sheet(number, 842.0, tuple(found))


def table(*rows: tuple[str, ...], top: float = 300.0, left: float = LEFT) -> PageTable:
    """A table without merged cells; every cell is 100 points wide and 20 high."""
    cells = tuple(
        tuple(
            PageCell(
                lines=(text,) if text else (),
                box=(
                    left + 100 * at,
                    top + 20 * number,
                    left + 100 * at + 100,
                    top + 20 * number + 20,
                ),
                row=number,
                column=at,
            )
            for at, text in enumerate(row)
        )
        for number, row in enumerate(rows)
    )
    return PageTable((left, top, left + 100 * len(rows[0]), top + 20 * len(rows)), cells)
