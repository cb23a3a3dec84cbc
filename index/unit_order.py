"""Which of several units each column, or row, of a table counts in, where no label tells.

`(단위 : 교, 명)` names the units in the order of what they count, and names none in vain: what the
labels do not tell often follows from the units that are left over.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from index.units import is_counted_apart, meant, named

_TIMES = re.compile(
    r"[\d'’‘.,~()\s]+|[년월]도?(?![가-힣])|실적|계획|목표|추정|전망|예정|현재|까지|이후|[상하]반기|(?<=\d)[학분]기"
)
_REST = re.compile(r"(?:[총합소]?계|그밖|기타|비고|구분)?")  # tells nothing of what is counted


def shared_out(
    units: Sequence[str], columns: Sequence[str], rows: Sequence[str]
) -> Mapping[str, str]:
    """The unit of each label, as far as it is sure; what is measured is told by one side alone.

    >>> shared_out(("교", "명"), ("1학기 운영", "2학기 운영", "예상 참여"), ())
    {'1학기 운영': '교', '2학기 운영': '교', '예상 참여': '명'}
    """
    wanted = tuple(unit for unit in units if unit != "%")
    if len(wanted) < 2:
        return {}
    across, down = _Side(wanted, columns), _Side(wanted, rows)
    if not across.keys or (down.known and not across.known):
        return down.shared(alike=True)
    return across.shared(alike=False)


class _Side:
    """The labels of one side by what they measure: the year, and a plan, are left aside."""

    def __init__(self, units: Sequence[str], labels: Sequence[str]) -> None:
        self.units = units
        keys = {label: _TIMES.sub("", label) for label in labels if not is_counted_apart(label)}
        self.measures = {label: key for label, key in keys.items() if not _REST.fullmatch(key)}
        self.keys = tuple(dict.fromkeys(self.measures.values()))
        found = {key: named(units, key) or meant(units, key) for key in self.keys}
        self.known = {key: names[0] for key, names in found.items() if len(names) == 1}

    def shared(self, *, alike: bool) -> Mapping[str, str]:
        """By label; `alike` where one unit may be left for several labels in turn."""
        told = self._told(alike=alike)
        return {label: told[key] for label, key in self.measures.items() if key in told}

    def _told(self, *, alike: bool) -> Mapping[str, str]:
        left = [unit for unit in self.units if unit not in self.known.values()]
        unknown = [key for key in self.keys if key not in self.known]
        told = dict(self.known)
        if len(left) == len(unknown):
            told |= zip(unknown, left, strict=True)
        elif alike and len(left) == 1:
            told |= {key: left[0] for key in unknown if self._in_order(key, left[0])}
        return told

    def _in_order(self, key: str, unit: str) -> bool:
        """Whether what stands before it counts in earlier units, and what follows in later ones."""
        at, place = self.keys.index(key), self.units.index(unit)
        known = {
            self.keys.index(other): self.units.index(name) for other, name in self.known.items()
        }
        return all((known[other] < place) == (other < at) for other in known)
