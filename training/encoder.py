"""Trains a change of low rank to the bundled encoder, with sentence-transformers' own trainer."""

from __future__ import annotations

from dataclasses import dataclass, fields
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rag.errors import RagError
from rag.model_folder import PROMPTS
from training.examples import Rows

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

    from training.reading import ReadingPlan

# The matrices of a transformer layer: name in the model -> name in the packed file.
MATRICES = {
    "attention.self.query": "q",
    "attention.self.key": "k",
    "attention.self.value": "v",
    "attention.output.dense": "ao",
    "intermediate.dense": "fi",
    "output.dense": "fo",
}
SCALING = 2.0  # what the product of the thin matrices counts
_LONGEST = 256  # tokens; longer passages are cut, while learning only
_SAVE_EVERY = 50  # steps
_DOCUMENTS = ("positive", "negative", "negative_1", "negative_2")  # columns


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How it is trained; the encoder that ships took 1,500 steps of 64 on a GPU."""

    steps: int = 300
    batch: int = 32
    rate: float = 4e-4
    rank: int = 16
    scale: float = 50.0  # one over the temperature of the softmax over a batch
    welfare: int = 3000  # questions about welfare programmes; all would drown ours
    seed: int = 7


def require_packages() -> None:
    """A `RagError` that names the cure, where what training needs is not installed."""
    if not all(find_spec(name) for name in ("accelerate", "datasets", "peft")):
        raise RagError(
            '배우는 데 쓰는 패키지가 없습니다. `pip install ".[train]"`을 실행해 주세요.'
        )


def train(base: Path, rows: Rows, plan: Plan, *, folder: Path) -> SentenceTransformer:
    """The model with its trained adapter; goes on from the last checkpoint in the folder.

    The loss is the softmax over the answers of a batch (InfoNCE, van den Oord et al. 2018), hard
    negatives among them. Word vectors stay as they are.
    """
    from peft import load_peft_weights, set_peft_model_state_dict
    from sentence_transformers import SentenceTransformerTrainer
    from sentence_transformers.sentence_transformer.losses import MultipleNegativesRankingLoss

    class Trainer(SentenceTransformerTrainer):
        def _load_from_checkpoint(self, resume_from_checkpoint: str, model: Any = None) -> None:
            """The adapter alone: the parent reads the whole model, with a pooler it has not."""
            found = load_peft_weights(resume_from_checkpoint, device="cpu")
            set_peft_model_state_dict(self.model.transformers_model, found)

    model = adapted(base, plan)
    trainer = Trainer(
        model=model,
        args=_arguments(plan, folder),
        train_dataset=_datasets(rows),
        loss=MultipleNegativesRankingLoss(model, scale=plan.scale),
    )
    trainer.train(resume_from_checkpoint=any(folder.glob("checkpoint-*")))
    return model


def adapted(base: Path, plan: Plan) -> SentenceTransformer:
    """The model of a folder with an adapter that changes nothing yet."""
    from peft import LoraConfig, TaskType
    from sentence_transformers import SentenceTransformer
    from transformers import set_seed

    set_seed(plan.seed)
    model = SentenceTransformer(str(base), local_files_only=True)
    model.max_seq_length = _LONGEST
    model.add_adapter(
        LoraConfig(
            r=plan.rank,
            lora_alpha=round(SCALING * plan.rank),
            target_modules=list(MATRICES),
            task_type=TaskType.FEATURE_EXTRACTION,
        )
    )
    return model


def _datasets(rows: Rows) -> Any:
    from datasets import Dataset, DatasetDict

    kinds = {field.name: getattr(rows, field.name) for field in fields(rows)}
    return DatasetDict({name: Dataset.from_list(some) for name, some in kinds.items() if some})


def usual_arguments(plan: Plan | ReadingPlan, folder: Path) -> dict[str, Any]:
    """What every trainer of ours is told; it takes a GPU where there is one."""
    import torch

    cuda = torch.cuda.is_available()
    return {
        "output_dir": str(folder),
        "learning_rate": plan.rate,
        "lr_scheduler_type": "cosine",
        "seed": plan.seed,
        "use_cpu": not cuda,
        "bf16": cuda,
        "save_total_limit": 1,
        "logging_steps": 20,
        "report_to": "none",
    }


def _arguments(plan: Plan, folder: Path) -> Any:
    from sentence_transformers import SentenceTransformerTrainingArguments
    from sentence_transformers.base.sampler import BatchSamplers

    return SentenceTransformerTrainingArguments(
        **usual_arguments(plan, folder),
        max_steps=plan.steps,
        per_device_train_batch_size=plan.batch,
        warmup_steps=0.1,
        batch_sampler=BatchSamplers.NO_DUPLICATES,
        prompts={"anchor": PROMPTS["query"]} | dict.fromkeys(_DOCUMENTS, PROMPTS["document"]),
        save_steps=_SAVE_EVERY,
    )
