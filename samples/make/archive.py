"""Zip files whose bytes depend on nothing but their contents."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

_DATE = (2025, 2, 12, 9, 0, 0)


def zipped(members: Mapping[str, bytes], *, stored: str = "") -> bytes:
    """The archive; the member named `stored` is not compressed."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            info = zipfile.ZipInfo(name, _DATE)
            info.create_system = 0  # the same on every system
            plain = name == stored
            info.compress_type = zipfile.ZIP_STORED if plain else zipfile.ZIP_DEFLATED
            archive.writestr(info, data)
    return target.getvalue()


def rezipped(data: bytes) -> bytes:
    """The same archive without the time of its making."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return zipped({name: archive.read(name) for name in archive.namelist()})
