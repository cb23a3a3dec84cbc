"""Which series of a table a question means, and which of their values it chooses among."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from rag.composing.table_grid import TOTAL, Grid, Series, Value, name_of, summed
from rag.composing.table_question import BARE, TableQuestion
from rag.korean import bigrams, fold
from rag.lists.headings import named_share
from rag.question import years

_ANYTHING = re.compile(r"(?:곳|데|지역|것|항목|분야|쪽|대상|사업|구분|유형|종류)?")
_BODY, _BODIES = re.compile(r"부서|기관|단체"), "과국실부단터관소팀원청처사회"
_YEAR_NOUN = re.compile(r"해|연도|년도|때|시기")
_YEAR = re.compile(r"20\d\d년?(?:말|도)?(?:최종)?(?:실적|목표|계획|예산|현재)?")
_AHEAD = re.compile(r"계획|목표|전망|예정")
_BEFORE = re.compile(r"전년도?|지난해|작년|20\d\d년?")
_NO_ITEM = re.compile(r"비\s?고|증\s?감.*|과부족|여성|기타")
# What is measured, and no item.
_MEASURE = re.compile(r"목표|실적|.+[율률]|.*(?:금액|예산액|구성비|사업수|건수|개소수)")
_CHANGE, _SHARE = re.compile(r"증\s?감|전년\s?대비"), re.compile(r"[율률]|비중")
_ENOUGH = 4  # items, of which one adds up the others hardly by chance
# What a label may have beside its name: `예산액`.
_ENDINGS = frozenset(("", "액", "수", "량", "금액", "현액", "현황", "규모", "건수"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A table read by rows or by columns, with the series that a question calls by their name."""

    wanted: TableQuestion
    grid: Grid
    side: tuple[Series, ...]
    able: tuple[Series, ...]

    def meant(self) -> Series | None:
        """The one series asked for: of the year, else of the latest that is no plan."""
        able, asked = list(self.able), self.wanted.asked
        if self.wanted.change and able:
            changes = [one for one in self.side if _CHANGE.match(one.label)]
            found = [one for one in changes if not _SHARE.search(one.label)]
            return found[0] if len(found) == 1 else None
        if asked.years & {year for one in able for year in one.years}:
            able = [one for one in able if one.years & asked.years]
        elif any(one.years for one in able):
            dated = [one for one in able if one.years and not _AHEAD.search(one.label)]
            latest = max((max(one.years) for one in dated), default=0)
            able = [one for one in dated if latest in one.years and not asked.years]
        pairs = frozenset(bigrams(asked.text))
        shares = [named_share(pairs, one.label) for one in able]
        best = [one for one, share in zip(able, shares, strict=True) if share == max(shares)]
        return best[0] if len(best) == 1 else None

    def compared(self) -> tuple[Series, Series] | None:
        """What is measured, and what against; twice the same for a figure of the question."""
        wanted = self.wanted
        if wanted.bound is not None:
            one = self.meant()
            return (one, one) if one else None
        if _BEFORE.fullmatch(wanted.base):
            return self._two_years()
        one, other = (
            next((one for one in self.side if name_of(one.label) == name), None)
            or summed(self.side, name, beside)
            for name, beside in ((wanted.measure, wanted.base), (wanted.base, wanted.measure))
        )
        return (one, other) if one and other else None

    def _two_years(self) -> tuple[Series, Series] | None:
        told = {year: one for one in self.able for year in one.years}
        if len(told) != len(self.able) or any(len(one.years) != 1 for one in self.able):
            return None
        base, asked = years(fold(self.wanted.base)), self.wanted.asked.years & told.keys()
        actual = [year for year, one in told.items() if not _AHEAD.search(one.label)]
        this = max(asked - base or actual, default=0)
        before = min(base, default=this - 1)
        both = this in told and before in told and this != before
        return (told[this], told[before]) if both else None

    def items(self, series: Series) -> Mapping[str, Value]:
        """The values chosen among: no totals, of the kind asked for; those named, if several."""
        items = {
            item: value
            for item, value in series.values.items()
            if not TOTAL.fullmatch(item) and not _NO_ITEM.fullmatch(item)
        }
        items = _without_sum(items)
        dated = [item for item in items if is_year(item)]
        if _YEAR_NOUN.fullmatch(self.wanted.noun):
            return items if len(dated) == len(items) else {}
        if dated or not self._are_called(items):
            return {}
        named = {item: value for item, value in items.items() if self._names(item)}
        return named if len(named) > 1 else items if not named else {}

    def _are_called(self, items: Mapping[str, Value]) -> bool:
        """Whether the items are what the question asks for: 라온구 and 미르구, for `구`."""
        noun = self.wanted.noun
        if any(_MEASURE.fullmatch(name_of(item)) for item in items):
            return False
        if _ANYTHING.fullmatch(noun) or noun in self.grid.corner.replace("구분", ""):
            return True
        ends = _BODIES if _BODY.fullmatch(noun) else noun
        return sum(item[-1] in ends for item in items) * 2 > len(items) or (
            len(noun) > 1 and noun in self.grid.about
        )

    def _names(self, item: str) -> bool:
        name = name_of(item)
        return len(name) > 1 and name in self.wanted.asked.folded.replace(" ", "")

    def item(self, series: Series) -> str | None:
        """The one item that the question names, else the total, where it names no other thing."""
        named = [item for item in series.values if self._names(item)]
        if named:
            longest = max(named, key=len)
            return longest if all(name_of(item) in name_of(longest) for item in named) else None
        totals = [item for item in series.values if TOTAL.fullmatch(item)]
        whole = all(name in self.grid.headed for name in self.wanted.names)
        return totals[0] if len(totals) == 1 and whole else None


def readings(wanted: TableQuestion, found: Grid, *, loosely: bool) -> Iterator[Reading]:
    """By columns and by rows; `loosely` where the table, not a label, says what is measured."""
    for side in found.sides:
        called = [one for one in side if _is_called(one, wanted.measure)] or [
            one for one in side if _is_in(name_of(one.label), wanted.measure)
        ]
        able = [one for one in side if _is_plain(one, wanted, found)] if loosely else called
        yield Reading(wanted=wanted, grid=found, side=side, able=tuple(able))


def _is_in(label: str, measure: str) -> bool:
    """Whether what is measured is said more exactly than the label does: `누적집행률`."""
    return len(label) > 1 and measure.endswith(label)


def _is_called(one: Series, measure: str) -> bool:
    """Whether its label ends with what is measured, or has little more: `예산액`."""
    label = name_of(one.label)
    rest = label.removeprefix(measure)
    return label.endswith(measure) or (rest != label and rest in _ENDINGS)


def _is_plain(one: Series, wanted: TableQuestion, found: Grid) -> bool:
    """Whether its label is a year or a total, in a table of what is measured."""
    if not (TOTAL.fullmatch(one.label) or is_year(one.label)):
        return False
    if wanted.shape == "whether" and BARE.fullmatch(wanted.measure):
        return True
    return wanted.measure in found.about or any(
        name_of(item) == wanted.measure for item in one.values
    )


def _without_sum(items: Mapping[str, Value]) -> dict[str, Value]:
    """The items without a first or last one that adds up the others."""
    whole = sum((value.number for value in items.values()), Decimal())
    ends = {item for item in (*list(items)[:1], *list(items)[-1:]) if len(items) >= _ENOUGH}
    return {
        item: value
        for item, value in items.items()
        if item not in ends or value.number * 2 != whole
    }


def is_year(label: str) -> bool:
    return _YEAR.fullmatch(fold(label).replace(" ", "")) is not None
