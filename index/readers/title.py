"""What a report calls itself and when it was published, from its first lines.

A Korean government report opens with a cover (the occasion or a slogan, the title, the date, the
department), then comes the contents list or the first numbered heading. So the title is what stands
above the date, or the line that names a kind of report; the department stands below the date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from index.page_marks import is_page_mark
from rag.korean import clean, join_spaced

_COVER_LINES = 30  # with text
_TITLE_CHARS = 60  # the title is embedded with every passage
_LINE_CHARS = 40  # of a title as printed
_DEPARTMENT_CHARS = 20
_LONGEST = 200  # characters looked at; no cover line is longer

_YEAR = r"(?:(?:19|20)\d{2}|[’'‘`]\d{2})"
_MONTH = r"\s?[.년]\s?(?:1[0-2]|0?[1-9])(?!\d)"
_DAY = r"(?:\s?[.월])?(\s?\d{1,2}\s?[.일]?)?\s?(?:\([월화수목금토일]\))?"
_DATE = re.compile(rf"\(?({_YEAR}{_MONTH}{_DAY})\)?")
_DATE_WITHIN = re.compile(r"(?<!\d)(?:19|20)\d{2}\s?[.년]\s?(?:1[0-2]|0?[1-9])\s?[.월]")
_OCCASION = re.compile(r"\d:\d{2}|제\s?\d+\s?[회차]|(?:보도|회의|참고|설명)\s?자료|붙임|별첨")
_HEADING = re.compile(
    r"[Ⅰ-Ⅻ]|[IVX]{1,4}\s?\.|제\s?\d+\s?[장절편부]\s|\d{1,2}\s?[.)](?!\s?\d)|[가나다라마바사]\s?\.\s"
    r"|[①-⑳]|[□■○●◦▶▷◆◇※*•·-](?![○●])"
)
_BODY = re.compile(  # contents list, heading or sentence
    rf"\W*(?:목\s*차|차\s*례|순\s*서|contents)\W*$|{_HEADING.pattern}|.*다\.$", re.IGNORECASE
)
_KIND = re.compile(
    r"(?:계획서?|보고서?|결과|현황|방안|대책|백서|(?<![도의고명])자료집?|지침|편람|전략|로드맵|개요|연보|통계|연구"
    r"|요구서|설명서|제안서|예산서?|결산서?|회의록|평가|안내서?|안)(?:\s?\([^()]*\))*$"
)
_OFFICE = re.compile(
    r"(?:.*\s)?[가-힣·]+(?:시|도|군|구|청|부|처|국|과|실|관|원|소|단|팀|센터|공사|공단|재단|본부|위원회)"
)
_NAMED = re.compile(r"(?:#\s+|(?:제\s*목|title)\s*:\s*)(\S.*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What the first lines tell; None where they do not."""

    title: str | None
    published: str | None


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    adjoins: bool  # no blank line above


def head_of(lines: Sequence[str]) -> Head:
    """Title, with year and department where they are printed, and the date as printed."""
    cover = tuple(_cover(lines))
    # A meeting has a day; the month alone is that of the report.
    dates = [
        (bool(match[2]), i) for i, line in enumerate(cover) if (match := _DATE.fullmatch(line.text))
    ]
    dated = min(dates)[1] if dates else len(cover)
    published = _date_of(cover[dated].text) if dated < len(cover) else _date_within(cover)
    title = _named(lines) or _above(cover, dated) or _best_line(cover)
    if not title:
        return Head(title=None, published=published)
    return Head(title=_full(title, _department(cover, dated), published), published=published)


def _cover(lines: Sequence[str]) -> Iterator[_Line]:
    """The lines with text before the contents list, the first heading and the first sentence."""
    adjoins = False
    printed = 0
    for raw in lines:
        text = join_spaced(clean(raw[:_LONGEST].replace("\f", " "))).strip("#* ")
        if _BODY.match(text) or printed == _COVER_LINES:
            return
        if any(map(str.isalnum, text)) and not is_page_mark(text):
            yield _Line(text, adjoins)
            printed += 1
            adjoins = True
        else:
            adjoins = False


def _named(lines: Sequence[str]) -> str | None:
    """A title that says it is one: `# …`, `제목: …`."""
    for raw in islice((line.strip() for line in lines if line.strip()), _COVER_LINES):
        if (match := _NAMED.match(raw)) and not _HEADING.match(match[1]):
            return clean(match[1]).strip("#*\"' ")
    return None


def _above(cover: Sequence[_Line], dated: int) -> str | None:
    """The line above the date, with those it continues."""
    if dated == len(cover):
        return None
    title = ""
    for line in reversed(cover[:dated]):
        joined = f"{line.text} {title}".strip()
        if len(joined) > _LINE_CHARS or not _may_be_title(line.text):
            break
        title = joined
        if not line.adjoins:
            break
    return title or None


def _best_line(cover: Sequence[_Line]) -> str | None:
    """The first line that names a kind of report, else the first that reads like a title."""
    titles = [line.text for line in cover if _may_be_title(line.text)]
    kinds = (text for text in titles if _KIND.search(text))
    return next(kinds, titles[0] if titles else None)


def _may_be_title(text: str) -> bool:
    return (
        4 <= len(text) <= _LINE_CHARS
        and "\t" not in text
        and bool(re.search("[가-힣]{2}", text))
        and not text.endswith((".", "다", ":", ","))
        and bool(_KIND.search(text) or not _OCCASION.search(text))
        and not _date_of(text)
    )


def _department(cover: Sequence[_Line], dated: int) -> str | None:
    """The office below the date."""
    for line in cover[dated + 1 : dated + 2]:
        if len(line.text) <= _DEPARTMENT_CHARS and _OFFICE.fullmatch(line.text):
            return line.text
    return None


def _date_of(text: str) -> str | None:
    """The date that is all the line says."""
    match = _DATE.fullmatch(text)
    return match[1].strip() if match else None


def _date_within(cover: Sequence[_Line]) -> str | None:
    """A date among other words of the cover, but not in a sentence or of figures (`기준`)."""
    short = (line.text for line in cover if len(line.text) <= _LINE_CHARS)
    dates = (_DATE_WITHIN.search(text) for text in short if not re.search(r"기준|다\.?$", text))
    return next((match[0] for match in dates if match), None)


def _full(title: str, department: str | None, published: str | None) -> str:
    """`업무계획 (기획실, 2025. 1.)`: adds what the title does not say, as far as there is room."""
    title = title[:_TITLE_CHARS]
    if department and department in title:
        department = None
    if published and re.search(_YEAR, title):
        published = None
    for parts in ((department, published), (published,), (department,)):
        added = ", ".join(part for part in parts if part)
        if added and len(title) + len(added) + 3 <= _TITLE_CHARS:
            return f"{title} ({added})"
    return title
