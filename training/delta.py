"""A trained adapter -> the file of thin matrices that `rag/tuned.py` adds to the weights."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
from safetensors.numpy import save_file

from rag.tuned import DOWN, UP, digest
from training.encoder import MATRICES, SCALING, Plan

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer
    from torch import nn

    from training.reading import ReadingPlan

_NAME = re.compile(r"encoder\.layer\.(\d+)\.(.+?)\.lora_([AB])\.")


def thin_matrices(model: nn.Module, mix: float) -> dict[str, npt.NDArray[np.float16]]:
    """By their names in the delta file; `mix` is the share of the change that is kept, 0 to 1.

    A share of .5 is the mean of the weights before and after the training.
    """
    found = {}
    for name, values in model.named_parameters():
        if thin := thin_name(name):
            factor = mix * SCALING if thin.endswith(UP) else 1.0
            found[thin] = (factor * values.detach().numpy()).astype(np.float16)
    return found


def thin_name(parameter: str) -> str | None:
    """What a matrix of an adapter is called in the delta file; None for any other parameter."""
    match = _NAME.search(parameter)
    if not match:
        return None
    layer, matrix, side = match.groups()
    return f"l{layer}.{MATRICES[matrix]}.w{UP if side == 'B' else DOWN}"


def write_delta(
    path: Path, thin: Mapping[str, npt.NDArray[np.floating[Any]]], *, told: Mapping[str, str]
) -> None:
    """Write the file in one step; `told` says from what it was made."""
    beside = path.with_name(f"{path.name}.part")
    save_file(dict(thin), beside, metadata=dict(told))
    beside.chmod(0o644)  # safetensors makes it readable to its owner alone
    beside.replace(path)


@contextmanager
def mixed(model: SentenceTransformer, mix: float) -> Iterator[None]:
    """The model with this share of its change."""
    from peft.tuners.lora import LoraLayer

    layers = [part for part in model.modules() if isinstance(part, LoraLayer)]
    for layer in layers:
        layer.scaling = dict.fromkeys(layer.scaling, mix * SCALING)
    try:
        yield
    finally:
        for layer in layers:
            layer.scaling = dict.fromkeys(layer.scaling, SCALING)


def fingerprint(told: Mapping[str, str]) -> str:
    """A short name of all it was made from: what was trained from other things is no beginning."""
    text = json.dumps(dict(told), sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def digest_of(learned_from: Iterable[object]) -> str:
    """What tells these rows or groups from others."""
    return hashlib.sha256("\n".join(map(repr, learned_from)).encode()).hexdigest()


def provenance(plan: Plan | ReadingPlan, base: Path, files: Iterable[Path]) -> dict[str, str]:
    """All that is needed to train it again."""
    packages = ("torch", "transformers", "sentence-transformers", "peft")
    return {
        "base": digest(base),
        "plan": json.dumps(asdict(plan)),
        "versions": json.dumps({name: version(name) for name in packages}),
        "files": json.dumps(
            {
                f"{path.parent.name}/{path.name}": hashlib.sha256(path.read_bytes()).hexdigest()
                for path in files
            }
        ),
    }
