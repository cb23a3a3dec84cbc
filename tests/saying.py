"""Whether a sample says what its gold question wants of it."""

from __future__ import annotations

import re


def says(text: str, variant: str) -> bool:
    """Whether the text holds the variant, its numbers whole: 7,830 is not said by 17,830."""
    wanted = re.sub(r"[\s,']", "", variant)
    letters = r"[\s,']*".join(map(re.escape, wanted))
    before = r"(?<!\d)(?<!\d[.,])" if wanted[0].isdigit() else ""
    after = r"(?!\d|[.,]\d)" if wanted[-1].isdigit() else ""
    return re.search(before + letters + after, text) is not None
