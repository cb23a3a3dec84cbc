"""Gold questions whose evidence is found again, by its quote, in whatever was read of a report.

Gold names the lines of the text file; a PDF of the same report has others.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from rag.citation import stands
from rag.store import Store


def relined(gold: Path, source: Sequence[str], lines: Sequence[str]) -> Iterator[dict[str, object]]:
    """The questions, their evidence in `lines` instead of `source`; line 0 where it is not there.

    Of several places that say the same it is the one at the same depth of the report.
    """
    for record in gold.read_text(encoding="utf-8").splitlines():
        question = json.loads(record)
        for evidence in question["evidence"]:
            depth = evidence["line_start"] / len(source) * len(lines)
            found = [at for at, line in enumerate(lines, 1) if stands(evidence["quote"], line)]
            at = min(found, key=lambda at: abs(at - depth), default=0)
            evidence["line_start"] = evidence["line_end"] = at
        yield question


def text_of(store: Store, report: str) -> tuple[str, ...]:
    """All that was read of a report."""
    entry = next(entry for entry in store.reports() if entry.id == report)
    return store.lines(report, 1, entry.lines)
