"""Write the sample report in its four formats: `python -m samples.make`."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from samples.make.hangul import write_hwpx
from samples.make.pdf import FRONT, write_pdf
from samples.make.plain import Plain, contents_lines, plain, tables_of
from samples.make.questions import placed
from samples.make.source import parse
from samples.make.word import write_docx

STEM = "hanbit_2025_report"


def main(root: Path) -> None:
    """Write everything that is made from the source, below the repository's root."""
    samples, twins = root / "samples", root / "tests" / "reports"
    twins.mkdir(parents=True, exist_ok=True)
    text = (samples / "source" / f"{STEM}.source").read_text(encoding="utf-8")
    source = parse(text)
    places = write_pdf(source, samples / f"{STEM}.pdf")
    lines = plain(source, places)
    contents = contents_lines(source, places)
    (twins / f"{STEM}.txt").write_text(lines.text(), encoding="utf-8")
    (twins / f"{STEM}.hwpx").write_bytes(write_hwpx(source, contents))
    (twins / f"{STEM}.docx").write_bytes(write_docx(source, contents))
    layout = {
        "sheets": max(lines.sheets),
        "front": FRONT,  # sheets before the first printed number
        "tables": tables_of(source, places, lines),
        "lines": _by_sheet(lines),
    }
    (samples / "tables.json").write_text(
        json.dumps(layout, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )
    questions = samples / "report_questions.jsonl"
    if questions.exists():
        asked = placed(questions.read_text(encoding="utf-8"), lines)
        questions.write_text(asked, encoding="utf-8")


def _by_sheet(lines: Plain) -> dict[int, list[str]]:
    """The lines of the text that stand on each sheet."""
    sheets: dict[int, list[str]] = {}
    for sheet, line in zip(lines.sheets, lines.lines, strict=True):
        if line:
            sheets.setdefault(sheet, []).append(line)
    return sheets


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[2])
