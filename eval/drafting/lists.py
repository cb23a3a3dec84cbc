"""Questions from bullets that stand together, and from what is told right below a heading."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from eval.drafting.draft import Draft, Material, of_subject
from eval.drafting.facts import TELLS, fields
from eval.drafting.phrasing import is_noun_phrase, key_words, name_of, with_particle
from rag.types import Chunk, Statement
from rag.wording import plain

Told = tuple[Chunk, Statement]
_ITEMS = range(2, 7)
_LONGEST_ITEM = 45  # characters
_PLAIN_ITEM = 20  # a longer one tells of an action
_LONGEST_SUMMARY, _SHORTEST_SUMMARY = 160, 20
_NOTE = re.compile(r"^\s*(?:[-·]\s*)?(?:※|\*|▶|\(단위|\(자료|자료\s*:|\d{1,2}\)\s)")
_BULLET = re.compile(r"^\s*[-·•○□■●◦▪▷☞①-⑳]")
_BRACKETED = re.compile(r"^\(([^()]{2,20})\)\s*\S")
_FIGURE_LAST = re.compile(r"\s+[\d,.]+\s*[가-힣%㎡a-zA-Z]{0,4}$")
_MARKED = re.compile(r"^\s*(?:[-·]\s*)?[①-⑳]")


def lists(material: Material) -> Iterator[Draft]:
    """Drafts of every heading or bullet with a few short bullets below it."""
    for _, run in groupby(_bullets(material), key=_place):
        told = list(run)
        if len(told) in _ITEMS and all(_is_item(statement) for _, statement in told):
            yield from _listed(material, told)


def summaries(material: Material) -> Iterator[Draft]:
    """Drafts of the sentence that tells, right below its heading, what a programme is."""
    headed = ""
    for chunk, statement in material.said:
        section = chunk.section
        if headed and statement.text != headed and _is_summary(material, chunk, statement):
            yield from _summed_up(material, chunk, statement)
        own = material.subjects.is_programme(section)
        headed = statement.text if own and name_of(statement.text) == name_of(section[-1]) else ""


def _bullets(material: Material) -> Iterator[Told]:
    """The lines, headings left out."""
    for chunk, statement in material.said:
        heading = bool(chunk.section) and name_of(statement.text) == name_of(chunk.section[-1])
        if statement.kind == "line" and not heading and not _NOTE.match(statement.text):
            yield chunk, statement


def _place(told: Told) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    chunk, statement = told
    return chunk.report_id, chunk.section, statement.context


def _is_item(statement: Statement) -> bool:
    text = plain(statement.text)
    return (
        bool(_BULLET.match(statement.text))
        and 2 < len(text) <= _LONGEST_ITEM
        and not any(True for _ in fields(statement.text))
        and not re.search(r"[→⇨⇒…]|\d.*\d.*\d{2}|['’]\d\d", text)
    )


def _listed(material: Material, told: Sequence[Told]) -> Iterator[Draft]:
    chunk, first = told[0]
    above = (first.context or chunk.section)[-1:]
    parent = name_of(above[0]) if above else ""
    items = tuple(_item(statement.text) for _, statement in told)
    cited = material.cite(chunk, *(statement for _, statement in told))
    wordings = _list_wordings(material, told, parent)
    if not (wordings and cited and is_noun_phrase(parent)) or len(set(items)) < len(items):
        return
    if TELLS.search(parent) or not all(is_noun_phrase(item) or item[0] == "(" for item in items):
        return
    yield Draft(
        wordings=wordings,
        type="list",
        quality=_list_quality(first, parent, items),
        label=parent,
        chunk=chunk,
        line=first.span.first_line,
        answer=", ".join(items),
        groups=tuple((_told_by(item, parent),) for item in items),
        cited=cited,
    )


def _list_wordings(material: Material, told: Sequence[Told], parent: str) -> tuple[str, ...]:
    chunk, first = told[0]
    names = material.subjects.of(chunk, first)
    if all(_MARKED.match(statement.text) for _, statement in told) and not first.context:
        return material.worded(chunk, None, "에는 어떤 세부 항목이 있나요?")
    if names[-1:] == (parent,):
        long = any(len(plain(statement.text)) > _PLAIN_ITEM for _, statement in told)
        within = "의 세부 내용" if long else ""
        return material.worded(chunk, first, f"{within}에는 무엇이 있나요?")
    return material.worded(chunk, None, f"{of_subject(parent)}에는 무엇이 있나요?")


def _item(text: str) -> str:
    """A bullet as an item of a list: its mark and figures left out.

    >>> _item("- 주택가 주차 난 58.2%"), _item("- ① 「빛길버스」 운영")
    ('주택가 주차 난', '「빛길버스」 운영')
    """
    bracketed = _BRACKETED.match(plain(text))
    name = f"({bracketed[1]}) {name_of(text)}" if bracketed else name_of(text)
    shorter = _FIGURE_LAST.sub("", name)
    return shorter if len(shorter) > 3 and is_noun_phrase(shorter) else name


def _told_by(item: str, parent: str) -> str:
    """What an answer must say of an item: its label, all of a short one, else its key word."""
    label = _BRACKETED.match(item)
    if label:
        return label[1]
    words = key_words(item, besides=parent, most=1)
    return item if len(item) <= _LONGEST_ITEM // 3 or not words else words[0]


def _list_quality(first: Statement, parent: str, items: Sequence[str]) -> float:
    longest = max(map(len, items))
    quality = 1.0 - 0.01 * max(0, longest - 15) - 0.02 * max(0, len(parent) - 12)
    quality += 0.1 if len(items) > 2 else -0.1
    return quality - (0.3 if first.span.ocr else 0)


def _is_summary(material: Material, chunk: Chunk, statement: Statement) -> bool:
    text = plain(statement.text)
    return (
        material.subjects.is_programme(chunk.section)
        and statement.kind == "line"
        and not _BULLET.match(statement.text)
        and _SHORTEST_SUMMARY <= len(text) <= _LONGEST_SUMMARY
        and not re.search(r"[:：\t–]|\d{1,2}\)|\d,\d{3}", text)
    )


def _summed_up(material: Material, chunk: Chunk, statement: Statement) -> Iterator[Draft]:
    wordings = material.worded(chunk, None, "은는 어떤 사업인가요?")
    words = key_words(statement.text, besides=" ".join(wordings))
    cited = material.cite(chunk, statement)
    if wordings and words and cited:
        yield Draft(
            wordings=wordings,
            type="descriptive",
            quality=0.9,
            label="사업",
            chunk=chunk,
            line=statement.span.first_line,
            answer=plain(statement.text),
            groups=tuple((word,) for word in words),
            cited=cited,
        )


def headed(material: Material) -> Iterator[Draft]:
    """Drafts of headings such as 추진배경 with what stands below them."""
    for _, run in groupby(_bullets(material), key=_place):
        told = list(run)
        chunk, first = told[0]
        label = name_of(chunk.section[-1]) if chunk.section and not first.context else ""
        marked = all(_BULLET.match(statement.text) for _, statement in told)
        marked &= not any(any(True for _ in fields(item.text)) for _, item in told)
        if TELLS.search(label) and marked and len(told) < len(_ITEMS):
            yield from _explained(material, told, label)


def _explained(material: Material, told: Sequence[Told], label: str) -> Iterator[Draft]:
    chunk, first = told[0]
    rest = f"{with_particle(of_subject(label), '은는')} 무엇인가요?"
    wordings = material.worded(chunk, None, rest)
    if material.subjects.of(chunk)[-1:] == (label,):
        wordings = material.worded(chunk, None, "은는 무엇인가요?")
    cited = material.cite(chunk, *(statement for _, statement in told))
    besides = " ".join((*wordings, *chunk.section))
    words = [key_words(item.text, besides=besides, most=1) for _, item in told]
    if wordings and cited and any(words):
        yield Draft(
            wordings=wordings,
            type="descriptive",
            quality=1.0 - 0.05 * len(told),
            label=label,
            chunk=chunk,
            line=first.span.first_line,
            answer="; ".join(plain(item.text) for _, item in told),
            groups=tuple(dict.fromkeys(word for word in words if word))[:2],
            cited=cited,
        )
