"""Gold questions, their evidence placed by its quote."""

from __future__ import annotations

import json
import re
import unicodedata

from samples.make.plain import Plain


def placed(questions: str, report: Plain) -> str:
    """The JSON lines with `line_start`, `line_end` and `page` of each quote as they are now."""
    folded = [_folded(line) for line in report.lines]
    records = [json.loads(line) for line in questions.splitlines() if line.strip()]
    for record in records:
        for evidence in record["evidence"]:
            line = _line(evidence["quote"], folded)
            evidence.update(line_start=line, line_end=line, page=report.sheets[line - 1])
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)


def _line(quote: str, folded: list[str]) -> int:
    """The only line that holds the quote."""
    found = [at for at, line in enumerate(folded, start=1) if _folded(quote) in line]
    if len(found) != 1:
        raise ValueError(f"stands in lines {found}: {quote}")
    return found[0]


def _folded(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
