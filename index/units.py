"""Which unit a bare figure of a table counts in: from its labels, or the line above the table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from index.lines import Line
from rag.korean import clean

_UNIT_LINE = re.compile(r"(?:\(\s?단위(?:\s?[:：]|\s)|단위\s?[:：])\s*([^)'’]+)")
FIGURE = re.compile(r"[△▲▽▼Δ+-]?\s*[\d,.조억만천\s]+(?:\([^)]*\))?$")
_SHARE = re.compile(r"[률율]|비중|비율|구성비|점유|[(（]%")
_COUNT = re.compile(
    r"수\*?$|인원|연도|년도|개소|순위|면적|기간|정원|현원|인구"
)  # never a sum of money
_SUM = re.compile(r"예산|사업비|금액|매출|지출|집행|수입|비용|[가-힣]액(?![가-힣])")
_OWN_UNIT = re.compile(
    r"\(((?:조|억|백만|만|천)?원|%|[명개건호동대곳회팀실종㎡㎢㎞]|개소|개사|가구|세대|km)\)"
)
_UNIT_REACH = 5  # filled lines above a table in which its unit line may stand


def units_above(above: Sequence[Line]) -> tuple[str, ...]:
    """The units that the nearest unit line names; none where there is none."""
    for line in islice((line for line in reversed(above) if not line.blank), _UNIT_REACH):
        match = _UNIT_LINE.search(clean(line.text))
        if match:
            return tuple(part for part in re.split(r"[\s,·/]+", match[1].strip()) if part)
    return ()


def unit_of(units: Sequence[str], column: str, row: str, text: str) -> str:
    """The unit of a bare figure: its column's own, `%` for a share, else the table's own.

    Of several it is the one the column names or, for a sum, the one in 원; else none, as none is
    better than a wrong one.
    """
    if not FIGURE.match(text) or not re.search(r"\d", text):
        return ""
    own = _OWN_UNIT.search(column) or _OWN_UNIT.search(row)
    if own and own[1] not in text:
        return own[1]
    if _SHARE.search(column):
        return "%" if "%" in units and "%" not in text else ""
    others = [unit for unit in units if unit != "%"]
    if len(others) > 1:
        money = _SUM.search(column)
        others = [unit for unit in others if unit in column or (money and unit.endswith("원"))]
    counted = _COUNT.search(column) or (_COUNT.search(row) and not _SUM.search(column))
    if not others or (others[0].endswith("원") and counted):
        return ""
    return others[0]
