"""The path question -> passages -> answer as a LangChain runnable, to fit into others' chains.

The question is first made whole, where it follows on earlier ones: what it says is known to
whoever builds the chain, so that the chain itself takes a plain question.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import Runnable, RunnableConfig, RunnableLambda
from pydantic import ConfigDict

from rag.errors import QuestionError
from rag.korean import strip_tags
from rag.present import searched
from rag.protocols import Answerer, Retriever
from rag.types import Answer, Chunk, Hit, Span

LONGEST_QUESTION = 1000  # characters


class ReportRetriever(BaseRetriever):
    """Our retriever as LangChain knows retrievers: documents with report, section, page, lines."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    retriever: Any  # a `Retriever`, which pydantic cannot check at run time
    k: int = 10
    reports: tuple[str, ...] = ()

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[Document]:
        hits = self.retriever.search(query, k=self.k, reports=self.reports)
        return [to_document(hit) for hit in hits]


class AnswerStep(Runnable[dict[str, Any], Answer]):
    """`{"question": str, "resolved": str, "documents": [Document]}` -> Answer, whole or growing.

    `resolved` is the question that is answered; it may be left out where it is the same.
    """

    def __init__(self, answerer: Answerer) -> None:
        self._answerer = answerer

    def invoke(
        self,
        input: dict[str, Any],  # noqa: A002  LangChain's name
        config: RunnableConfig | None = None,
        **kwargs: Any,
    ) -> Answer:
        return _asked(input, self._answerer.answer(_resolved(input), _hits(input)))

    def stream(
        self,
        input: dict[str, Any],  # noqa: A002  LangChain's name
        config: RunnableConfig | None = None,
        **kwargs: Any | None,
    ) -> Iterator[Answer]:
        for answer in self._answerer.stream(_resolved(input), _hits(input)):
            yield _asked(input, answer)


def build_chain(
    retriever: Retriever,
    answerer: Answerer,
    *,
    k: int,
    reports: Sequence[str] = (),
    resolve: Callable[[str], str] = str,
) -> Runnable[str, Answer]:
    """A runnable with `invoke`, `stream`, `batch`; `QuestionError` where there is no question.

    `resolve` makes a question whole that leans on earlier ones.
    """
    retrieve = ReportRetriever(retriever=retriever, k=k, reports=tuple(reports))

    def passages(question: str, config: RunnableConfig) -> dict[str, Any]:
        def search(text: str) -> list[Document]:
            return retrieve.invoke(text, config)

        whole, documents = searched(resolve(question), search, lambda one: one.metadata["title"])
        return {"question": question, "resolved": whole, "documents": documents}

    return RunnableLambda(checked) | RunnableLambda(passages) | AnswerStep(answerer)


def checked(question: str) -> str:
    """The question without white space around it; `QuestionError` where it is empty or too long."""
    # Half a surrogate pair is no character: neither SQLite nor a model takes it.
    question = question.encode("utf-8", "ignore").decode("utf-8").strip()
    if not any(character.isalnum() for character in strip_tags(question)):
        raise QuestionError("질문을 입력해 주세요. 예: 올해 청년 일자리 사업의 예산은 얼마인가요?")
    if len(question) > LONGEST_QUESTION:
        raise QuestionError(
            f"질문이 너무 깁니다({len(question):,}자). {LONGEST_QUESTION:,}자 안으로 줄여 주세요."
        )
    return question


def to_document(hit: Hit) -> Document:
    """A hit as a document; `to_hit` gives it back unchanged."""
    chunk, span = hit.chunk, hit.chunk.span
    metadata = {
        "report_id": chunk.report_id,
        "title": chunk.report_title,
        "section": list(chunk.section),
        "first_page": span.first_page,
        "last_page": span.last_page,
        "page_exact": span.page_exact,
        "first_line": span.first_line,
        "last_line": span.last_line,
        "printed_page": span.printed_page,
        "ocr": span.ocr,
        "score": hit.score,
        "source": hit.source,
    }
    return Document(id=chunk.id, page_content=chunk.text, metadata=metadata)


def to_hit(document: Document) -> Hit:
    """The hit a document was made of."""
    told = document.metadata
    span = Span(
        first_page=told["first_page"],
        last_page=told["last_page"],
        page_exact=told["page_exact"],
        first_line=told["first_line"],
        last_line=told["last_line"],
        printed_page=told["printed_page"],
        ocr=told["ocr"],
    )
    chunk = Chunk(
        id=str(document.id),
        report_id=told["report_id"],
        report_title=told["title"],
        section=tuple(told["section"]),
        text=document.page_content,
        span=span,
    )
    return Hit(chunk=chunk, score=told["score"], source=told["source"])


def _hits(given: dict[str, Any]) -> tuple[Hit, ...]:
    return tuple(to_hit(document) for document in given["documents"])


def _resolved(given: dict[str, Any]) -> str:
    return str(given.get("resolved", given["question"]))


def _asked(given: dict[str, Any], answer: Answer) -> Answer:
    """The answer to the question as it was asked."""
    question, resolved = given["question"], _resolved(given)
    return replace(answer, question=question, resolved=None if resolved == question else resolved)
