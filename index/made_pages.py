"""Made-up reports with known pages, to measure page estimates on; no fact in them is real.

Each is laid out sheet by sheet as an office would print it, with a page length, line width, density
of tables and figures and a contents list of its own, so that the estimator cannot know them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from random import Random

from rag.types import Page, Report

_AREAS = "돌봄 청년 교통 환경 문화 안전 주거 일자리 보건 관광 농업 교육 하천 공원"
_DEEDS = "지원 조성 강화 정비 활성화 점검 개선 확대 확충 육성"
_PLACES = "새솔동 너른들 은모래 가람터 별내리 솔샘길 한들마을 다온역"
_WORDS = (
    "주민 참여 사업 대상 시설 운영 협의 예산 상반기 하반기 공모 선정 현장 점검 지원금 마을 연계 "
    "확충 교육 상담 계획 수립 이용자 만족도 조사 개선 방안 마련 관계 기관 협력 민간 위탁 시범 평가"
)
_ROMAN = "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ"
_CONTENTS = ("dots", "tab", "below")
_REPORTS = 12
_WITHOUT_CONTENTS = 6  # one report in so many


@dataclass(slots=True)
class _Sheets:
    """How a report is printed, and its pages while they fill."""

    random: Random
    height: int  # lines on a page
    width: int  # half-width characters in a line
    opens: bool  # whether each item begins a page
    deep: bool  # whether the contents list names the items
    loss: float  # share of letters that OCR spoils
    odds: tuple[float, ...]  # of a table, a figure, a footnote in a block; differ by chapter
    wordy: float = 1.0  # length of its sentences
    done: list[list[str]] = field(default_factory=list)
    headings: list[tuple[int, str, int]] = field(default_factory=list)  # level, text, sheet
    lines: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    noted: int = 0  # number of the last footnote
    room: float = 0.0

    def turn(self) -> None:
        """Begin a page, unless this one is empty."""
        if self.room:
            self.done.append([*self.lines, *self.notes])
            self.lines, self.notes, self.room = [], [], 0.0

    def add(self, lines: Sequence[str], room: float) -> bool:
        """Print it, on the next page where it does not fit; whether that turned the page."""
        turned = bool(self.room) and self.room + room + len(self.notes) > self.height
        if turned:
            self.turn()
        self.lines += lines
        self.room += room
        return turned


def made_reports(count: int = _REPORTS) -> Iterator[Report]:
    """The reports, the same at every call; their page numbers are those printed on them."""
    for seed in range(count):
        random = Random(seed)
        sheets = _Sheets(
            random=random,
            height=random.randint(26, 46),
            width=random.randint(64, 96),
            opens=random.random() < 0.5,
            deep=random.random() < 0.5,
            loss=random.choice((0.0, 0.0, 0.01, 0.03)),
            odds=(random.uniform(0, 0.4), random.uniform(0, 0.25), random.uniform(0, 0.3)),
        )
        _write_chapters(sheets, chapters=random.randint(3, 8), items=random.randint(2, 6))
        kind = "" if seed % _WITHOUT_CONTENTS == _WITHOUT_CONTENTS - 1 else random.choice(_CONTENTS)
        yield _report(sheets, name=f"가상 {seed + 1:02d}", contents=kind)


def _write_chapters(sheets: _Sheets, *, chapters: int, items: int) -> None:
    random = sheets.random
    odds = sheets.odds
    for chapter in range(chapters):
        sheets.turn()
        sheets.odds = tuple(each * random.uniform(0.2, 2) for each in odds)
        sheets.wordy = random.uniform(0.5, 1.5)
        _head(sheets, 1, f"{_ROMAN[chapter]}. {_some(random, _AREAS)} 분야 {_some(random, _DEEDS)}")
        for item in range(1, random.randint(1, 2 * items)):
            if sheets.opens and item > 1:
                sheets.turn()
            about = (_some(random, names) for names in (_PLACES, _AREAS, _WORDS, _DEEDS))
            _head(sheets, 2, " ".join((str(item), *about)))
            for _ in range(random.randint(2, 9)):
                _write_block(sheets)
    sheets.turn()


def _head(sheets: _Sheets, level: int, text: str) -> None:
    sheets.add([text, ""], 6.0 / level)
    sheets.headings.append((level, text, len(sheets.done)))


def _write_block(sheets: _Sheets) -> None:
    random = sheets.random
    table, figure, note = sheets.odds
    sheets.add([f"□ {_some(random, _WORDS, 2)}"], 1.5)
    for depth in range(random.randint(1, 7)):
        words = _some(random, _WORDS, round(sheets.wordy * random.randint(4, 20)))
        text = f"{'○' if depth % 3 == 0 else ' -'} {words}"
        sheets.add([text], -(-_width(text) // sheets.width))
    if random.random() < table:
        _write_table(sheets)
    if random.random() < figure:
        sheets.add([f"< {_some(random, _WORDS, 3)} >"], random.randint(6, 16))
    if random.random() < note and sheets.room < sheets.height - 2:
        sheets.noted = sheets.noted % 90 + 1
        sheets.add([f" - {_some(random, _WORDS, 4)}{sheets.noted})"], 1.0)
        sheets.notes.append(f"{sheets.noted}) {_some(random, _WORDS, 6)}")
    sheets.add([""], 0.7)


def _write_table(sheets: _Sheets) -> None:
    """A table, its head printed again where it goes on on another page."""
    random = sheets.random
    columns = random.randint(3, 7)
    head = "\t".join(["구 분", *(_some(random, _WORDS) for _ in range(columns - 1))])
    tall = random.choice((1, 1, 1, 3))
    sheets.add(["", "(단위 : 백만원)", head], 3.5)
    for _ in range(random.randint(2, 18)):
        words = _some(random, _WORDS, tall * sheets.width // columns // 6)
        values = [f"{random.randint(1, 9999):,}" for _ in range(columns - 2)]
        if sheets.add([], tall + 0.4):
            sheets.add([head], 1.4)
        sheets.lines.append("\t".join([_some(random, _PLACES), *values, words]))
    sheets.lines.append("")


def _report(sheets: _Sheets, *, name: str, contents: str) -> Report:
    """The report with cover and contents list in front; they count as pages or do not."""
    cover = ["솔빛군 주요업무 보고", "", "2031. 3.", "", "솔 빛 군"]
    counted = sheets.random.choice((0, 0, 1, 2))  # pages of cover and list that bear a number
    listed = [
        _entry(text, sheet + 1 + counted, contents)
        for level, text, sheet in sheets.headings
        if level == 1 or sheets.deep
    ]
    pages: list[tuple[int | None, list[str]]] = [
        (1 if counted == 2 else None, cover),
        (counted or None, ["목 차", "", *(line for entry in listed for line in entry)]),
    ]
    body = [(at, page) for at, page in enumerate(sheets.done, start=1 + counted)]
    made, first = [], 1
    for number, lines in [*(pages if contents else pages[:1]), *body]:
        spoiled = tuple(_spoiled(line, sheets) for line in lines)
        made.append(Page(number=number, exact=True, first_line=first, lines=spoiled))
        first += len(lines)
    return Report(id=name, title=name, path="", sha256="", published=None, pages=tuple(made))


def _entry(text: str, page: int, contents: str) -> list[str]:
    """An entry of the contents list as printed."""
    if contents == "below":
        return [text, "", str(page), ""]
    return [f"{text}\t{page}" if contents == "tab" else f"{text} {'·' * 12} {page}"]


def _some(random: Random, names: str, count: int = 1) -> str:
    return " ".join(random.choices(names.split(" "), k=max(count, 1)))


def _spoiled(line: str, sheets: _Sheets) -> str:
    """The line with some letters misread."""
    if not sheets.loss:
        return line
    return "".join(
        sheets.random.choice("믐랄뷔쟁")
        if letter >= "가" and sheets.random.random() < sheets.loss
        else letter
        for letter in line
    )


def _width(text: str) -> int:
    return sum(2 if letter >= "가" else 1 for letter in text)
