"""Which unit a bare figure of a table counts in: from its labels, or the line above the table."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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
    r"\((?:[^()]*,\s?)?((?:조|억|백만|만|천)?원|%|[명개건호동대곳회팀실종면척교㎡㎢㎞]|개소|개사|가구|세대|그루|마리|학급|톤|ha|km)\)"
)
# A unit, and the labels of what it counts.
_OF = tuple(
    (re.compile(unit), re.compile(named))
    for unit, named in (
        (
            r"원$",
            rf"{_SUM.pattern}|[가-힣]{{2}}(?:료|금|수당|수익|출자)$|출자$"
            r"|[가-힣](?<!정)(?<!장)(?<!설)(?<!대)(?<!준)비$",
        ),
        (
            r"[명인]$",
            r"인원|인구|정원|현원|세 이상|사망|부상|(?:[가-힣](?:자|생|객|[회대]원)|직원)\s?수?$",
        ),
        (r"건$", r"건수?$|민원|신고|출동|적발|사고"),
        (r"[㎡㎢]$|ha$", r"면적"),
        (r"k?m$|㎞$", r"길이|연장"),
        (r"가구$|세대$|호$", r"가구|세대|농가"),
        (r"개소$|곳$", r"개소|시설|곳"),
        (r"대$", r"대수$|차량"),
        (r"톤$", r"[가-힣]량$"),
        (r"분$|시간$", r"시간$"),
        (r"개사$|업체$", r"기업$|업체$|회사$"),
    )
)
_PAIR = re.compile(r"[가-힣]{2,6}(?:/[가-힣]{2,6})+")
_WHEN = re.compile(r"^['’‘\d]|기준$|현재$|말$")
_UNIT_REACH = 5  # filled lines above a table in which its unit line may stand


@dataclass(frozen=True, slots=True)
class Counting:
    """What the line above a table tells of its figures."""

    units: tuple[str, ...] = ()
    parted: tuple[str, ...] = ()  # what `104/98` in a cell is: `정원/현원`


def counting_above(above: Sequence[Line]) -> Counting:
    """What the nearest unit line tells; nothing where there is none."""
    for line in islice((line for line in reversed(above) if not line.blank), _UNIT_REACH):
        match = _UNIT_LINE.search(clean(line.text))
        if match:
            told = [part.strip() for part in re.split(r"[,·]", match[1])]
            told = told if len(told) > 1 else match[1].split()
            pairs = [part for part in told if _PAIR.fullmatch(part)]
            units = (part for part in told if part and part not in pairs)
            return Counting(
                units=tuple(unit for unit in units if not _WHEN.search(unit)),
                parted=tuple(pairs[0].split("/")) if pairs else (),
            )
    return Counting()


def unit_of(
    units: Sequence[str], column: str, row: str, text: str, shared: Mapping[str, str]
) -> str:
    """The unit of a bare figure: its column's own, `%` for a share, else the table's own.

    Of several it is the one the column names, or that counts what the column, else the row, names,
    or the one `shared` gives to a label; else none, as none is better than a wrong one.
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
        others = (
            [unit for unit in others if unit in column]
            or _meant(others, column, row)
            or [shared[label] for label in (column, row) if label in shared]
        )
    counted = _COUNT.search(column) or (_COUNT.search(row) and not _SUM.search(column))
    if not others or (others[0].endswith("원") and counted):
        return ""
    return others[0]


def is_counted_apart(label: str) -> bool:
    """Whether a label tells its own unit, or a share."""
    return bool(_OWN_UNIT.search(label) or _SHARE.search(label))


def named(units: Sequence[str], label: str) -> list[str]:
    """The units that a label ends with: `단지` counts in `개 단지`, `실수` in `실`."""
    bare = {unit: re.sub(r"^개\s?(?=[가-힣]{2})", "", unit) for unit in units}
    return [
        unit
        for unit, name in bare.items()
        if re.search(rf"{re.escape(name)}{'수?' if len(name) > 1 else '수'}$", label)
    ]


def meant(units: Sequence[str], label: str) -> list[str]:
    """The units that count what a label names."""
    return [unit for unit in units if any(u.search(unit) and n.search(label) for u, n in _OF)]


def _meant(units: Sequence[str], column: str, row: str) -> list[str]:
    """The unit that counts what one of the labels names, where it is one alone."""
    found = meant(units, column) or meant(units, row)
    return found if len(found) == 1 else []
