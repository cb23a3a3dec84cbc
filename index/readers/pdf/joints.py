"""Whether the last word of a line and the first of the next are one word.

Files that break lines within words and keep no space at their ends do not say. The report itself
does: which letters it writes side by side, and which with a space between, can be counted.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from itertools import islice

_DIGITS = str.maketrans("123456789", "000000000")
_MOST_LETTERS = 100_000  # to be counted; more tell little more
_USUAL = -1.1  # log odds of a space between two letters of any text
_AT_A_BREAK = 0.8  # more at the end of a line, where words and figures of their own often are
_END = "\n"
_ANY_REPORT = """
시민이 편하게 이용할 수 있도록 시설을 새로 고치고 안내를 늘리기로 하였습니다.
이를 위하여 관계 부서와 함께 계획을 세우고 예산을 확보하여 차례로 추진하고자 합니다.
지난해에는 많은 시민의 의견을 들어 제도를 바꾸었으며 올해는 그 결과를 살펴 부족한 점을 보완할 예정임
사업을 시작하기 전에 주민에게 알리고, 필요한 경우에는 설명회를 열어 의견을 듣는다.
어려운 이웃을 돕는 일에는 기관과 단체가 함께 나서며 지역의 기업도 참여하고 있음
안전을 위해 오래된 건물을 점검하고 위험한 곳은 바로 고쳐 사고를 막아야 함
지원 대상은 만 00세 이상 00세 이하의 청년으로 소득이 중위소득 000% 이하인 사람이며
0인당 최대 00만원까지 지원하고
총 000억원을 투입하여 00개소를 조성하고 0,000명에게 일자리를 제공
('00년) 00건 → ('00년) 00건, 전년 대비 00.0% 증가
0000년 0월부터 0000년 00월까지 0년 동안 운영하며 매월 0회 이상 점검
법률에 따라 설치된 위원회에서 심의한 뒤 그 결과를 누리집에 공개하도록 함
도시의 경쟁력을 높이기 위한 기반을 마련하고 산업 생태계를 만들어 나갈 것
또한 현장에서 느끼는 어려움을 덜기 위해 절차를 간소화하는 등 제도 개선 방안을 검토 중
교육 및 홍보를 통해 참여를 높이고 우수 사례를 발굴하여 널리 알림
기간 : 0000. 0. ~ 0000. 00. / 장소 : 시청 대회의실 / 인원 : 000여 명
"""  # how such reports write, for those too short to tell


class Joints:
    """What the lines of a report tell of its spaces."""

    def __init__(self, lines: Iterable[str]) -> None:
        text = _ANY_REPORT + _first(lines, _MOST_LETTERS).translate(_DIGITS) + _END
        self._count = Counter(text)
        for size in (2, 3, 4):
            ends = (islice(text, start, None) for start in range(size))
            self._count.update(map("".join, zip(*ends, strict=False)))

    def odds(self, last: str, first: str) -> float:
        """Log odds of a space between two words; each part counts what the shorter ones foresee."""
        last, first = last.translate(_DIGITS), first.translate(_DIGITS)
        end, end_two = last[-1:], f" {last}"[-2:]
        start, start_two = first[:1], f"{first} "[:2]
        ends = self._ends(end_two, self._ends(end, _USUAL))
        starts = self._starts(start_two, self._starts(start, _USUAL))
        pair = self._between(end, start, ends + starts - _USUAL)
        left, right = self._between(end_two, start, pair), self._between(end, start_two, pair)
        return left + right - pair + _AT_A_BREAK

    def _ends(self, letters: str, foreseen: float) -> float:
        spaced = self._count[letters + " "]
        return _odds(spaced, self._count[letters] - spaced - self._count[letters + _END], foreseen)

    def _starts(self, letters: str, foreseen: float) -> float:
        spaced = self._count[" " + letters]
        return _odds(spaced, self._count[letters] - spaced - self._count[_END + letters], foreseen)

    def _between(self, end: str, start: str, foreseen: float) -> float:
        return _odds(self._count[f"{end} {start}"], self._count[end + start], foreseen)


def _odds(spaced: int, joined: int, foreseen: float) -> float:
    """Log odds of a space after so many cases with one and without."""
    return math.log((spaced + _share(foreseen)) / (joined + _share(-foreseen)))


def _share(odds: float) -> float:
    return 1 / (1 + math.exp(-odds))


def _first(lines: Iterable[str], most: int) -> str:
    kept: list[str] = []
    for line in lines:
        kept.append(line)
        most -= len(line)
        if most < 0:
            break
    return _END.join(kept)
