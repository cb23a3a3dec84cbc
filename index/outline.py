"""Lines -> sections: which lines are headings, and how they nest.

Reports mark headings in many ways, mix them and repeat them in contents lists, so a marker alone does not
decide. A heading has a body; numbers go on from the last one; and whether `①` stands above or below `□`
is read from what is open at that point.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.lines import Line
from rag.korean import clean, join_spaced

_ROMAN = re.compile(r"(?:[Ⅰ-Ⅻ]|[IVX]{1,4})\s*\.\s*\S")
_DOT = re.compile(r"(\d{1,2})\s*\.\s+\S")
_NUMBER = re.compile(r"(\d{1,2})\s+(?:[가-힣A-Za-z「『‘'\"“(㐀-鿿]|\d+[가-힣])")
_CIRCLED = re.compile(r"([①-⑳])\s*\S?")
_LONE = re.compile(r"(?:\d{1,2}|[①-⑳])$")
_SQUARE = re.compile(r"[□■◆]\s*\S")
_DISC = re.compile(r"[●◉]\s*\S")
_CAPTION = re.compile(r"[<〈《【\[].{2,40}[>〉》】\]]$")
_BULLET = re.compile(r"(?:[-–○◦•·▶▷※*✓⇒→☞⇨:]|\d{1,2}\)|\([^)]{1,20}\)|\(?단위)")
_SENTENCE_END = re.compile(r"(?:[.,:;]|다|함|임|음|됨|요)$")
_DIGITS = re.compile(r"[\d\s.·…-]*$")

_LONGEST_HEADING = 70
_LONGEST_PLAIN = 45
# Depth of each kind; `plain` and `circled` depend on what stands around them.
_DEPTHS = {
    "roman": 1.0,
    "dot": 2.0,
    "number": 3.0,
    "square": 5.0,
    "disc": 6.0,
    "row": 7.0,
    "caption": 8.0,
}


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading found at a position of the line list; its title may stand one line further on."""

    kind: str
    number: int | None
    title: str
    first: int  # positions in the list of lines
    last: int


def outline(lines: Sequence[Line]) -> Iterator[tuple[tuple[str, ...], int, int]]:
    """Sections as (heading path, first position, end position), in order; together they hold every line."""
    headings = _nested(_real(list(_candidates(lines)), lines), lines)
    start, path = 0, tuple[str, ...]()
    for heading, heading_path in headings:
        if heading.first > start:
            yield path, start, heading.first
        start, path = heading.first, heading_path
    if start < len(lines):
        yield path, start, len(lines)


def _candidates(lines: Sequence[Line]) -> Iterator[Heading]:
    """Every line that is marked or set like a heading."""
    filled = [at for at, line in enumerate(lines) if not line.blank]
    taken = -1
    for place, at in enumerate(filled):
        following = filled[place + 1] if place + 1 < len(filled) else None
        if at <= taken:
            continue
        heading = _marked(lines, at, following) or _plain(lines, at, following)
        if heading:
            taken = heading.last
            yield heading


def _marked(lines: Sequence[Line], at: int, following: int | None) -> Heading | None:
    text = _title(lines[at].text)
    if lines[at].row_item:
        return Heading("row", _leading_number(text), text, at, at)
    if "\t" in lines[at].text or lines[at].in_cell:
        return None
    if _LONE.match(text):
        return _lone(lines, at, following, text)
    if len(text) > _LONGEST_HEADING:
        long_item = _DOT.match(text)
        return Heading("row", int(long_item[1]), text, at, at) if long_item else None
    for kind, pattern in (
        ("roman", _ROMAN),
        ("dot", _DOT),
        ("number", _NUMBER),
        ("circled", _CIRCLED),
        ("square", _SQUARE),
        ("disc", _DISC),
    ):
        if pattern.match(text):
            return Heading(kind, _leading_number(text), text, at, at)
    if _CAPTION.match(text) and following is not None and _opens_body(lines, following):
        return Heading("caption", None, text, at, at)
    return None


def _lone(lines: Sequence[Line], at: int, following: int | None, mark: str) -> Heading | None:
    """A number alone on its line, with its title on the next filled one."""
    if following is None or following - at > 3:
        return None
    title = _title(lines[following].text)
    if "\t" in lines[following].text or _LONE.match(title) or _ROMAN.match(title):
        return None
    if _BULLET.match(title) and not title.startswith("("):
        return None
    kind = "number" if mark.isdecimal() and mark.isascii() else "circled"
    return Heading(kind, _leading_number(mark), f"{mark} {title}"[:_LONGEST_HEADING], at, following)


def _plain(lines: Sequence[Line], at: int, following: int | None) -> Heading | None:
    """An unmarked line set apart by blank lines, short, and followed by a body."""
    text = _title(lines[at].text)
    if "\t" in lines[at].text or lines[at].in_cell or following is None:
        return None
    if not 2 <= len(text) <= _LONGEST_PLAIN or _BULLET.match(text) or _SENTENCE_END.search(text):
        return None
    if text[0] in "<〈《【[" or sum("가" <= character <= "힣" for character in text) < 2:
        return None
    apart = (at == 0 or lines[at - 1].blank) and (lines[at + 1].blank or _opens_body(lines, at + 1))
    return Heading("plain", None, text, at, at) if apart and _opens_body(lines, following) else None


def _opens_body(lines: Sequence[Line], at: int) -> bool:
    """Whether what stands here can be the first line under a heading."""
    text = clean(lines[at].text)
    return bool(
        "\t" in lines[at].text or _BULLET.match(text) or _SQUARE.match(text) or _DISC.match(text)
    )


def _real(found: list[Heading], lines: Sequence[Line]) -> list[Heading]:
    """Without runs of one kind that have no body between them: contents lists, and bullets set as squares."""
    empty = [
        following.first > heading.last
        and following.kind == heading.kind
        and all(_DIGITS.match(line.text) for line in lines[heading.last + 1 : following.first])
        for heading, following in zip(found, found[1:], strict=False)
    ]
    kept = []
    for place, heading in enumerate(found):
        before = place > 0 and empty[place - 1] and _goes_on(found[place - 1], heading)
        after = place < len(empty) and empty[place] and _goes_on(heading, found[place + 1])
        if heading.kind == "row" or not (before or after):
            kept.append(heading)
    return kept


def _goes_on(first: Heading, second: Heading) -> bool:
    """Whether the second is the next entry of the first's list; a number that starts anew is not."""
    return first.number is None or second.number is None or second.number > first.number


def _nested(
    found: Sequence[Heading], lines: Sequence[Line]
) -> Iterator[tuple[Heading, tuple[str, ...]]]:
    """Each heading with its path."""
    open_: list[tuple[float, Heading]] = []
    last_row = 0
    for place, heading in enumerate(found):
        if heading.kind in ("dot", "row") and heading.number == last_row + 1 and last_row:
            heading = Heading("row", heading.number, heading.title, heading.first, heading.last)
        elif heading.kind == "row" and not lines[heading.first].row_item:
            continue
        if heading.kind in ("dot", "number") and not _in_sequence(heading, open_):
            continue
        following = found[place + 1] if place + 1 < len(found) else None
        depth = _depth(heading, following, open_, lines)
        if depth <= _DEPTHS["number"]:
            last_row = 0
        if heading.kind == "row" and heading.number:
            last_row = heading.number
        while open_ and open_[-1][0] >= depth:
            open_.pop()
        open_.append((depth, heading))
        yield heading, tuple(entry.title for _, entry in open_)


def _in_sequence(heading: Heading, open_: Sequence[tuple[float, Heading]]) -> bool:
    """Whether the number starts a list or goes on from the open one; OCR may have lost one between."""
    if heading.number == 1 or heading.number is None:
        return True
    same = [entry.number for _, entry in open_ if entry.kind == heading.kind and entry.number]
    if not same:
        return heading.number <= 3
    return same[-1] < heading.number <= same[-1] + 2


def _depth(
    heading: Heading,
    following: Heading | None,
    open_: Sequence[tuple[float, Heading]],
    lines: Sequence[Line],
) -> float:
    if heading.kind in _DEPTHS:
        return _DEPTHS[heading.kind]
    if heading.kind == "circled":
        same = [depth for depth, entry in open_ if entry.kind == "circled"]
        return (
            same[-1] if same else 6.5 if any(entry.kind == "square" for _, entry in open_) else 4.5
        )
    # An unmarked heading stands above the marked ones that follow it at once, else below what is open.
    next_at = next((at for at in range(heading.last + 1, len(lines)) if not lines[at].blank), None)
    if following is not None and following.first == next_at:
        return {"square": 4.0, "disc": 5.0}.get(following.kind, 6.6)
    return 6.6 if any(depth >= 5 and entry.kind != "plain" for depth, entry in open_) else 4.0


def _title(text: str) -> str:
    return join_spaced(clean(text)).replace("**", "")


def _leading_number(text: str) -> int | None:
    if "①" <= text[0] <= "⑳":
        return ord(text[0]) - ord("①") + 1
    match = re.match(r"\d+", text)
    return int(match[0]) if match else None
