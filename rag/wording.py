"""Statements said as an answer: the value first, politely, figures readable, all of it quoted."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.amounts import is_rate, say, with_unit
from rag.bullets import LETTERS, OVER, SIGNS
from rag.dates import say_date
from rag.korean import join_spaced
from rag.types import Chunk, Statement

SHORT, LONG = 200, 500  # characters of an answer; the second where a list is asked for

# A dash right before a figure is a minus sign.
_BULLET = re.compile(rf"^(?:(?:[\s{SIGNS}]|{LETTERS})+(?=\S)|[–-]+(?!\d)\s*(?=\S)|\d{{1,2}}\)\s*)+")
_LABELLED = re.compile(r"^(?:\(([^()]{1,25})\)|([^:：]{1,25}?))\s*[:：]\s*(\S.*)$")
_NEXT_FIELD = re.compile(r"\s/\s[^:：/]{1,25}[:：]")
_BRACKETED = re.compile(r"^\(([^()]{1,25})\)\s*(\S.*)$")
_NUMBERING = re.compile(r"^(?:[ⅠI-ⅫVX]+\s*\.|\d{1,3}(?:-\d{1,2})?\s*\.?(?=\s)|[①-⑳])\s*")
_NOT_LAST = re.compile(r"[\W_]+$")
_SYLLABLES, _FINALS = 11_172, 28  # of Hangul, in the order of Unicode
_SUBHEADING = re.compile(rf"[{OVER}]")
_LISTED = "다음과 같습니다. "
_LONGEST_ITEM = 120  # characters of one item beside others
_LONGEST_ABOUT = 60  # and of what a value is about, where room is short


def spoken(
    said: Sequence[tuple[Statement, Chunk]],
    *,
    limit: int,
    listed: bool = False,
    rows: bool = False,
    apart: bool = False,
) -> str:
    """The answer's text with its marks [1], [2] …; one statement alone fits into `limit`.

    One sentence for the first statement and one for the others, or one for all items of a list,
    cut so that all fit; those of `rows` are said by the label of their row alone. One `apart` is
    said to differ from the first.
    """
    if listed:
        room = (limit - len(_LISTED)) // len(said) - len(" [12]; ")
        items = [_row(statement) if rows else _item(statement) for statement, _ in said]
        marked = (f"{_clipped(item, room)} [{n}]" for n, item in enumerate(items, start=1))
        return f"{_LISTED}{'; '.join(marked)}"
    also = _also(said, apart=apart)
    statement, chunk = said[0]
    report = f"「{chunk.report_title}」" if apart else ""
    for subject in (f"{report} {subject_of(chunk)}".strip(), report):
        text = f"{_sentence(statement, subject)} [1]{also}"
        if len(text) <= limit:
            return text
    room = limit - len(also) - len(" [1]")
    return f"{_shortened(statement, room)} [1]{also}"


def _also(said: Sequence[tuple[Statement, Chunk]], *, apart: bool) -> str:
    """The sentence for what is said beside the first; the report is named where it is another."""
    first, items = said[0][1].report_id, []
    for number, (statement, chunk) in enumerate(said[1:], start=2):
        report = f"「{chunk.report_title}」 " if chunk.report_id != first or apart else ""
        items.append(f"{report}{_item(statement)} [{number}]")
    if not items:
        return ""
    return f" {'다만 달리 적힌 곳은' if apart else '함께 볼 내용은'} {', '.join(items)}입니다."


def parted(statement: Statement) -> tuple[str, str]:
    """What a statement is about and what it says; the first is empty where the line has no label.

    `- 소요예산 : 57,229백만원` -> (`소요예산`, `57,229백만원(약 572억 원)`)
    """
    if statement.kind == "cell":
        label = " ".join(dict.fromkeys(plain(part) for part in statement.context[-2:]))
        unit = statement.unit
        if is_rate(statement.context[-2:]) and unit != "%":  # what its table counts
            unit = ""
        return label, _said(with_unit(plain(statement.text), unit))
    text = plain(statement.text)
    match = _LABELLED.match(text)
    if match and not _NEXT_FIELD.search(match[3]):  # the label is not that of `/ 준공 : '25. 6월`
        return join_spaced(match[1] or match[2]).strip(), _said(match[3].strip())
    match = _BRACKETED.match(text)
    return (match[1], _said(match[2])) if match else ("", say(text))


def _said(value: str) -> str:
    return say_date(say(value))


def label_of(statement: Statement) -> str:
    """The label a statement begins with, `대상` of `- (대상) 청년`; empty where it has none."""
    return parted(statement)[0]


def plain(text: str) -> str:
    """A line without its bullet and emphasis marks.

    >>> plain(" - ▶ **지하철** 1,302개")
    '지하철 1,302개'
    """
    return _BULLET.sub("", text).replace("**", "").strip()


def unnumbered(heading: str) -> str:
    """A heading without its number.

    >>> unnumbered("Ⅳ. 추진계획"), unnumbered("2 물길버스 운영")
    ('추진계획', '물길버스 운영')
    """
    return _NUMBERING.sub("", heading)


def _sentence(statement: Statement, subject: str) -> str:
    label, value = parted(statement)
    parts = [part for part in (subject, label) if part and part not in value]
    about = " – ".join(parts)
    if not label:
        return f"{_quoted(value)}{f'({about})' if about else ''}."
    return f"{value.rstrip(' .')}입니다({about})."


def _quoted(value: str) -> str:
    """The words of a report as they stand; `이라고` after a consonant."""
    last = ord(_NOT_LAST.sub("", value)[-1:] or "0") - ord("가")
    closed = 0 <= last < _SYLLABLES and last % _FINALS > 0
    return f"「{value}」{'이' if closed else ''}라고 적혀 있습니다"


def _shortened(statement: Statement, room: int) -> str:
    """The sentence with its value cut to the room there is; the citation quotes it whole."""
    label, value = parted(statement)
    if not label:
        return f"{_quoted(_clipped(value, room - len(_quoted('')) - len('이.')))}."
    about = f"입니다({_clipped(label, _LONGEST_ABOUT)})."
    return _clipped(value.rstrip(" ."), room - len(about)) + about


def _item(statement: Statement) -> str:
    label, value = parted(statement)
    return _clipped(f"{label} {value}" if label else value, _LONGEST_ITEM)


def _row(statement: Statement) -> str:
    return join_spaced(plain(statement.context[-1]))


def _clipped(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def subject_of(chunk: Chunk) -> str:
    """What the section is about: its nearest heading of substance, then its sub-heading."""
    headings = [heading for heading in chunk.section if not _SUBHEADING.match(heading)]
    last = chunk.section[-1:] if chunk.section and _SUBHEADING.match(chunk.section[-1]) else ()
    names = [unnumbered(heading) for heading in headings[-1:]]
    return " – ".join((*names, *(plain(heading) for heading in last)))
