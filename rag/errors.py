"""What can go wrong.

RagError
├── SettingsError    a setting is unknown or out of range
├── ReportError      a report file cannot be read
├── QuestionError    the question cannot be asked: empty, or too long
├── ModelError       an embedding or language model cannot be loaded or did not answer
└── IndexError_      the index directory cannot be used
    ├── IndexMissingError   there is none, or none that was finished
    ├── IndexDamagedError   a file of it is missing or altered
    ├── IndexMismatchError  it was built with another model or format
    └── IndexBusyError      another process is building it

The message is what the user reads: Korean, one line, what happened to which thing and what to do.
"""

from __future__ import annotations

from pathlib import Path


class RagError(Exception):
    """Base of every error this project raises on purpose."""


class SettingsError(RagError):
    """A setting is unknown or out of range."""


class ReportError(RagError):
    """A report file cannot be read; the rest of a batch goes on."""

    def __init__(self, path: Path | str, reason: str) -> None:
        self.path, self.reason = str(path), reason
        super().__init__(f"{Path(path).name}: {reason}")


class QuestionError(RagError):
    """The question cannot be asked."""


class ModelError(RagError):
    """An embedding or language model cannot be loaded or did not answer."""


class IndexError_(RagError):  # noqa: N801, N818  `IndexError` is a builtin
    """The index directory cannot be used."""


class IndexMissingError(IndexError_):
    """There is no index, or none that was finished."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path}: 색인이 없습니다. "
            f"`python -m index build 보고서폴더 -o {path}`로 먼저 만들어 주세요."
        )


class IndexDamagedError(IndexError_):
    """A file of the index is missing or altered."""

    def __init__(self, path: Path, what: str) -> None:
        super().__init__(
            f"{path}: 색인이 손상되었습니다({what}). 이 폴더를 지우고 "
            f"`python -m index build 보고서폴더 -o {path}`로 다시 만들어 주세요."
        )


class IndexMismatchError(IndexError_):
    """The index was built with another model or format."""

    def __init__(self, path: Path, *, field: str, built: object, wanted: object) -> None:
        cure = "" if field == "형식" else "설정을 되돌리거나 "
        super().__init__(
            f"{path}: 색인의 {field}({built})이 지금 쓰는 것({wanted})과 다릅니다. {cure}"
            f"`python -m index build 보고서폴더 -o {path} --rebuild`로 다시 만들어 주세요."
        )


class IndexBusyError(IndexError_):
    """Another process is building the index."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path}: 다른 작업이 색인을 만들고 있습니다. 끝난 뒤에 다시 실행해 주세요."
        )
