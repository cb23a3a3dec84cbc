"""Questions that a report does not answer: checked, as far as its words tell, not to be in it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from eval.drafting.draft import Draft, Material, of_subject
from eval.drafting.facts import fields, is_label
from eval.drafting.phrasing import head_noun, key_words, name_of, with_particle
from eval.drafting.values import read_value
from rag.korean import fold
from rag.question import years
from rag.types import Chunk

_SPAN_OF_YEARS = re.compile(r"(20\d{2})\D{0,12}[~∼-]\D{0,4}(20\d{2})")
_COMMON = 2  # programmes that must have a label before its absence means anything
_FURTHEST = 30  # years from the report's own
_PERIOD = re.compile(r"\d(?:월|\.)?[~∼]")
_SUMS = ("얼마인가요?",)  # whatever they are called, one may be taken for the other
_DEFINITE = frozenset(("money", "count", "date", "clock", "place", "body", "person"))


@dataclass(frozen=True, slots=True)
class _Programme:
    """Everything below one numbered heading."""

    chunk: Chunk  # the first
    path: tuple[str, ...]
    text: str  # folded, without spaces
    labels: Mapping[str, str]  # and how its value is asked for
    kinds: frozenset[str]


def missing(material: Material) -> Iterator[Draft]:
    """Labels that other programmes have and this one lacks, and years the report does not tell."""
    programmes = list(_programmes(material))
    asked = defaultdict[str, list[str]](list)
    for programme in programmes:
        for label, asks in programme.labels.items():
            asked[label].append(asks)
    common = {label: each[0] for label, each in asked.items() if len(each) >= _COMMON}
    year = _untold_year(material)
    for programme in programmes:
        for label, asks in common.items():
            if _lacks(programme, label, asks) and not _told_elsewhere(material, programme, label):
                yield from _draft(material, programme, label, asks, "")
        for label, asks in programme.labels.items():
            yearly = asks.startswith(("얼마", "몇")) and not label.startswith("총")
            if year and yearly and label in common:
                yield from _draft(material, programme, label, asks, f"{year}년 ")


def _programmes(material: Material) -> Iterator[_Programme]:
    held = defaultdict[tuple[str, ...], list[tuple[Chunk, str]]](list)
    for chunk, statement in material.said:
        path = material.subjects.programme(chunk.section)
        if len(path) > 1 and path != chunk.section:
            held[path].append((chunk, statement.text))
    for path, told in held.items():
        labels, kinds = _labels([text for _, text in told])
        text = fold(" ".join((*path, *(chunk.text for chunk, _ in told))))
        if labels:
            yield _Programme(told[0][0], path, text.replace(" ", ""), labels, frozenset(kinds))


def _labels(texts: Sequence[str]) -> tuple[dict[str, str], set[str]]:
    labels, kinds = dict[str, str](), set[str]()
    for text in texts:
        for raw, told in fields(text):
            label = name_of(raw)
            value = read_value(told, label=label) if is_label(label) else None
            if value and value.kind in _DEFINITE and " " not in label:
                labels.setdefault(label, value.asks)
                kinds.add(value.asks)
    return labels, kinds


def _lacks(programme: _Programme, label: str, asks: str) -> bool:
    """Whether neither the label nor a value of its kind stands below the programme's heading."""
    noun = fold(head_noun(label))
    return (
        bool(noun)
        and label not in programme.labels
        and noun not in programme.text
        and not (asks.startswith("언제") and _PERIOD.search(programme.text))
        and not (asks in _SUMS and (asks in programme.kinds or "만원" in programme.text))
    )


def _told_elsewhere(material: Material, programme: _Programme, label: str) -> bool:
    """Whether a passage of any report has both the label and what the programme is called by."""
    noun, name = fold(head_noun(label)), name_of(programme.path[-1])
    called = key_words(name, besides="", most=1)
    return any(
        noun in text and all(word in text for word in called) for text in material.everything
    )


def _untold_year(material: Material) -> int | None:
    """The year nearest before the report's own that no report names or spans; else after."""
    told = set[int]()
    for text in material.everything:
        told |= years(text)
        for first, last in _SPAN_OF_YEARS.findall(text):
            told |= set(range(int(first), int(last) + 1))
    own = material.year or (max(told) if told else None)
    if own is None:
        return None
    steps = [own - step for step in range(1, _FURTHEST)] + [own + step for step in range(1, 9)]
    return next((year for year in steps if year not in told and year >= 2000), None)


def _draft(
    material: Material, programme: _Programme, label: str, asks: str, year: str
) -> Iterator[Draft]:
    chunk = programme.chunk
    rest = f"{with_particle(of_subject(label), '은는')} {asks}"
    name = name_of(programme.path[-1])
    question = material.dated(f"{name}{rest}", year)
    if len(name) > 1:
        yield Draft(
            wordings=(question,),
            type="unanswerable",
            quality=(0.9 if year else 1.0) - 0.01 * max(0, len(name) - 25),
            label=f"{year}{label}",
            chunk=chunk,
            line=chunk.span.first_line,
            answerable=False,
        )
