"""The bundled model's tokenizer in a tenth of the memory that `tokenizers.Tokenizer` takes for it.

That library holds 250,000 multilingual pieces in a tree of 290 MB; a dictionary does as well here.
It still normalizes and splits the text, so ids and offsets are those of `tokenizer.json`.
"""

from __future__ import annotations

from array import array
from functools import lru_cache
from pathlib import Path

import numpy as np
from tokenizers import PreTokenizedString, Token

from rag.packed import Vocabulary
from rag.sentencepiece import SPACE, build_normalizer, build_splitter

_PIECES, _SCORES, _MARKS = "pieces.txt", "scores.npy", "marks.npy"
_UNKNOWN_PENALTY = 10.0  # as in SentencePiece
_WORDS_REMEMBERED = 1 << 15

Offsets = list[tuple[int, int]]


def save_vocabulary(vocabulary: Vocabulary, folder: Path) -> None:
    """Write what `load_vocabulary` reads."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / _PIECES).write_text("\n".join(vocabulary.pieces), encoding="utf-8", newline="\n")
    np.save(folder / _SCORES, np.array(vocabulary.scores, dtype=np.float32))
    marks = (vocabulary.bos, vocabulary.eos, vocabulary.pad, vocabulary.unk)
    np.save(folder / _MARKS, np.array(marks, dtype=np.int32))


def load_vocabulary(folder: Path) -> Vocabulary:
    """The pieces, their scores and the ids of the marks."""
    with (folder / _PIECES).open(encoding="utf-8", newline="\n") as file:
        pieces = tuple(file.read().split("\n"))
    scores = tuple(np.load(folder / _SCORES).tolist())
    bos, eos, pad, unk = np.load(folder / _MARKS).tolist()
    return Vocabulary(pieces=pieces, scores=scores, bos=bos, eos=eos, pad=pad, unk=unk)


class UnigramTokenizer:
    """Splits words into the pieces of the greatest joint probability (Kudo, 2018)."""

    def __init__(self, vocabulary: Vocabulary, *, max_tokens: int) -> None:
        self._ids = {piece: number for number, piece in enumerate(vocabulary.pieces)}
        self._scores = array("d", vocabulary.scores)
        self._bos, self._eos, self._unk = vocabulary.bos, vocabulary.eos, vocabulary.unk
        self._longest = max(map(len, vocabulary.pieces))
        self._unknown_score = min(vocabulary.scores) - _UNKNOWN_PENALTY
        self._room = max_tokens - 2  # without the marks at both ends
        self._normalizer, self._splitter = build_normalizer(), build_splitter()
        self._word_ids = lru_cache(_WORDS_REMEMBERED)(self._find_ids)

    def ids(self, text: str) -> list[int]:
        """`<s>`, the pieces, `</s>`; what is too long is cut."""
        found: list[int] = []
        for word in self._normalizer.normalize_str(text).split():
            found.extend(self._word_ids(SPACE + word))
            if len(found) >= self._room:
                break
        return [self._bos, *found[: self._room], self._eos]

    def offsets(self, text: str) -> Offsets:
        """Where in `text` each piece stands, the marks at both ends left out."""
        words = PreTokenizedString(text)
        words.normalize(self._normalizer.normalize)
        self._splitter.pre_tokenize(words)
        words.tokenize(self._tokens)
        return [(start, end) for start, end in words.to_encoding().offsets[: self._room]]

    def _find_ids(self, word: str) -> tuple[int, ...]:
        return tuple(number for number, _, _ in self._best_path(word))

    def _tokens(self, word: str) -> list[Token]:
        tokens, at = [], 0
        for number, start, end in self._best_path(word):
            piece = word[start:end]
            size = len(piece.encode())  # the library counts bytes
            tokens.append(Token(number, piece, (at, at + size)))
            at += size
        return tokens

    def _best_path(self, word: str) -> list[tuple[int, int, int]]:
        """Piece id, start and end of the best split (Viterbi)."""
        best = [0.0] + [float("-inf")] * len(word)
        back = [(0, self._unk)] * (len(word) + 1)
        for start in range(len(word)):
            for end, number, score in self._steps(word, start):
                if best[start] + score > best[end]:
                    best[end], back[end] = best[start] + score, (start, number)
        path: list[tuple[int, int, int]] = []
        end = len(word)
        while end:
            start, number = back[end]
            if path and number == path[-1][0] == self._unk:  # a run of unknown characters is one
                path[-1] = (number, start, path[-1][2])
            else:
                path.append((number, start, end))
            end = start
        return path[::-1]

    def _steps(self, word: str, start: int) -> list[tuple[int, int, float]]:
        """End, id and score of every piece that starts here; an unknown character at worst."""
        steps = []
        for end in range(start + 1, min(len(word), start + self._longest) + 1):
            number = self._ids.get(word[start:end], self._unk)
            if number != self._unk:
                steps.append((end, number, self._scores[number]))
        if not steps or steps[0][0] != start + 1:
            steps.append((start + 1, self._unk, self._unknown_score))
        return steps
