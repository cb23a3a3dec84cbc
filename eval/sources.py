"""The texts that quotes must stand in: a folder of text reports, or what an index has read."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from eval.jsonl import read_text
from rag.errors import RagError
from rag.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A report as it was read."""

    id: str
    title: str
    lines: tuple[str, ...]  # line n is item n - 1
    pages: tuple[int | None, ...] = ()  # of each line; empty where the file does not tell
    file: str = ""  # name of the file, as users know it

    def text(self, first: int, last: int) -> str:
        """The lines `first` to `last`, as far as they exist."""
        return "\n".join(self.lines[max(first, 1) - 1 : last])

    def page(self, line: int) -> int | None:
        """The page a line stands on, where it is known."""
        return self.pages[line - 1] if 0 < line <= len(self.pages) else None


Sources = Mapping[str, Source]  # id -> source


def sources_in(folder: Path) -> Sources:
    """Every `.txt` of a folder; the id is the file's name up to its first dot."""
    files = sorted(folder.glob("*.txt"))
    if not files:
        raise RagError(f"{folder}: 보고서(.txt)가 없습니다. --reports에 원문 폴더를 적어 주세요.")
    sources = (
        Source(
            id=file.name.split(".")[0],
            title=file.stem,
            lines=tuple(read_text(file).split("\n")),
            file=file.name,
        )
        for file in files
    )
    found = dict[str, Source]()
    for source in sources:
        if source.id in found:
            raise RagError(
                f"{folder}: {found[source.id].file}와(과) {source.file}은(는) 첫 점 앞의 이름이 "
                "같아 가릴 수 없습니다. 이름을 바꿔 주세요."
            )
        found[source.id] = source
    return found


def sources_of(index: Path) -> Sources:
    """Every report of an index, as its readers read it."""
    with closing(Store.open(index)) as store:
        return {
            entry.id: Source(
                id=entry.id,
                title=entry.title,
                lines=store.lines(entry.id, 1, entry.lines),
                pages=store.line_pages(entry.id),
                file=Path(entry.path).name,
            )
            for entry in store.reports()
        }


def source_of(doc: str, sources: Sources) -> Source | None:
    """The source that a citation's `doc` names: whole, or up to its first dot."""
    return sources.get(doc) or sources.get(doc.split(".")[0])
