"""Lines set or marked like headings; whether they are is for the outline to decide."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.lines import Line, is_row
from rag.bullets import LETTERS, SIGNS
from rag.korean import clean, join_spaced

_ROMAN = re.compile(r"(?:[Ⅰ-Ⅻ]|[IVX]{1,4})\s*\.\s*\S")
_ROMAN_NUMBERS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_DOT = re.compile(r"(\d{1,2})\s*\.\s+\S")
_COUNTER = (
    r"(?!(?:명|인|회|개|건|년|월|일|시|주|분|차|곳|대|층|가구|세대|시간)(?:\s|$))"  # no range
)
_PART = re.compile(
    rf"\d{{1,2}}-(\d{{1,2}})\.?\s+{_COUNTER}(?:[가-힣A-Za-z「『‘'\"“(㐀-鿿]|\d+[가-힣])"
)
_NUMBER = re.compile(r"(\d{1,2})\s+(?:[가-힣A-Za-z「『‘'\"“(㐀-鿿]|\d+[가-힣])")
_CIRCLED = re.compile(r"([①-⑳])\s*\S?")
_LONE = re.compile(r"(?:\d{1,2}|[①-⑳])$")
_SQUARE = re.compile(rf"(?:[□■▣◆]|(?=ㅁ){LETTERS})\s*\S")
_DISC = re.compile(r"[●◉]\s*\S")
_CAPTION = re.compile(r"[<〈《【\[].{2,40}[>〉》】\]]$")
_BULLET = re.compile(rf"(?:[-–:{SIGNS}]|{LETTERS}|\d{{1,2}}\)|\([^)]{{1,20}}\)|\(?단위)")
_SENTENCE_END = re.compile(r"(?:[.,:;]|다|함|임|음|됨|요)$")

_LONGEST_HEADING = 70
_LONGEST_PLAIN = 45


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading found at a position of the line list; its title may stand one line further on."""

    kind: str
    number: int | None
    title: str
    first: int  # positions in the list of lines
    last: int


def candidates(lines: Sequence[Line]) -> Iterator[Heading]:
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
    if is_row(lines[at]) or lines[at].in_cell:
        return None
    if _LONE.match(text):
        return _lone(lines, at, following, text)
    if len(text) > _LONGEST_HEADING:
        long_item = _DOT.match(text)
        return Heading("row", int(long_item[1]), text, at, at) if long_item else None
    for kind, pattern in (
        ("roman", _ROMAN),
        ("dot", _DOT),
        ("part", _PART),
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
    if is_row(lines[following]) or _LONE.match(title) or _ROMAN.match(title):
        return None
    if _BULLET.match(title) and not title.startswith("("):
        return None
    kind = "number" if mark.isdecimal() and mark.isascii() else "circled"
    return Heading(kind, _leading_number(mark), f"{mark} {title}"[:_LONGEST_HEADING], at, following)


def _plain(lines: Sequence[Line], at: int, following: int | None) -> Heading | None:
    """An unmarked line set apart by blank lines, short, and followed by a body."""
    text = _title(lines[at].text)
    if is_row(lines[at]) or lines[at].in_cell or following is None:
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
    return bool(is_row(lines[at]) or _BULLET.match(text))


def _title(text: str) -> str:
    return join_spaced(clean(text)).replace("**", "")


def _leading_number(text: str) -> int | None:
    if "①" <= text[0] <= "⑳":
        return ord(text[0]) - ord("①") + 1
    if roman := re.match(r"(?:[Ⅰ-Ⅻ]|[IVX]{1,4})(?=\s*\.)", text):
        number = unicodedata.normalize("NFKC", roman[0])
        return _ROMAN_NUMBERS.index(number) + 1 if number in _ROMAN_NUMBERS else None
    match = _PART.match(text) or re.match(r"(\d+)", text)
    return int(match[1]) if match else None
