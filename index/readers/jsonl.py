"""Passage collections: `{"doc", "title", "page", "section", "text"}` a line.

Only `doc` and `text` are required; `_id` will do for `doc`, as public retrieval benchmarks name it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from index.readers.lines import split_lines, without_feeds
from index.readers.source import Source
from index.readers.text import decoded
from rag.korean import clean
from rag.types import Page, Report

_TITLE_CHARS = 120  # the title is embedded with every passage
_HALF_CHARACTER = re.compile(r"[\ud800-\udfff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Record:
    doc: str
    title: str
    page: int | None
    section: tuple[str, ...]
    lines: tuple[str, ...]


@dataclass(slots=True)
class _Draft:
    """A report while its records come in."""

    title: str = ""
    pages: list[Page] = field(default_factory=list)
    next_line: int = 1

    def add(self, record: _Record) -> None:
        self.title = self.title or record.title
        self.pages.append(
            Page(
                number=record.page,
                exact=record.page is not None,
                first_line=self.next_line,
                lines=record.lines,
                section=record.section,
            )
        )
        self.next_line += len(record.lines)


def read_jsonl(source: Source) -> tuple[Report, ...]:
    """A report for every `doc`, in order of appearance; each record is a page of its own."""
    drafts: dict[str, _Draft] = {}
    for record in _records(source):
        drafts.setdefault(record.doc, _Draft()).add(record)
    if not drafts:
        raise source.error("글자가 없는 파일입니다. text에 본문을 적어 주세요.")
    return tuple(
        Report(
            id=doc,
            title=draft.title or doc,
            path=source.shown,
            sha256=source.sha256,
            published=None,
            pages=tuple(draft.pages),
        )
        for doc, draft in drafts.items()
    )


def _records(source: Source) -> Iterator[_Record]:
    """The records that hold any text."""
    for number, line in enumerate(decoded(source).split("\n"), start=1):
        if not line.strip():
            continue
        try:
            record = _record(_parsed(line))
        except RecursionError as error:
            raise source.error(
                f"{number}번째 줄의 JSON이 너무 깊습니다. 한 단계로 적어 주세요."
            ) from error
        except json.JSONDecodeError as error:
            raise source.error(
                f"{number}번째 줄이 JSON이 아닙니다({error.colno}번째 글자). "
                "한 줄에 JSON 객체 하나씩 적어 주세요."
            ) from error
        except ValueError as error:
            raise source.error(f"{number}번째 줄: {error}") from error
        if any(text.strip() for text in record.lines):
            yield record


def _parsed(line: str) -> dict[str, Any]:
    value = json.loads(line)
    if not isinstance(value, dict):
        raise ValueError('JSON 객체가 아닙니다. {"doc": …, "text": …} 꼴로 적어 주세요.')
    # Only an escape can smuggle in half a character, which could not be stored.
    if "\\u" in line and _HALF_CHARACTER.search(json.dumps(value, ensure_ascii=False)):
        raise ValueError("깨진 글자(\\ud800 등)가 있습니다. 원문을 확인해 주세요.")
    return value


def _record(value: dict[str, Any]) -> _Record:
    doc = _name(_text(value, "doc") or _text(value, "_id"))
    if not doc:
        raise ValueError("doc 값이 없습니다. 문서 이름을 적어 주세요.")
    if value.get("text") is None:
        raise ValueError("text 값이 없습니다. 본문을 적어 주세요.")
    return _Record(
        doc=doc,
        title=_shown(_text(value, "title"))[:_TITLE_CHARS],
        page=_page(value),
        section=_section(value),
        lines=without_feeds(split_lines(_text(value, "text"))),
    )


def _text(value: dict[str, Any], key: str) -> str:
    text = value.get(key)
    if text is None:
        return ""
    if not isinstance(text, str):
        raise ValueError(f"{key} 값은 글자여야 합니다. 따옴표로 묶어 주세요.")
    return text


def _page(value: dict[str, Any]) -> int | None:
    page = value.get("page")
    if page is None:
        return None
    if not isinstance(page, int) or isinstance(page, bool) or page < 1:
        raise ValueError(
            "page 값은 1 이상의 정수여야 합니다. 쪽을 모르면 빼거나 null로 적어 주세요."
        )
    return page


def _section(value: dict[str, Any]) -> tuple[str, ...]:
    section = value.get("section")
    if section is None:
        return ()
    if not isinstance(section, list) or not all(isinstance(name, str) for name in section):
        raise ValueError('section 값은 제목의 목록이어야 합니다. ["1장", "1절"]처럼 적어 주세요.')
    return tuple(name for raw in section if (name := _shown(raw)))


@lru_cache(maxsize=1024)
def _name(text: str) -> str:
    """A document's name: verbatim, since gold answers name it so, but on one line."""
    return " ".join(split_lines(text)).strip()


@lru_cache(maxsize=1024)
def _shown(text: str) -> str:
    """A title or heading on one line; thousands of records repeat it."""
    return " ".join(" ".join(split_lines(clean(text))).split())
