"""Zip files made to fill the memory: what may be unpacked of reports and question sheets."""

from __future__ import annotations

import zipfile

LARGEST_TOTAL = 512 * 2**20  # bytes, all members unpacked
_LARGEST_RATIO = 200  # unpacked to packed; XML seldom passes 60
_SMALL = 4 * 2**20  # bytes that do no harm whatever the ratio


def is_bomb(member: zipfile.ZipInfo) -> bool:
    """Whether a member grows more than honest ones do."""
    unpacked, packed = member.file_size, max(1, member.compress_size)
    return unpacked > _SMALL and unpacked > _LARGEST_RATIO * packed
