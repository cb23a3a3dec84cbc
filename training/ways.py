"""The ways in which the cross-encoder is taught."""

from __future__ import annotations

from enum import StrEnum


class Way(StrEnum):
    """`LARGER`: by a larger model too; `FURTHER`: on what a trained one does not tell well yet."""

    USUAL = "usual"
    LARGER = "larger"
    FURTHER = "further"
