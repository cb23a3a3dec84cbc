"""Which passages tell of one programme, under whatever headings of the form they stand."""

from __future__ import annotations

from rag.lists.headings import Path, forms, title
from rag.store import Store

Programme = tuple[str, Path]  # the id of its report, its headings


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
            self._forms[report] = forms(path for _, path in self._store.sections(report))
        while len(path) > 1 and title(path[-1]) in self._forms[report]:
            path = path[:-1]
        return (report, path) if path else None
