"""Trains the model that reads question and statement together (`rag/cross_encoder.py`)."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors.numpy import load_file
from torch import Tensor, nn
from torch.nn import functional
from transformers import AutoModel, Trainer, TrainingArguments, set_seed

from rag.cross_encoder import LAYERS, pair_of
from rag.model_folder import MAX_TOKENS, ONNX
from rag.tuned import UP
from rag.unigram import UnigramTokenizer, load_vocabulary
from training.delta import thin_name
from training.encoder import MATRICES, SCALING
from training.groups import Group, Read

_QUICK = 10.0  # the head learns so many times as quickly as the layers
_STEEP, _USUAL, _BIAS = 20.0, 0.85, -1.0  # where it begins
_TOLD = 4  # statements whose scores are measured
_TOGETHER = 20  # batches whose groups are put in order of length


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingPlan:
    """How it is trained; the model that ships came of two stages, the second with `most` 500."""

    most: int = 1500  # groups of one question set
    batch: int = 10  # groups
    rate: float = 3e-4
    rank: int = 16
    seed: int = 7


class Reading(nn.Module):
    """The first layers of the encoder with an adapter, and a head that compares tokens."""

    def __init__(self, base: Path, plan: ReadingPlan) -> None:
        from peft import LoraConfig, inject_adapter_in_model

        super().__init__()
        set_seed(plan.seed)
        body = AutoModel.from_pretrained(str(base), add_pooling_layer=False)
        body.encoder.layer = body.encoder.layer[:LAYERS]
        body.requires_grad_(False)
        lora = LoraConfig(
            r=plan.rank, lora_alpha=round(SCALING * plan.rank), target_modules=list(MATRICES)
        )
        self.body = inject_adapter_in_model(lora, body)
        size = int(body.config.hidden_size)
        self.weigh, self.tell = nn.Parameter(torch.zeros(size)), nn.Parameter(torch.zeros(size))
        self.numbers = nn.Parameter(torch.zeros(3))

    def head(self) -> dict[str, Tensor]:
        """What the product needs beside the layers."""
        steep, usual, bias = _QUICK * self.numbers
        numbers = torch.stack((_STEEP * steep.exp(), _USUAL + usual, _BIAS + bias))
        return {"weigh": _QUICK * self.weigh, "tell": _QUICK * self.tell, "numbers": numbers}

    def scores(self, ids: Tensor, there: Tensor, asked: Tensor, told: Tensor) -> Tensor:
        """The log-odds of each pair."""
        head = self.head()
        found = self.body(input_ids=ids, attention_mask=there).last_hidden_state
        unit = functional.normalize(found, dim=-1)
        alike = torch.einsum("bid,bjd->bij", unit, unit)
        nearest = alike.masked_fill(~told[:, None, :], -1.0).amax(2)
        weights = (unit @ head["weigh"]).masked_fill(~asked, -1e4).softmax(1)
        scale, usual, bias = head["numbers"]
        said = scale * (nearest - usual) + unit @ head["tell"]
        scores: Tensor = (weights * said).sum(1) + bias
        return scores

    def forward(
        self, ids: Tensor, there: Tensor, asked: Tensor, told: Tensor, right: Tensor
    ) -> dict[str, Tensor]:
        """The softmax loss over the statements of each group and the answer that none tells it."""
        scores = self.scores(ids, there, asked, told).reshape(len(right), -1)
        none = scores.new_zeros(len(right), 1)
        return {"loss": functional.cross_entropy(torch.cat((scores, none), dim=1), right)}


class Pairs:
    """Groups as tensors."""

    def __init__(self, base: Path) -> None:
        self._tokens = UnigramTokenizer(load_vocabulary(base / ONNX), max_tokens=MAX_TOKENS)

    def __call__(self, batches: Sequence[Sequence[Group]]) -> dict[str, Tensor]:
        """One batch; the statements of a group come one after the other."""
        (batch,) = batches
        right = [len(one.texts) if one.right is None else one.right for one in batch]
        texts = ((one.question, text) for one in batch for text in one.texts)
        return {**self.padded(texts), "right": torch.tensor(right)}

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
    base: Path, taught: Path, found: Sequence[Group], plan: ReadingPlan, *, folder: Path
) -> tuple[Reading, Pairs]:
    """The trained model; begins with what the encoder learned, or the folder's last checkpoint."""
    model, pairs = Reading(base, plan), Pairs(base)
    begin_with(model, taught)
    arguments = TrainingArguments(
        output_dir=str(folder),
        num_train_epochs=1,
        per_device_train_batch_size=1,  # a batch of groups is one example to the trainer
        learning_rate=plan.rate,
        warmup_steps=0.05,
        lr_scheduler_type="cosine",
        seed=plan.seed,
        use_cpu=True,
        save_steps=100,
        save_total_limit=1,
        logging_steps=20,
        remove_unused_columns=False,
        report_to="none",
    )
    batches: Any = _batches(found, plan)
    trainer = Trainer(model=model, args=arguments, train_dataset=batches, data_collator=pairs)
    trainer.train(resume_from_checkpoint=any(folder.glob("checkpoint-*")))
    return model, pairs


def _batches(found: Sequence[Group], plan: ReadingPlan) -> list[list[Group]]:
    """Groups of about one length together, so that little is padded."""
    order = random.Random(plan.seed).sample(list(found), len(found))
    window = _TOGETHER * plan.batch
    lengths = [sorted(order[at : at + window], key=_length) for at in range(0, len(order), window)]
    ordered = list(chain.from_iterable(lengths))
    return [ordered[at : at + plan.batch] for at in range(0, len(ordered), plan.batch)]


def _length(one: Group) -> int:
    return len(one.question) + max(map(len, one.texts))


def begin_with(model: Reading, taught: Path) -> None:
    """Give it what the encoder has learned, or what a model of its own kind has."""
    thin = {
        name: torch.from_numpy(one.astype(np.float32)) for name, one in load_file(taught).items()
    }
    with torch.no_grad():
        for name, values in model.named_parameters():
            if key := thin_name(name):
                values.copy_(thin[key] / SCALING if key.endswith(UP) else thin[key])
        if "numbers" in thin:
            model.weigh.copy_(thin["weigh"] / _QUICK)
            model.tell.copy_(thin["tell"] / _QUICK)
            scale, usual, bias = thin["numbers"]
            begun = torch.stack(((scale / _STEEP).log(), usual - _USUAL, bias - _BIAS))
            model.numbers.copy_(begun / _QUICK)


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
    padded = pairs.padded((one.question, text) for text in one.texts[:_TOLD])
    return model.eval().scores(**padded).tolist()
