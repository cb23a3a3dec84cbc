"""Answers written by a language model, kept only as far as the passages bear them out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from importlib import import_module

from langchain_core.language_models import BaseChatModel
from langchain_core.output_parsers import StrOutputParser

from rag.amounts import money
from rag.citation import cite_from
from rag.errors import ModelError, RagError
from rag.korean import fold, tokenize
from rag.prompt import PROMPT, passages_text
from rag.protocols import Evidence
from rag.types import Answer, Citation, Hit, Statement
from rag.wording import LONG

_MARK = re.compile(r"\s*\[(\d{1,2})\]")
_MARKED = re.compile(r"[^\[\]\n]+(?:\s*\[\d{1,2}\])+\.?")
_SENTENCE_END = re.compile(r"(?<=[가-힣][.!?])\s+")  # not the point of `'24. 2월`
_FIGURE = re.compile(r"\d+(?:\.\d+)?")
_ROOM = LONG - 100  # characters of the sentences, which leaves some for their marks
_LONGEST_REPLY = 2000  # characters read of a model that does not stop
_LONGEST_ERROR = 200
UNSUPPORTED = "찾은 대목으로는 답을 확인할 수 없습니다."


class LanguageModelAnswerer:
    """A sentence stays when it names a passage and every figure in it stands in that passage."""

    def __init__(self, model: BaseChatModel, evidence: Evidence) -> None:
        self._reply = PROMPT | model | StrOutputParser()
        self._evidence = evidence

    def answer(self, question: str, hits: tuple[Hit, ...]) -> Answer:
        """`ModelError` when the model cannot be reached."""
        return list(self.stream(question, hits))[-1]

    def stream(self, question: str, hits: tuple[Hit, ...]) -> Iterator[Answer]:
        """Every sentence is shown once it is whole and checked."""
        reply, shown = "", ""
        try:
            for piece in self._reply.stream(
                {"question": question, "passages": passages_text(hits)}
            ):
                reply += piece
                if len(reply) > _LONGEST_REPLY:
                    break
                if "]" not in piece:  # a sentence is whole with its mark
                    continue
                answer = self._checked(question, reply, hits)
                if answer.text != shown and not answer.abstained:
                    shown = answer.text
                    yield answer
        except RagError:
            raise
        except Exception as error:
            raise ModelError(
                "언어 모델이 답하지 않았습니다. 연결과 설정(RAG_LLM)을 확인해 주세요: "
                + _one_line(error)
            ) from error
        yield self._checked(question, reply, hits)

    def _checked(self, question: str, reply: str, hits: tuple[Hit, ...]) -> Answer:
        sentences, citations = list[str](), list[Citation]()
        for sentence, numbers in _sentences(reply):
            if sum(map(len, sentences)) + len(sentence) >= _ROOM:
                break
            found = [
                self._citation(sentence, hits[n - 1], len(citations) + 1)
                for n in numbers
                if 0 < n <= len(hits)
            ]
            cited = next((citation for citation in found if citation), None)
            if cited:
                sentences.append(f"{sentence} [{cited.number}]")
                citations.append(cited)
        refused = not citations
        return Answer(
            question=question,
            text=UNSUPPORTED if refused else " ".join(sentences),
            citations=tuple(citations),
            hits=hits,
            abstained=refused,
            reason=UNSUPPORTED if refused else None,
        )

    def _citation(self, sentence: str, hit: Hit, number: int) -> Citation | None:
        """The passage's statement nearest to the sentence, when the passage holds its figures."""
        if not borne_out(sentence, hit.chunk.search_text):
            return None
        statements = self._evidence.statements_of(hit.chunk)
        best = max(statements, key=lambda one: _nearness(sentence, one), default=None)
        if best is None or _nearness(sentence, best) == (0, 0):
            return None
        return cite_from(self._evidence, number, hit.chunk, best)


def borne_out(sentence: str, passage: str) -> bool:
    """Whether every figure of the sentence stands in the passage, sums of money by their value.

    >>> borne_out("예산은 572억 2,900만원입니다", "소요예산 : 57,229백만원")
    True
    >>> borne_out("3명", "13명")
    False
    """
    sums = {amount.won for amount in money(passage)}
    for amount in money(sentence):
        if amount.won not in sums:
            return False
        sentence = sentence.replace(amount.text, " ", 1)
    return set(_FIGURE.findall(fold(sentence))) <= set(_FIGURE.findall(fold(passage)))


def open_model(name: str) -> BaseChatModel:
    """Any chat model LangChain knows, as `provider:model`; `ModelError` names what is missing."""
    try:
        model = import_module("langchain.chat_models").init_chat_model(name, temperature=0)
    except (ImportError, ValueError) as error:
        raise ModelError(
            f"언어 모델 {name!r}을(를) 열 수 없습니다(RAG_LLM): {_one_line(error)}"
        ) from error
    if not isinstance(model, BaseChatModel):
        raise ModelError(f"언어 모델 {name!r}은(는) 대화 모델이 아닙니다(RAG_LLM).")
    return model


def _sentences(reply: str) -> Iterator[tuple[str, Sequence[int]]]:
    """Whole sentences with the passage numbers at their end; one without is left out."""
    for part in _MARKED.findall(reply):
        numbers = [int(number) for number in _MARK.findall(part)]
        marked = _SENTENCE_END.split(_MARK.sub("", part).strip())[-1]
        sentence = marked.removesuffix(".").strip()
        if sentence:
            yield sentence + ".", numbers


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())[:_LONGEST_ERROR]


def _nearness(sentence: str, statement: Statement) -> tuple[int, int]:
    """Figures first, then words in common."""
    text = " ".join((*statement.context, statement.text))
    figures = set(_FIGURE.findall(fold(sentence))) & set(_FIGURE.findall(fold(statement.text)))
    return len(figures), len(set(tokenize(sentence)) & set(tokenize(text)))
