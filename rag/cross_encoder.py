"""How surely a statement answers a question, told by a small model that reads both together.

The first layers of the bundled encoder, with a change of low rank of their own, see question and
statement in one text (a cross-encoder, Nogueira & Cho 2019); each token of the question is then
compared with the nearest of the statement (late interaction, Khattab & Zaharia 2020), so that a
few thousand examples are enough to learn from.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from safetensors import SafetensorError
from safetensors.numpy import load_file

from rag.model_folder import GRAPH, MAX_TOKENS, ONNX, PROMPTS
from rag.onnx_encoder import open_session
from rag.onnx_graph import INPUT
from rag.protocols import FloatVector
from rag.tuned import READING, unreadable
from rag.unigram import UnigramTokenizer, load_vocabulary

LAYERS = 8  # the later ones cost time and told nothing more
_BEFORE_QUESTION, _BEFORE_TEXT = 4, 2  # tokens of mark and prompt, of the prompt alone
_REMEMBERED = 256  # pairs


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """The tokens of a question and a statement, and where those of each stand."""

    ids: Sequence[int]
    asked: slice
    told: slice


def pair_of(tokens: UnigramTokenizer, question: str, text: str) -> Pair:
    """Both as the encoder knows them, in one text."""
    left = tokens.ids(PROMPTS["query"] + question)[:-1]
    right = tokens.ids(PROMPTS["document"] + text)[1:]
    room = MAX_TOKENS - len(right)
    left = left[:room]
    told = slice(len(left) + _BEFORE_TEXT, len(left) + len(right) - 1)
    return Pair(ids=left + right, asked=slice(_BEFORE_QUESTION, len(left)), told=told)


class CrossEncoder:
    """The `Reranker` that ships with the program."""

    def __init__(self, folder: Path, *, threads: int, learned: Path = READING) -> None:
        self._tokens = UnigramTokenizer(load_vocabulary(folder / ONNX), max_tokens=MAX_TOKENS)
        self._session = open_session(folder / ONNX / GRAPH, threads)
        self._weigh, self._tell, numbers = _head(learned, self._session.get_outputs()[0].shape[-1])
        self._scale, self._usual, self._bias = (float(number) for number in numbers)
        self._recent = lru_cache(_REMEMBERED)(self._score)

    def score(self, question: str, text: str) -> float:
        """Log-odds that the text tells what the question asks; 0 where it is as likely as not."""
        return self._recent(question, text)

    def _score(self, question: str, text: str) -> float:
        pair = pair_of(self._tokens, question, text)
        (found,) = self._session.run(None, {INPUT: np.array([pair.ids], dtype=np.int64)})
        unit = found[0] / np.linalg.norm(found[0], axis=1, keepdims=True)
        asked, told = unit[pair.asked], unit[pair.told]
        if not len(asked) or not len(told):
            return self._bias
        # Not `@`: the threads of a BLAS wait spinning, in the way of those that run the model.
        nearest = np.vecdot(asked[:, None], told).max(axis=1)
        weights = np.exp(np.vecdot(asked, self._weigh))
        said = self._scale * (nearest - self._usual) + np.vecdot(asked, self._tell)
        return float(np.average(said, weights=weights)) + self._bias


def _head(learned: Path, size: int) -> tuple[FloatVector, FloatVector, FloatVector]:
    """What weighs a token, what it tells by itself, and scale, usual nearness and bias."""
    try:
        found = load_file(learned)
        head = found["weigh"], found["tell"], found["numbers"]
    except (OSError, SafetensorError, KeyError) as error:
        raise unreadable(learned, error) from error
    if [one.shape for one in head] != [(size,), (size,), (3,)]:
        raise unreadable(learned, "크기가 다름")
    return head
