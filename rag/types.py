"""The nouns of the project; `protocols.py` has the verbs, `assistant.py` the main path.

Texts are NFC, pages and lines count from 1, ranges include both ends.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

BlockKind = Literal["heading", "text", "table"]
StatementKind = Literal["line", "cell"]
HitSource = Literal["dense", "lexical", "hybrid"]
Box = tuple[float, float, float, float]  # left, top, right, bottom in points, from the page's top


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Lines that stand on one page; `number` is None where the file does not tell."""

    number: int | None
    exact: bool
    first_line: int
    lines: tuple[str, ...]
    section: tuple[str, ...] = ()  # heading path, where the file itself gives one (JSONL corpora)
    printed: int | None = None  # the number printed on it, where `number` counts sheets
    ocr: bool = False  # read from a picture, so letters may be wrong
    boxes: tuple[tuple[Box, ...], ...] = ()  # where each line is drawn; none where nothing is drawn


@dataclass(frozen=True, slots=True, kw_only=True)
class TableShape:
    """How the file itself draws a table, row by row on the lines of its span.

    Such a line has the cells that begin in its row, parted by tabs, those that begin elsewhere
    empty; `grid` has the whole text of a merged cell in every place that it covers.
    """

    first_line: int
    last_line: int
    head: int  # rows of labels at the top
    grid: tuple[tuple[str, ...], ...]  # one row a line, all of the same width
    repeated: tuple[int, ...] = ()  # rows (from 0) that print the head again on a later page


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One document as read, before it is cut."""

    id: str  # the file's stem, or the record's `doc` in a JSONL corpus
    title: str
    path: str
    sha256: str  # of the file
    published: str | None  # as printed, e.g. "2022. 2."
    pages: tuple[Page, ...]
    tables: tuple[TableShape, ...] = ()  # in order; none where the file only has rows with tabs
    headings: tuple[tuple[int, int], ...] = ()  # (line, level from 1) where the file marks them
    notices: tuple[str, ...] = ()  # what could not be read, for the user, in Korean

    @property
    def lines(self) -> tuple[str, ...]:
        """All lines; line n of the source is item n - 1."""
        return tuple(line for page in self.pages for line in page.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Where a text stands; pages are None where the file does not tell them."""

    first_page: int | None
    last_page: int | None
    page_exact: bool  # False: the page is an estimate and must be shown as one
    first_line: int
    last_line: int
    printed_page: int | None = None  # printed on the first page, where that is another number
    ocr: bool = False  # read from a picture


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A run of lines of one kind, verbatim."""

    kind: BlockKind
    text: str
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """The blocks that stand under one heading path, outermost heading first."""

    path: tuple[str, ...]
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chunk:
    """The unit of retrieval: verbatim lines, and where they stand."""

    id: str  # "<report id>:<ordinal, four digits>"; stable while the file is unchanged
    report_id: str
    report_title: str
    section: tuple[str, ...]
    text: str
    span: Span

    @property
    def search_text(self) -> str:
        """What is embedded and tokenized: title, heading path, then the text.

        Where the text begins with its own heading, the path above it suffices.
        """
        last = "".join(self.section[-1:]).replace(" ", "")
        repeated = bool(last) and self.text.replace(" ", "").startswith(last)
        path = self.section[:-1] if repeated else self.section
        return "\n".join((self.report_title, " > ".join(path), self.text))


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """The unit of answering: one line, list item or table cell, with what it says it about."""

    text: str  # verbatim, tags removed
    context: tuple[str, ...]  # parent bullets, or column and row label; outermost first
    span: Span
    chunk_id: str
    kind: StatementKind
    unit: str = ""  # what a bare figure in a table counts, e.g. "백만원"
    head: tuple[int, ...] = ()  # of a cell: the lines that print the labels of its columns


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A chunk found for a question. Scores compare only within one `source`; higher is better."""

    chunk: Chunk
    score: float
    source: HitSource


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """The evidence of an answer: `quote` stands verbatim in the lines of `span`, tags aside."""

    number: int  # as in the answer's [1]
    report_id: str
    report_title: str
    section: tuple[str, ...]
    span: Span
    quote: str
    head: tuple[str, ...] = ()  # for a table row, the lines that print its column labels


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What one question gave. Without a verified citation it is a refusal."""

    question: str
    text: str
    citations: tuple[Citation, ...]  # most important first
    hits: tuple[Hit, ...]  # best first
    abstained: bool
    reason: str | None = None  # why it was refused, in Korean
    resolved: str | None = None  # the question as it was understood; None where it was so already
    confidence: float | None = None  # in [0, 1]; compares within one answerer, refusals aside
