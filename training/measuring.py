"""What an encoder is worth: how well its vectors alone find the text that answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from training.texts import Answered, Line, Passage

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Questions = Mapping[str, set[str]]  # question -> the texts that answer it


def held_out(
    answered: Sequence[Answered], lines: Sequence[Line], passages: Sequence[Passage]
) -> dict[str, tuple[list[str], Questions]]:
    """Name -> texts to search and questions, none of them learned from.

    Each welfare answer is a text; of ours, every passage and line is one, held out or not, and what
    is like the lines held out.
    """
    kept = [one for one in answered if one.held_out]
    found: dict[str, tuple[list[str], Questions]] = {}
    if kept:
        found["welfare"] = (
            [one.text for one in kept],
            _by_question((one.question, one.text) for one in kept),
        )
    texts = [
        f"{one.section}\n{text}"
        for one in lines
        for text in (one.text, *(one.near if one.held_out else ()))
    ]
    found["lines"] = (
        texts,
        _by_question(
            (question, f"{one.section}\n{one.text}")
            for one in lines
            if one.held_out
            for question in one.questions
        ),
    )
    found["passages"] = (
        [one.text for one in passages],
        _by_question(
            (asked.question, one.text)
            for one in passages
            if one.held_out
            for asked in one.asked
            if asked.line
        ),
    )
    return found


def figures(
    model: SentenceTransformer, texts: Sequence[str], questions: Questions
) -> dict[str, float]:
    """hit@1, hit@5 and nDCG@10 of the exact ranking by cosine."""
    from sentence_transformers.sentence_transformer.evaluation import InformationRetrievalEvaluator

    distinct = list(dict.fromkeys(texts))
    names = {text: str(number) for number, text in enumerate(distinct)}
    evaluator = InformationRetrievalEvaluator(
        queries={question: question for question in questions},
        corpus={names[text]: text for text in distinct},
        relevant_docs={
            question: {names[text] for text in right} for question, right in questions.items()
        },
        batch_size=8,
        write_csv=False,
    )
    told = evaluator(model)
    wanted = {"hit@1": "accuracy@1", "hit@5": "accuracy@5", "nDCG@10": "ndcg@10"}
    return {name: float(told[f"cosine_{key}"]) for name, key in wanted.items()}


def _by_question(pairs: Iterable[tuple[str, str]]) -> Questions:
    found: dict[str, set[str]] = {}
    for question, text in pairs:
        found.setdefault(question, set()).add(text)
    return found
