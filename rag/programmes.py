"""Which passages tell of one programme, under whatever headings of the form they stand."""

from __future__ import annotations

from collections import Counter

from rag.lists.headings import Path, title
from rag.store import Store

Programme = tuple[str, Path]  # the id of its report, its headings
_OFTEN = 2  # a heading that stands more often in a report (`추진계획`) names no programme


class Programmes:
    """The programmes of an index. Reads the headings of a report once."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._forms: dict[str, frozenset[str]] = {}

    def of(self, report: str, path: Path) -> Programme | None:
        """What a passage under these headings is of: those down to the last not of the form.

        None where it stands under no heading.
        """
        if report not in self._forms:
            self._forms[report] = self._read(report)
        forms = self._forms[report]
        while len(path) > 1 and title(path[-1]) in forms:
            path = path[:-1]
        return (report, path) if path else None

    def _read(self, report: str) -> frozenset[str]:
        """The headings that the report repeats under others."""
        paths = (path for _, path in self._store.sections(report))
        headed = {path[:depth] for path in paths for depth in range(1, len(path) + 1)}
        told = Counter(title(path[-1]) for path in headed)
        return frozenset(name for name, times in told.items() if times > _OFTEN)
