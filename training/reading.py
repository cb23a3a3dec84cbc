"""The model that reads question and statement together, as it is trained."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from safetensors.numpy import load_file
from torch import Tensor, nn
from torch.nn import functional
from transformers import AutoModel, set_seed

from rag.cross_encoder import LAYERS
from rag.tuned import UP
from training.delta import thin_name
from training.encoder import MATRICES, SCALING
from training.ways import Way

_QUICK = 10.0  # the head learns so many times as quickly as the layers
_STEEP, _USUAL, _BIAS = 20.0, 0.85, -1.0  # where it begins
_SOFTENED = 1.5  # temperature at which it learns from a larger model's odds


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingPlan:
    """How it is trained; the defaults made the model that ships."""

    times: int = 4  # drawings of each question
    most: int | None = None  # groups of one question set in a drawing
    batch: int = 40  # groups
    rate: float = 4e-4
    rank: int = 64  # 0: no adapter, all weights of the layers learn
    layers: int = LAYERS
    size: int = 5  # statements of a group
    fixed: int = 0  # first layers that learn no more
    seed: int = 7


FURTHER = ReadingPlan(times=1, batch=32, rate=2e-4, size=2, fixed=3)  # on hard questions alone
LARGER = ReadingPlan(rank=0, layers=12, rate=8e-5)  # too slow for the product, but it can teach


def plan_of(way: Way, *, most: int | None) -> ReadingPlan:
    """The plan of one way to teach it; of a question set at most so many groups in a drawing."""
    return replace(FURTHER if way is Way.FURTHER else ReadingPlan(), most=most)


class Reading(nn.Module):
    """The first layers of the encoder, and a head that compares tokens."""

    def __init__(self, base: Path, plan: ReadingPlan) -> None:
        super().__init__()
        set_seed(plan.seed)
        body = AutoModel.from_pretrained(str(base), add_pooling_layer=False)
        body.encoder.layer = body.encoder.layer[: plan.layers]
        self.body = _adapted(body, plan.rank) if plan.rank else body
        self.body.embeddings.requires_grad_(False)
        for layer in body.encoder.layer[: plan.fixed]:
            layer.requires_grad_(False)
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
        found = self.body(input_ids=ids, attention_mask=there).last_hidden_state
        with torch.autocast(ids.device.type, enabled=False):  # half precision is too coarse here
            return self._compared(functional.normalize(found.float(), dim=-1), asked, told)

    def _compared(self, unit: Tensor, asked: Tensor, told: Tensor) -> Tensor:
        head = self.head()
        alike = torch.einsum("bid,bjd->bij", unit, unit)
        nearest = alike.masked_fill(~told[:, None, :], -1.0).amax(2)
        weights = (unit @ head["weigh"]).masked_fill(~asked, -1e4).softmax(1)
        scale, usual, bias = head["numbers"]
        said = scale * (nearest - usual) + unit @ head["tell"]
        scores: Tensor = (weights * said).sum(1) + bias
        return scores

    def forward(
        self,
        ids: Tensor,
        there: Tensor,
        asked: Tensor,
        told: Tensor,
        right: Tensor,
        odds: Tensor | None = None,
    ) -> dict[str, Tensor]:
        """The softmax loss over the statements of each group and the answer that none tells it.

        With the `odds` of a larger model, half of it is how far those of this one are from them
        (distillation, Hinton et al. 2015).
        """
        scores = self.scores(ids, there, asked, told).reshape(len(right), -1)
        none = scores.new_zeros(len(right), 1)
        found = torch.cat((scores, none), dim=1)
        loss = functional.cross_entropy(found, right)
        if odds is not None:
            wanted = (torch.cat((odds, none), dim=1) / _SOFTENED).softmax(1)
            softened = functional.cross_entropy(found / _SOFTENED, wanted)
            loss = (loss + _SOFTENED**2 * softened) / 2
        return {"loss": loss}


def _adapted(body: nn.Module, rank: int) -> nn.Module:
    from peft import LoraConfig, inject_adapter_in_model

    body.requires_grad_(False)
    lora = LoraConfig(r=rank, lora_alpha=round(SCALING * rank), target_modules=list(MATRICES))
    return inject_adapter_in_model(lora, body)


def begin_with(model: Reading, taught: Path) -> None:
    """Give it what the encoder learned, or a model of its own kind; of no more rank."""
    thin = {
        name: torch.from_numpy(one.astype(np.float32)) for name, one in load_file(taught).items()
    }
    with torch.no_grad():
        for name, values in model.named_parameters():
            if key := thin_name(name):
                known = thin[key] / SCALING if key.endswith(UP) else thin[key]
                values[: known.shape[0], : known.shape[1]] = known
        if "numbers" in thin:
            model.weigh.copy_(thin["weigh"] / _QUICK)
            model.tell.copy_(thin["tell"] / _QUICK)
            scale, usual, bias = thin["numbers"]
            begun = torch.stack(((scale / _STEEP).log(), usual - _USUAL, bias - _BIAS))
            model.numbers.copy_(begun / _QUICK)
