"""Gold that names a quote or a page, given the lines it stands on in the texts at hand."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate, groupby

from eval.cases import is_of
from eval.dataset import Evidence, Gold, Lines
from eval.matching import first_part, squeeze, without_tags
from eval.sources import Source, Sources
from rag.errors import RagError

NOWHERE: Lines = (0, 0)  # no passage meets it


def located(gold: Sequence[Gold], sources: Sources, *, by_quote: bool = False) -> tuple[Gold, ...]:
    """The same gold with lines for every quote and page.

    A quote that stands nowhere can be met by nothing. `RagError` where a quote is all that is told
    and there is no text to find it in.
    """
    finder = _Finder(sources)
    return tuple(
        replace(
            item,
            evidence=tuple(_located(one, item, finder, by_quote=by_quote) for one in item.evidence),
        )
        for item in gold
    )


def _located(one: Evidence, item: Gold, finder: _Finder, *, by_quote: bool) -> Evidence:
    if finder.is_one_of_several(one):
        one = replace(one, whole_id=True)
    if one.is_whole or (one.places and not (by_quote and one.quote)):
        return one
    if not finder.sources:
        if one.quote and not one.page:
            raise RagError(
                f"질문 `{item.question.id}`의 근거는 인용문뿐이어서 원문이 있어야 잽니다. "
                "--index로 색인 폴더를, 또는 --reports로 원문 폴더를 알려 주세요."
            )
        return replace(one, quote="", places=())
    if one.quote:
        return replace(one, places=finder.quote(one) or (NOWHERE,))
    return replace(one, places=finder.page(one))


class _Finder:
    """The sources, each squeezed once however many quotes are looked for."""

    def __init__(self, sources: Sources) -> None:
        self.sources = sources
        self._texts = dict[str, _Text]()
        self._found = dict[tuple[str, bool], list[Source]]()

    def is_one_of_several(self, one: Evidence) -> bool:
        """Whether it names a report whole that others begin with: `1` beside `10`."""
        return not one.whole_id and one.doc in self.sources and len(self._of(one)) > 1

    def quote(self, one: Evidence) -> tuple[Lines, ...]:
        """The places of its quote, on its page where the quote stands there."""
        found = [
            (source, place)
            for source in self._of(one)
            for place in self._text(source).find(one.quote)
        ]
        on_page = [place for source, place in found if one.page == source.page(place[0])]
        return tuple(on_page or (place for _, place in found))

    def page(self, one: Evidence) -> tuple[Lines, ...]:
        """The lines of its page; none where pages are not known: then its number counts."""
        return tuple(place for source in self._of(one) for place in _page_lines(source, one.page))

    def _of(self, one: Evidence) -> list[Source]:
        key = (one.doc, one.whole_id)
        if key not in self._found:
            self._found[key] = [self.sources[doc] for doc in self.sources if is_of(doc, one)]
        return self._found[key]

    def _text(self, source: Source) -> _Text:
        if source.id not in self._texts:
            self._texts[source.id] = _Text(source)
        return self._texts[source.id]


class _Text:
    """A source without white space and tags, and where each of its lines ends in it."""

    def __init__(self, source: Source) -> None:
        lines = [squeeze(without_tags(line)) for line in source.lines]
        self._text = "".join(lines)
        self._ends = list(accumulate(map(len, lines)))

    def find(self, quote: str) -> Iterator[Lines]:
        """Every place of the quote; none for an empty one."""
        wanted = squeeze(first_part(without_tags(quote)))
        at = self._text.find(wanted) if wanted else -1
        while at >= 0:
            first = bisect_right(self._ends, at) + 1
            yield first, bisect_left(self._ends, at + len(wanted)) + 1
            at = self._text.find(wanted, at + len(wanted))


def _page_lines(source: Source, page: int | None) -> Iterator[Lines]:
    numbered = enumerate(source.pages, start=1)
    for number, lines in groupby(numbered, key=lambda pair: pair[1]):
        if page is not None and number == page:
            held = [line for line, _ in lines]
            yield held[0], held[-1]
