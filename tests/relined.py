"""Gold questions whose evidence is found again, by its quote, in whatever was read of a report.

Gold names the lines of the text file; a PDF of the same report has others.
`python -m tests.relined QUESTIONS.jsonl REPORT.txt INDEX FOLDER` writes both, the questions and the
lines of the report of that name in the index, into the folder.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from rag.citation import stands
from rag.store import Store


def relined(gold: Path, source: Sequence[str], lines: Sequence[str]) -> Iterator[dict[str, Any]]:
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


def write_relined(gold: Path, *, source: Path, index: Path, into: Path) -> Path:
    """The file of the questions as they fit the report as it stands in the index.

    Evidence that is not there stands behind the last line, where no answer can meet it.
    """
    with closing(Store.open(index)) as store:
        lines = text_of(store, source.stem)
    (into / f"{source.stem}.txt").write_text("\n".join(lines), encoding="utf-8")
    questions = list(relined(gold, source.read_text(encoding="utf-8").split("\n"), lines))
    for evidence in (evidence for question in questions for evidence in question["evidence"]):
        if not evidence["line_start"]:
            evidence["line_start"] = evidence["line_end"] = len(lines) + 1
    written = into / "questions.jsonl"
    written.write_text(
        "".join(json.dumps(question, ensure_ascii=False) + "\n" for question in questions),
        encoding="utf-8",
    )
    return written


if __name__ == "__main__":
    gold_file, source_file, index_folder, into_folder = map(Path, sys.argv[1:])
    write_relined(gold_file, source=source_file, index=index_folder, into=into_folder)
