"""Everything wrong with a question set, told at once: which row, what, and the cure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.dataset import Gold, Question, questions_in, read_gold, records_of, repeated, require_size
from eval.jsonl import Record, parse_record, read_text
from eval.sets.answers import answer_findings
from eval.sets.columns import SUFFIXES
from eval.sets.evidence import source_findings
from eval.sources import Sources
from rag.errors import RagError

Pair = tuple[Record, Question]
_GOLD = ("answer", "must_include", "evidence", "answerable")
_NOTHING: tuple[object, ...] = (None, "", [])


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What a check found; the counts are of the rows that can be read."""

    errors: tuple[str, ...]
    warnings: tuple[str, ...]
    questions: int
    with_evidence: int


def check_set(path: Path, sources: Sources) -> Checked:
    """All problems of a set; without sources, those that the set itself shows."""
    errors, warnings = list[str](), list[str]()
    pairs = [pair for item in _items(path) for pair in _pairs(item, errors, warnings)]
    try:
        require_size(path, len(pairs))
    except RagError as error:
        return Checked(errors=(str(error),), warnings=(), questions=len(pairs), with_evidence=0)
    errors += repeated(pairs)
    if not pairs and not errors:
        errors.append(f"{path}: 질문이 없습니다. 질문을 한 줄에 하나씩 적어 주세요.")
    gold = _gold(pairs, errors, warnings)
    for finding in (*answer_findings(gold), *(source_findings(gold, sources) if sources else ())):
        (errors if finding.is_error else warnings).append(finding.text)
    return Checked(
        errors=tuple(errors),
        warnings=tuple(warnings),
        questions=len(pairs),
        with_evidence=sum(bool(item.evidence) for _, item in gold),
    )


def _items(path: Path) -> Iterator[Record | RagError | str]:
    """The rows of a set, those that cannot be read among them as errors; texts are warnings."""
    if path.is_dir():
        yield from records_of(path)
    elif path.suffix.lower() in SUFFIXES:
        from eval.sets.sheets import sheet_items

        yield from sheet_items(path)
    else:
        lines = read_text(path).split("\n")
        if any(map(str.strip, lines)) and not any(line.lstrip()[:1] == "{" for line in lines):
            yield RagError(
                f"{path}: 한 줄에 JSON 객체가 하나인 파일이 아닙니다. CSV라면 이름을 .csv로 바꿔 "
                "주세요."
            )
            return
        for number, line in enumerate(lines, start=1):
            if line.strip():
                yield _parsed(line, f"{path.name} {number}행")


def _parsed(line: str, where: str) -> Record | RagError:
    try:
        return parse_record(line, where=where)
    except RagError as error:
        return error


def _pairs(item: Record | RagError | str, errors: list[str], warnings: list[str]) -> Iterator[Pair]:
    if not isinstance(item, Record):
        (warnings if isinstance(item, str) else errors).append(str(item))
        return
    try:
        yield from questions_in(item)
    except RagError as error:
        errors.append(str(error))


def _gold(
    pairs: Sequence[Pair], errors: list[str], warnings: list[str]
) -> list[tuple[Record, Gold]]:
    if pairs and all(record.values.get(name) in _NOTHING for record, _ in pairs for name in _GOLD):
        warnings.append(
            "정답이 하나도 없는 질문 묶음입니다. 물을 수는 있지만 채점할 수는 없습니다. "
            "채점하려면 정답이나 근거를 적어 주세요."
        )
        return []
    gold = []
    for record, question in pairs:
        try:
            gold.append((record, read_gold(record, question)))
        except RagError as error:
            errors.append(str(error))
    return gold
