"""The main path: question, made whole -> passages -> answer with checked citations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from langchain_core.runnables import Runnable

from rag.chain import build_chain, checked
from rag.errors import QuestionError
from rag.followups.conversation import Conversation
from rag.protocols import Answerer, Retriever
from rag.settings import AnswererName, Settings
from rag.store import Store
from rag.stored import ReportEntry
from rag.types import Answer, Citation, Hit


class Assistant:
    """Answers a question from the reports, or says that they do not tell; keeps no user's state."""

    def __init__(
        self, *, retriever: Retriever, answerer: Answerer, store: Store, passages: int = 10
    ) -> None:
        self._retriever = retriever
        self._answerer = answerer
        self._store = store
        self._passages = passages
        self._conversation = Conversation(store)

    @classmethod
    def open(
        cls,
        index_dir: Path | str | None = None,
        *,
        settings: Settings | None = None,
        answerer: AnswererName | None = None,
    ) -> Assistant:
        """The assistant over an index on disk; `IndexError_` says what is wrong and the cure."""
        from rag.wiring import open_assistant

        settings = settings or Settings.load()
        answerer = answerer or ("llm" if settings.llm else "extractive")
        directory = Path(index_dir) if index_dir else settings.index_dir
        return open_assistant(directory, settings, answerer)

    def chain(
        self, *, reports: Sequence[str] = (), history: Sequence[Answer] = ()
    ) -> Runnable[str, Answer]:
        """The whole path as a LangChain runnable, for a question after those of `history`.

        `reports` (ids) narrow the search.
        """
        return build_chain(
            self._retriever,
            self._answerer,
            k=self._passages,
            reports=self._known(reports),
            resolve=partial(self._conversation.resolved, history=history),
        )

    def ask(
        self, question: str, *, reports: Sequence[str] = (), history: Sequence[Answer] = ()
    ) -> Answer:
        """The answer; `QuestionError` where there is no question, or no such report.

        `history` holds the earlier answers of the conversation, oldest first.
        """
        return self.chain(reports=reports, history=history).invoke(question)

    def stream(
        self, question: str, *, reports: Sequence[str] = (), history: Sequence[Answer] = ()
    ) -> Iterator[Answer]:
        """The same answer as it grows; the last one is what `ask` returns."""
        yield from self.chain(reports=reports, history=history).stream(question)

    def search(self, question: str, *, k: int = 10, reports: Sequence[str] = ()) -> tuple[Hit, ...]:
        """The passages alone: at most `k`, best first."""
        return self._retriever.search(checked(question), k=k, reports=self._known(reports))

    def reports(self) -> tuple[ReportEntry, ...]:
        """What can be asked about."""
        return self._store.reports()

    def source_lines(self, citation: Citation) -> tuple[str, ...]:
        """The lines a citation stands in, as the report has them."""
        span = citation.span
        return self._store.lines(citation.report_id, span.first_line, span.last_line)

    def _known(self, reports: Sequence[str]) -> Sequence[str]:
        """The reports as given: a mistyped id must not look like a report that says nothing."""
        unknown = sorted(set(reports) - {entry.id for entry in self._store.reports()})
        if unknown:
            raise QuestionError(
                f"색인에 없는 보고서입니다: {', '.join(unknown)}. "
                "`python -m index status`로 이름을 확인해 주세요."
            )
        return reports
