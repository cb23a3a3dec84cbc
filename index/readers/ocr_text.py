"""What tesseract reads of Korean reports, with bullets and spaces that it gets wrong set right."""

from __future__ import annotations

import re

# Bullets that it takes for letters: a circle for O, a square for ㅁ.
_CIRCLE = re.compile(r"^(\s*)[OoㅇQ0°®©]\s(?=\S)")
_SQUARE = re.compile(r"^(\s*)[ㅁ口]\s(?=\S)")
_HANGUL = re.compile(r"[가-힣]")
# A comma taken for a point: no report gives sums or people to three places of decimals.
_POINT = re.compile(r"(?<![\d.])(\d{1,3})\.(\d{3})(?=\s?(?:백만|천|만)?\s?[원명건대개㎡])")
_TIGHT = re.compile(r"(?<=[가-힣])\s?:\s?")


def mended(text: str) -> str:
    """A line, or a cell, with its bullet and with spaces where its words end.

    >>> mended("O 점 검 기관 : 도 로시 설 관리 사 업소")
    '○ 점검 기관 : 도로 시설 관리 사업소'
    >>> mended("1.870백만원")
    '1,870 백만 원'
    """
    text = _POINT.sub(r"\1,\2", _SQUARE.sub(r"\1□ ", _CIRCLE.sub(r"\1○ ", text)))
    if not _HANGUL.search(text):
        return text
    from rag.korean import respaced  # here: most reports have no scanned page, and Kiwi is large

    indent = text[: len(text) - len(text.lstrip())]
    return indent + _TIGHT.sub(" : ", respaced(text.strip()))
