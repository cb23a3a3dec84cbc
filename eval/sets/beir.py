"""Public retrieval benchmarks as BEIR keeps them: corpus.jsonl, queries.jsonl, qrels/*.tsv.

`python -m index build FOLDER/corpus.jsonl` indexes the corpus; the folder itself is the question
set. Only queries with judgements are asked, and only passages are looked for.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path

from eval.jsonl import Record, read_records, read_text
from rag.errors import RagError

_SPLITS = ("test", "dev", "train")  # the first that is there
_COLUMNS = ("query-id", "corpus-id", "score")


def read_beir(folder: Path) -> tuple[Record, ...]:
    """The judged queries as rows of a question set; `RagError` where the folder is of no such kind.

    Thakur et al. (2021): a score of 0 judges a document irrelevant, which is what others are too.
    """
    queries = folder / "queries.jsonl"
    if not queries.is_file():
        raise RagError(
            f"{folder}: queries.jsonl이 없어 BEIR 폴더로 읽을 수 없습니다. "
            "질문 파일(.jsonl, .csv, .xlsx)이나 BEIR 폴더를 알려 주세요."
        )
    judged = _judged(_qrels_of(folder))
    return tuple(
        Record(record.where, _row(record, judged[record.text("_id")]), {"id": "_id"})
        for record in read_records(queries)
        if record.text("_id") in judged
    )


def _row(record: Record, documents: Mapping[str, int]) -> dict[str, object]:
    evidence = [{"doc": doc, "grade": grade, "whole_id": True} for doc, grade in documents.items()]
    return {"id": record.text("_id"), "question": record.text("text"), "evidence": evidence}


def _qrels_of(folder: Path) -> Path:
    files = [folder / "qrels" / f"{split}.tsv" for split in _SPLITS]
    found = next((file for file in files if file.is_file()), None)
    if found is None:
        raise RagError(f"{folder}: 정답 파일 qrels/test.tsv가 없습니다. BEIR 형식으로 넣어 주세요.")
    return found


def _judged(path: Path) -> dict[str, dict[str, int]]:
    """Query id to the grades of its relevant documents."""
    lines = read_text(path).splitlines()
    rows = csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    if tuple(next(rows, ())) != _COLUMNS:
        raise RagError(f"{path}: 첫 줄에 `{'`, `'.join(_COLUMNS)}` 열 이름을 탭으로 나눠 주세요.")
    judged: dict[str, dict[str, int]] = {}
    for number, row in enumerate(rows, start=2):
        try:
            query, document, score = row
            grade = int(score)
        except ValueError as error:
            raise RagError(
                f"{path.name} {number}행: 질문 id, 문서 id, 점수(정수)를 탭으로 나눠 적어 주세요."
            ) from error
        if grade > 0:
            judged.setdefault(query, {})[document] = grade
    return judged
