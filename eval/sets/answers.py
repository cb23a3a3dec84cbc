"""Whether the answers that a question set holds can be given, and whether some were forgotten."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from eval.dataset import Gold
from eval.jsonl import Record
from eval.matching import says, squeeze
from eval.sets.columns import NO
from eval.sets.evidence import Finding

_MARKS = ("P", "Z")  # what a text of these alone says stands in any answer or in none
_REFUSAL = re.compile(
    r"(?:(?:이|본|해당)?(?:보고서|문서|자료|원문|본문)(?:에서?는?)?)?(?:관련|해당)?"
    r"(?:정보|내용|사항|답변?|정답|언급|기재)?[이가은는]?"
    r"(?:없음|없다|없습니다|알수없(?:음|다|습니다)|확인불가|확인할수없(?:음|다|습니다)|해당무|N/?A)\.?",
    re.IGNORECASE,
)


def answer_findings(gold: Sequence[tuple[Record, Gold]]) -> Iterator[Finding]:
    """Words that nothing can say, answers that tell there is none, and answers left blank."""
    asked = [(record, item) for record, item in gold if item.answerable]
    for record, item in asked:
        for group in item.must_include:
            if not any(map(_can_be_said, group)):
                yield _said_by_nothing(record, group)
        if _REFUSAL.fullmatch(squeeze(item.answer)):
            yield Finding(
                f"{record.where}: {record.shown('answer')} ‘{item.answer[:40]}’: 보고서에 답이 "
                f"없는 질문이라는 뜻이면 {record.shown('answerable')}에 {_no(record)} 적어 주세요.",
                False,
            )
    blank = [record.where for record, item in asked if not item.must_include]
    if 0 < len(blank) < len(asked):
        yield Finding(
            f"정답이 빈 질문이 {len(blank)}개입니다({', '.join(blank[:3])}"
            f"{' 등' if len(blank) > 3 else ''}). 답이 맞는지 채점하려면 정답을 적어 주세요.",
            False,
        )


def _can_be_said(variant: str) -> bool:
    says_something = any(not unicodedata.category(letter).startswith(_MARKS) for letter in variant)
    return says_something and says(variant, variant)


def _said_by_nothing(record: Record, group: Sequence[str]) -> Finding:
    field = "must_include" if record.values.get("must_include") else "answer"
    return Finding(
        f"{record.where}: {record.shown(field)} ‘{' | '.join(group)[:40]}’: 글자도 숫자도 없어 "
        "어떤 답도 맞을 수 없습니다. 답에 들어갈 말을 적거나, 보고서에 답이 없는 질문이면 "
        f"{record.shown('answerable')}에 {_no(record)} 적어 주세요.",
        True,
    )


def _no(record: Record) -> str:
    return f"‘{NO}’를" if record.names else "false를"
