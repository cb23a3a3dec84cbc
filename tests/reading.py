"""A file as the readers see it: written, then read, or refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.readers import read_file
from rag.errors import ReportError
from rag.types import Report

_MAX_BYTES = 2**24


def read(path: Path, data: bytes) -> Report:
    """The one report in the file."""
    path.write_bytes(data)
    (report,) = read_file(path, max_bytes=_MAX_BYTES)
    return report


def refusal(path: Path, data: bytes) -> str:
    """What the user is told of a file that cannot be read."""
    path.write_bytes(data)
    with pytest.raises(ReportError) as error:
        read_file(path, max_bytes=_MAX_BYTES)
    return str(error.value)
