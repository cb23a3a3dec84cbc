"""Questions from lines that name what they tell: `- 소요예산 : 5,600백만원`."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from eval.drafting.draft import Draft, Material, of_subject
from eval.drafting.phrasing import is_noun_phrase, key_words, name_of, with_particle
from eval.drafting.subjects import year_of
from eval.drafting.values import LONGEST, Value, read_value, without_note
from rag.korean import fold
from rag.question import years
from rag.types import Chunk, Statement
from rag.wording import plain

Told = tuple[Chunk, Statement]
_FIELD = re.compile(r"^([^:：]{2,40}?)\s*[:：]\s+(\S.*)$")
_NEXT_FIELD = re.compile(r"\s/\s(?=[^:：/]{1,25}[:：]\s)")
_SERIES = re.compile(r"^([^:：\d]{4,40}?)\s*[:：]?\s+(?=\(?['’]?\d)([^:：]*[⇨→⇒].*)$")
_DATED = re.compile(r"['’]?\d{2,4}년?도?(?:\s?(?:말|기준|예산|본예산|계획|목표|실적))*\.?")
_ARROW = re.compile(r"\s*[⇨→⇒]\s*")
_AT = re.compile(r"\(['’]?(20\d{2}|\d{2})(?:년)?\s?(목표|계획|실적|전망)?\)")
# Labels that say what kind of thing is told, in any report.
TELLS = re.compile(r"(?:목적|배경|필요성|방법|방식|효과|취지|이유|사유|원인|근거|절차|방향|기준)$")
_HOW = re.compile(r"(?:방법|방식|절차|기준)$")
_NO_LABEL = frozenset(("단위", "자료", "출처", "참고", "주", "비고", "기타", "합계", "계", "내용"))
_LONGEST_LABEL, _LONGEST_PROSE = 24, 200
_QUALITY = {"money": 1.0, "count": 1.0, "words": 0.6, "figure": 0.5}
_DEFINITE = 0.95  # of dates, places, bodies
_ITEMS = range(3, 9)
_LONGEST_ITEM = 20
_SHORTEST_SUBJECT = 6


def facts(material: Material) -> Iterator[Draft]:
    """Drafts of every line with a label, as facts, lists or descriptions by what it tells."""
    values = _values(material)
    for chunk, statement in material.said:
        if (
            statement.kind != "line"
            or statement.text.lstrip().startswith("*")
            or not material.cite(chunk, statement)
        ):
            continue
        series = _SERIES.match(plain(statement.text))
        if series:
            yield from _in_years(material, (chunk, statement), *series.groups())
        for raw, text in fields(statement.text):
            label = name_of(raw)
            one = len(values[(material.subjects.of(chunk, statement), label)]) == 1
            if is_label(label) and (one or year_of(chunk)):
                yield from _labelled(material, (chunk, statement), label, text)


def _values(material: Material) -> Mapping[tuple[tuple[str, ...], str], set[str]]:
    """What each label of a subject tells: with several values, nobody could say which is asked."""
    values = defaultdict[tuple[tuple[str, ...], str], set[str]](set)
    for chunk, statement in material.said:
        if statement.kind == "line":
            for raw, text in fields(statement.text):
                values[(material.subjects.of(chunk, statement), name_of(raw))].add(text)
    return values


def fields(text: str) -> Iterator[tuple[str, str]]:
    """The labels of a line with their values.

    >>> list(fields("- 대 상 : 27개소 / 소요예산 : 2,830백만원"))
    [('대 상', '27개소'), ('소요예산', '2,830백만원')]
    """
    for part in _NEXT_FIELD.split(plain(text)):
        match = _FIELD.match(part)
        if match:
            yield match[1], match[2]


def is_label(label: str) -> bool:
    """Whether a name says what a value is.

    >>> is_label("소요예산"), is_label("단위"), is_label("")
    (True, False, False)
    """
    fine = 1 < len(label) <= _LONGEST_LABEL and label not in _NO_LABEL
    return fine and is_noun_phrase(label)


def items_of(text: str) -> tuple[str, ...]:
    """The things that a value names one by one; none where it does not.

    >>> items_of("생활방역·안전, 디지털, 그린환경"), items_of("만 18세 이상, 2,400명")
    (('생활방역·안전', '디지털', '그린환경'), ())
    """
    for mark in (r",\s*", r"\s/\s", r"\s*[·ㆍ]\s*"):
        parts = [part.strip() for part in re.split(mark, text)]
        if len(parts) in _ITEMS and all(_is_item(part) for part in parts):
            return tuple(parts)
    return ()


def _is_item(text: str) -> bool:
    return (
        1 < len(text) <= _LONGEST_ITEM
        and not re.search(r"[()~→⇨:+,*]|\d{2}|등$", text)
        and is_noun_phrase(text)
    )


def _labelled(material: Material, told: Told, label: str, text: str) -> Iterator[Draft]:
    core, note = without_note(text)
    items = items_of(core)
    if items:
        rest = f"{of_subject(label)}에는 무엇이 있나요?"
        value = Value("list", ", ".join(items), rest, tuple((item,) for item in items))
        yield from _draft(material, told, label, value, rest=rest)
    elif TELLS.search(label):
        yield from _described(material, told, label, core)
    elif (read := read_value(text, label=label)) is not None:
        # `(’24년)` dates the value, `(’23년 30개)` tells another.
        year = years(fold(note)) if _DATED.fullmatch(note) else frozenset[int]()
        rest = f"{with_particle(of_subject(label), '은는')} {read.asks}"
        told_year = f"{min(year)}년 " if year and read.kind != "words" else None
        yield from _draft(material, told, label, read, rest=rest, year=told_year)


def _described(material: Material, told: Told, label: str, core: str) -> Iterator[Draft]:
    asks = "어떻게 되나요?" if _HOW.search(label) else "무엇인가요?"
    rest = f"{with_particle(of_subject(label), '은는')} {asks}"
    words = key_words(core, besides=" ".join((*material.subjects.of(*told), label)))
    if 4 < len(core) <= _LONGEST_PROSE and words:
        value = Value("descriptive", core, asks, tuple((word,) for word in words))
        yield from _draft(material, told, label, value, rest=rest)


def _in_years(material: Material, told: Told, raw: str, text: str) -> Iterator[Draft]:
    """The first and the last value of a row of years."""
    label = name_of(raw)
    parts = _ARROW.split(text)
    if not is_label(label) or not all(len(_AT.findall(part)) == 1 for part in parts):
        return
    for part in (parts[-1], parts[0]):
        at = _AT.search(part)
        value = read_value(_AT.sub("", part).strip(), label=label)
        if at and value and value.kind in ("count", "money"):
            named = f"{label} {at[2]}" if at[2] else label
            rest = f"{with_particle(of_subject(named), '은는')} {value.asks}"
            yield from _draft(material, told, named, value, rest=rest, year=f"20{at[1][-2:]}년 ")


def _draft(
    material: Material, told: Told, label: str, value: Value, *, rest: str, year: str | None = None
) -> Iterator[Draft]:
    chunk, statement = told
    wordings = material.worded(chunk, statement, rest, year=year)
    if not wordings:
        return
    yield Draft(
        wordings=wordings,
        type=value.kind if value.kind in ("list", "descriptive") else "fact",
        quality=_quality(material, told, label, value),
        label=label,
        chunk=chunk,
        line=statement.span.first_line,
        answer=value.text,
        groups=value.groups,
        cited=material.cite(chunk, statement),
    )


def _quality(material: Material, told: Told, label: str, value: Value) -> float:
    chunk, statement = told
    names: Sequence[str] = material.subjects.of(chunk, statement)
    quality = _QUALITY.get(value.kind, _DEFINITE)
    quality -= 0.02 * max(0, len(label) - 12) + 0.01 * max(0, len(" ".join(names)) - 30)
    if value.kind == "words":
        named = " " in re.sub(r"^\d{4}년\s", "", label) or label == names[-1]
        quality -= 0.01 * max(0, len(value.text) - LONGEST // 2) + (0.2 if named else 0)
    if len(names) == 1 and len(names[0]) < _SHORTEST_SUBJECT:
        quality -= 0.3  # as good as none
    if statement.context and name_of(statement.context[-1]) != names[-1]:
        quality -= 0.25  # what the bullet above is about is not in the question
    return quality - (0.3 if statement.span.ocr else 0)
