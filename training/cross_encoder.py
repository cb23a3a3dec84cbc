"""Trains the model that reads question and statement together (`rag/cross_encoder.py`)."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor
from tqdm import tqdm
from transformers import Trainer, TrainingArguments

from rag.cross_encoder import pair_of
from rag.model_folder import MAX_TOKENS, ONNX
from rag.unigram import UnigramTokenizer, load_vocabulary
from training.encoder import usual_arguments
from training.groups import Group, Read
from training.reading import LARGER, Reading, ReadingPlan, begin_with

_TOLD = 4  # statements whose scores are measured
_TOGETHER = 20  # batches whose groups are put in order of length
_AT_ONCE = 64  # groups a larger model reads at once


class Pairs:
    """Groups as tensors."""

    def __init__(self, base: Path) -> None:
        self._tokens = UnigramTokenizer(load_vocabulary(base / ONNX), max_tokens=MAX_TOKENS)

    def __call__(self, batches: Sequence[Sequence[Group]]) -> dict[str, Tensor]:
        """One batch; the statements of a group come one after the other."""
        (batch,) = batches
        right = [len(one.texts) if one.right is None else one.right for one in batch]
        tensors = {**self.of_groups(batch), "right": torch.tensor(right)}
        if batch[0].odds:
            tensors["odds"] = torch.tensor([one.odds for one in batch])
        return tensors

    def of_groups(self, batch: Iterable[Group]) -> dict[str, Tensor]:
        """The questions of the groups, each with each of its statements."""
        return self.padded((one.question, text) for one in batch for text in one.texts)

    def padded(self, texts: Iterable[tuple[str, str]]) -> dict[str, Tensor]:
        """Questions and statements, with where the tokens of each stand."""
        pairs = [pair_of(self._tokens, question, text) for question, text in texts]
        shape = len(pairs), max(len(one.ids) for one in pairs)
        ids, masks = torch.ones(shape, dtype=torch.long), torch.zeros(3, *shape, dtype=torch.bool)
        for row, one in enumerate(pairs):
            ids[row, : len(one.ids)] = torch.tensor(one.ids)
            for mask, part in zip(
                masks, (slice(0, len(one.ids)), one.asked, one.told), strict=True
            ):
                mask[row, part] = True
        return {"ids": ids, "there": masks[0], "asked": masks[1], "told": masks[2]}


def train_reading(
    base: Path, found: Sequence[Group], plan: ReadingPlan, *, taught: Path | None, folder: Path
) -> tuple[Reading, Pairs]:
    """The trained model; begins with what was learned before, or the folder's last checkpoint."""
    model, pairs = Reading(base, plan), Pairs(base)
    if taught:
        begin_with(model, taught)
    arguments = TrainingArguments(
        **usual_arguments(plan, folder),
        num_train_epochs=1,
        per_device_train_batch_size=1,  # a batch of groups is one example to the trainer
        warmup_steps=0.05,
        save_steps=100,
        remove_unused_columns=False,
    )
    batches: Any = _batches(found, plan)
    trainer = Trainer(model=model, args=arguments, train_dataset=batches, data_collator=pairs)
    trainer.train(resume_from_checkpoint=any(folder.glob("checkpoint-*")))
    return model, pairs


def taught_by_larger(base: Path, found: Sequence[Group], *, folder: Path) -> list[Group]:
    """The groups with what a model of all layers, first trained on them, tells of their texts."""
    return _with_odds(found, *train_reading(base, found, LARGER, taught=None, folder=folder))


@torch.inference_mode()
def _with_odds(found: Sequence[Group], model: Reading, pairs: Pairs) -> list[Group]:
    """The groups with what a trained model tells of their statements."""
    told = list[Group]()
    for start in tqdm(range(0, len(found), _AT_ONCE), "큰 모델의 값"):
        batch = found[start : start + _AT_ONCE]
        odds = iter(_scores(model, pairs.of_groups(batch)))
        told += [replace(one, odds=tuple(next(odds) for _ in one.texts)) for one in batch]
    return told


def _scores(model: Reading, padded: dict[str, Tensor]) -> list[float]:
    here = model.weigh.device
    found: list[float] = (
        model.eval().scores(**{name: one.to(here) for name, one in padded.items()}).tolist()
    )
    return found


def _batches(found: Sequence[Group], plan: ReadingPlan) -> list[list[Group]]:
    """Groups of about one length together, so that little is padded."""
    order = random.Random(plan.seed).sample(list(found), len(found))
    window = _TOGETHER * plan.batch
    lengths = [sorted(order[at : at + window], key=_length) for at in range(0, len(order), window)]
    ordered = list(chain.from_iterable(lengths))
    return [ordered[at : at + plan.batch] for at in range(0, len(ordered), plan.batch)]


def _length(one: Group) -> int:
    return len(one.question) + max(map(len, one.texts))


def figures_of(model: Reading, pairs: Pairs, found: Sequence[Read]) -> dict[str, float]:
    """What the scores tell of questions not learned from.

    `answerable`: area under the ROC curve of the first statement's score, where right against
    questions that nothing answers; `first` and `read`: how often the first statement answers, as
    ranked and as the highest of the first few scores, where one of them does.
    """
    from sklearn.metrics import roc_auc_score

    told = [(one, _scored(model, pairs, one)) for one in found]
    judged = [(s, one) for one, s in told if one.right[0] or not one.answerable]
    some = [(one.right[: len(s)], s) for one, s in told if any(one.right[: len(s)])]
    return {
        "answerable": float(
            roc_auc_score([one.right[0] for _, one in judged], [s[0] for s, _ in judged])
        ),
        "first": float(np.mean([right[0] for right, _ in some])),
        "read": float(np.mean([right[int(np.argmax(s))] for right, s in some])),
    }


@torch.inference_mode()
def _scored(model: Reading, pairs: Pairs, one: Read) -> list[float]:
    return _scores(model, pairs.padded((one.question, text) for text in one.texts[:_TOLD]))
