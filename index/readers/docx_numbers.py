"""The list numbers of a DOCX document, which Word counts when it prints."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from index.readers.docx_text import word
from index.readers.list_numbers import LEVELS, Counters, Level

_STYLES = {
    "upperRoman": "roman",
    "lowerRoman": "small roman",
    "upperLetter": "capital",
    "lowerLetter": "latin",
    "decimalEnclosedCircle": "circled",
    "decimalEnclosedCircleChinese": "circled",
    "ganada": "syllable",
    "chosung": "jamo",
    "koreanDigital": "sino",
    "koreanDigital2": "hanja",
    "koreanCounting": "sino",
    "ideographDigital": "hanja",
    "none": "none",
}
_MARK = re.compile(r"%(\d)")


class Numbering:
    """What stands before each numbered paragraph; to be asked in document order."""

    def __init__(self, document: Any) -> None:
        self._counters = Counters()
        self._lists: dict[str, tuple[int, tuple[Level, ...]]] = {}
        self._styles: dict[tuple[str, str], int] = {}  # (list, style) -> the style's level
        root = self._root(document)
        if root is None:
            return
        abstract = {
            entry.get(word("abstractNumId")): entry for entry in root.findall(word("abstractNum"))
        }
        for place, entry in enumerate(root.findall(word("num"))):
            number = entry.get(word("numId"), "")
            kept = abstract.get(_value(entry, "abstractNumId"))
            if kept is not None:
                self._lists[number] = (place, self._levels(number, kept, entry))

    def before(self, paragraph: Any, style: Sequence[Any]) -> str:
        """The number or bullet with a space, or nothing."""
        number = level = None
        style_id = style[0].style_id if style else ""
        for entry in (paragraph, *(kept.element for kept in style)):
            settings = entry.find(f"{word('pPr')}/{word('numPr')}")
            if settings is not None:
                number = number or _value(settings, "numId")
                level = level or _value(settings, "ilvl")
        if number is None or number not in self._lists:
            return ""
        key, levels = self._lists[number]
        at = int(level) if level and level.isdigit() else self._styles.get((number, style_id), 0)
        printed = self._counters.next(key, levels, at)
        return f"{printed} " if printed else ""

    def _root(self, document: Any) -> Any:
        for relation in document.part.rels.values():
            if relation.reltype.endswith("/numbering") and not relation.is_external:
                return relation.target_part.element
        return None

    def _levels(self, number: str, kept: Any, entry: Any) -> tuple[Level, ...]:
        levels = [Level("")] * LEVELS
        overrides = list(entry.iter(word("lvl")))
        for level in (*kept.findall(word("lvl")), *overrides):
            at = level.get(word("ilvl"), "")
            if at.isdigit() and int(at) < LEVELS:
                levels[int(at)] = _level(level)
                if style := _value(level, "pStyle"):
                    self._styles[number, style] = int(at)
        for override in entry.findall(word("lvlOverride")):
            at, start = override.get(word("ilvl"), ""), _value(override, "startOverride")
            if at.isdigit() and int(at) < LEVELS and start and start.isdigit():
                kept_level = levels[int(at)]
                levels[int(at)] = Level(kept_level.pattern, kept_level.style, int(start))
        return tuple(levels)


def _level(level: Any) -> Level:
    style = _value(level, "numFmt") or "decimal"
    text = _value(level, "lvlText") or ""
    start = _value(level, "start") or "1"
    pattern = text if style == "bullet" else _MARK.sub(r"^\1", text)
    return Level(pattern, _STYLES.get(style, "decimal"), int(start) if start.isdigit() else 1)


def _value(element: Any, name: str) -> str | None:
    found = element.find(word(name))
    return None if found is None else found.get(word("val"))
