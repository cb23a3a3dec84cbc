"""Public benchmarks in BEIR's folders: their queries as a set, their documents as evidence."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from eval.dataset import Evidence, load_gold, load_questions
from rag.errors import RagError

HEAD = "query-id\tcorpus-id\tscore\n"


def beir(folder: Path, qrels: str = HEAD + 'q2\td1\t2\nq2\td9\t0\nq2\td"3\t1\n') -> Path:
    queries = [{"_id": "q1", "text": "판정 없는 질문"}, {"_id": "q2", "text": "수도는 어디인가?"}]
    text = "\n".join(json.dumps(line, ensure_ascii=False) for line in queries)
    (folder / "queries.jsonl").write_text(text, encoding="utf-8")
    (folder / "qrels").mkdir()
    (folder / "qrels" / "test.tsv").write_text(qrels, encoding="utf-8")
    return folder


def test_judged_queries_are_asked_and_documents_are_evidence(tmp_path: Path) -> None:
    [gold] = load_gold(beir(tmp_path))
    assert (gold.question.id, gold.question.text) == ("q2", "수도는 어디인가?")
    assert gold.evidence == (
        Evidence(doc="d1", grade=2, whole_id=True),
        Evidence(doc='d"3', grade=1, whole_id=True),
    )
    assert gold.tells_documents_only


@pytest.mark.parametrize(
    ("qrels", "message"),
    [
        ("q2\td1\t1\n", "`query-id`, `corpus-id`, `score` 열 이름을"),
        (HEAD + "q2\td1\n", "test.tsv 2행: 질문 id, 문서 id, 점수"),
        (HEAD + "q2\td1\t높음\n", "test.tsv 2행"),
        (HEAD + "q2\td1\t0\n", "질문이 없습니다"),
    ],
)
def test_judgements_that_do_not_fit_are_told(tmp_path: Path, qrels: str, message: str) -> None:
    with pytest.raises(RagError) as error:
        load_questions(beir(tmp_path, qrels))
    assert message in str(error.value)


def test_a_folder_of_another_kind_is_told(tmp_path: Path) -> None:
    with pytest.raises(RagError, match=r"queries\.jsonl이 없어"):
        load_questions(tmp_path)
    (tmp_path / "queries.jsonl").write_text('{"_id": "q", "text": "?"}', encoding="utf-8")
    with pytest.raises(RagError, match=r"qrels/test\.tsv가 없습니다"):
        load_questions(tmp_path)
