"""What the benchmark of reading measures, not how fast that is."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.bench_read import Speed, measured, only
from index.readers.source import Source, load
from rag.errors import ReportError

SAMPLE = Path(__file__).parent.parent / "samples" / "hanbit_2025_report.pdf"
COVER, TABLES, SCAN = 1, 3, 18  # sheets


def _sheets(*numbers: int) -> Source:
    return only(load(SAMPLE, max_bytes=2**24), numbers)


def test_pages_with_and_without_tables_are_timed_apart_and_scans_not_at_all() -> None:
    speeds = measured(_sheets(COVER, TABLES, SCAN), rounds=1)
    assert [(speed.name, speed.pages) for speed in speeds] == [
        ("스캔 아닌 쪽", 2),
        ("표가 있는 쪽", 1),
        ("표가 없는 쪽", 1),
    ]
    assert all(speed.ours > 0 and speed.plain > 0 for speed in speeds)


def test_a_file_of_scans_alone_says_so() -> None:
    with pytest.raises(ReportError, match="글자 정보가 있는 쪽이 없습니다"):
        measured(_sheets(SCAN))


def test_the_ratio_is_told() -> None:
    line = Speed(name="표가 있는 쪽", pages=1234, ours=60, plain=8).line()
    assert " ".join(line.split()) == (
        "표가 있는 쪽 1,234쪽 이 프로그램 60.0 쪽/초 pdfplumber 8.0 쪽/초 7.5배"
    )
