"""`python -m training`: teach the encoder, and write what it learned."""

from __future__ import annotations

import json
import random
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from rag.errors import RagError
from rag.settings import Settings
from rag.terminal import KoreanCommand, errors_in_korean, korean_cli, run
from training.ways import Way

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sentence_transformers import SentenceTransformer

    from training.groups import Read

_CHECKPOINTS = "training"  # where it goes on after a stop
_MIXES = (0.0, 0.5, 0.75, 1.0)  # shares of the change that are tried; the first is no change

app = korean_cli("임베딩 모델에 행정 보고서의 말을 가르칩니다.")


@app.command(cls=KoreanCommand, help="배우고, 재고, 배운 것을 파일로 씁니다.")
def encoder(
    sets: Annotated[
        list[str] | None,
        typer.Argument(metavar="[QUESTIONS=DIR...]", help="찾은 오답과 함께 배울 질문과 색인."),
    ] = None,
    welfare_file: Annotated[
        Path | None,
        typer.Option("--welfare", metavar="FILE.csv", help="복지 질문과 답 (Welfare-QA)."),
    ] = None,
    steps: Annotated[int, typer.Option(min=1, metavar="N", help="배우는 걸음 수.")] = 300,
    batch: Annotated[int, typer.Option(min=2, metavar="N", help="한 걸음의 질문 수.")] = 32,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="FILE.safetensors", help="배운 것을 쓸 파일."),
    ] = None,
) -> None:
    """Train, measure each mix on what was held out, keep the best."""
    with errors_in_korean(), ExitStack() as opened:
        from eval.learning.opening import open_sets
        from rag.models import bundled_model, packed_weights
        from rag.tuned import DELTA
        from training import texts
        from training.delta import digest_of, fingerprint, provenance, thin_matrices, write_delta
        from training.encoder import Plan, require_packages, train
        from training.examples import rows
        from training.mining import mined

        require_packages()
        plan, written = Plan(steps=steps, batch=batch), output or DELTA
        if not written.parent.is_dir():
            raise RagError(f"{written.parent}: 없는 폴더입니다. 만든 뒤 다시 실행해 주세요.")
        answered = texts.welfare(welfare_file) if welfare_file else ()
        read, chance = (answered, texts.lines(), texts.passages()), random.Random(plan.seed)
        asked = open_sets(sets or (), opened, progress=_say, rereads=False)
        found = mined(asked, chance)
        chosen = rows(*read, mined=found, chance=chance, most_welfare=plan.welfare)
        data = Settings.load().data_dir
        base = bundled_model(data, progress=_say, delta=None)
        _say(f"질문 {sum(1 for _ in chosen):,}개로 배웁니다.")
        learned_from = [*texts.files(), *(_questions(one) for one in sets or ())]
        learned_from += [welfare_file] if welfare_file else []
        told = provenance(plan, packed_weights(), learned_from) | {"rows": digest_of(chosen)}
        model = train(base, chosen, plan, folder=data / _CHECKPOINTS / fingerprint(told))
        mix, held_out = _best_mix(model, *read)
        told |= {"mix": f"{mix:g}", "held_out": json.dumps(held_out)}
        write_delta(written, thin_matrices(model.cpu(), mix), told=told)
        _say(f"{written}에 배운 것을 썼습니다(섞는 비율 {mix:g}).")


def _best_mix(
    model: SentenceTransformer, *read: Any
) -> tuple[float, dict[str, dict[str, dict[str, float]]]]:
    """The mix with the highest mean nDCG@10 over the sets held out, and all figures."""
    from training.delta import mixed
    from training.measuring import figures, held_out

    sets = held_out(*read)
    told: dict[str, dict[str, dict[str, float]]] = {}
    for mix in _MIXES:
        with mixed(model, mix):
            told[f"{mix:g}"] = {name: figures(model, *one) for name, one in sets.items()}
        for name, each in told[f"{mix:g}"].items():
            _say(f"비율 {mix:<5g}{name:<10}" + "  ".join(f"{k} {v:.3f}" for k, v in each.items()))
    best = max(told, key=lambda mix: sum(each["nDCG@10"] for each in told[mix].values()))
    return float(best), told


@app.command(cls=KoreanCommand, help="질문과 문장을 함께 읽는 모델을 가르칩니다.")
def cross_encoder(
    sets: Annotated[
        list[str],
        typer.Argument(metavar="QUESTIONS=DIR...", help="배울 질문 파일과 그 질문에 답할 색인."),
    ],
    held_out: Annotated[
        list[str],
        typer.Option("--held-out", metavar="QUESTIONS=DIR", help="배우지 않고 재기만 할 묶음."),
    ],
    begin: Annotated[
        Path | None,
        typer.Option(metavar="FILE.safetensors", help="먼저 배운 것. 없으면 임베딩 모델의 것."),
    ] = None,
    most: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="한 번에 묶음마다 배울 가장 많은 수.")
    ] = None,
    way: Annotated[
        Way,
        typer.Option(
            help="larger: 열두 층 모델을 먼저 가르쳐 그 값에서도 배웁니다. "
            "further: 먼저 배운 모델이 아직 모르는 질문에서 더 배웁니다.",
        ),
    ] = Way.USUAL,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="FILE.safetensors", help="배운 것을 쓸 파일."),
    ] = None,
) -> None:
    """Train on what the product reads for the questions; tell what it is worth on others."""
    with errors_in_korean(), ExitStack() as opened:
        from eval.learning.opening import open_sets
        from rag.models import bundled_model, packed_weights
        from rag.tuned import DELTA, READING
        from training.cross_encoder import figures_of, taught_by_larger, train_reading
        from training.delta import digest_of, fingerprint, provenance, thin_matrices, write_delta
        from training.encoder import require_packages
        from training.groups import drawings, read
        from training.hardness import begun, hard
        from training.reading import plan_of

        require_packages()
        plan, taught = plan_of(way, most=most), begin or DELTA
        chance = random.Random(f"{plan.seed} {taught.name}")  # another stage draws anew
        both = open_sets([*sets, *held_out], opened, progress=_say, rereads=False)
        learned = [list(read(one)) for one in both[: len(sets)]]
        kept = {one.name: list(read(one)) for one in both[len(sets) :]}
        _require_both(kept)
        data = Settings.load().data_dir
        if way is Way.FURTHER:
            told_by = begun(data, taught, progress=_say)
            learned = [hard(one, told_by, chance) for one in learned]
        chosen = drawings(learned, chance, times=plan.times, size=plan.size, most=plan.most)
        _say(f"질문 {len(chosen):,}개로 배웁니다.")
        base = bundled_model(data, progress=_say, delta=None)
        told = provenance(plan, packed_weights(), (taught, *map(_questions, sets)))
        told |= {"groups": digest_of(chosen), "way": way.value}
        within = data / _CHECKPOINTS / fingerprint(told)
        if way is Way.LARGER:
            chosen = taught_by_larger(
                bundled_model(data, progress=_say), chosen, folder=within / "larger"
            )
        model, pairs = train_reading(base, chosen, plan, taught=taught, folder=within)
        figures = {name: figures_of(model, pairs, some) for name, some in kept.items()}
        told |= {"held_out": json.dumps(figures)}
        head = {name: values.detach().numpy() for name, values in model.cpu().head().items()}
        written = output or READING
        write_delta(written, thin_matrices(model, 1.0) | head, told=told)
        for name, each in figures.items():
            _say(f"{name:<30}" + "  ".join(f"{k} {v:.3f}" for k, v in each.items()))
        _say(f"{written}에 배운 것을 썼습니다.")


def _require_both(kept: Mapping[str, Sequence[Read]]) -> None:
    """A `RagError` for a set that cannot tell what is answerable."""
    for name, some in kept.items():
        if len({one.answerable for one in some}) < 2:
            raise RagError(
                f"{name}: 재는 묶음에는 답이 있는 질문과 없는 질문이 모두 있어야 합니다."
            )


def _questions(specified: str) -> Path:
    """The file of `QUESTIONS=DIR`."""
    return Path(specified.rpartition("=")[0])


@app.command(cls=KoreanCommand, help="우리가 지은 지문과 질문을 보고서와 질문 묶음으로 씁니다.")
def corpus(
    folder: Annotated[Path, typer.Argument(metavar="폴더", help="파일을 쓸 폴더.")],
) -> None:
    """Write the passages as a JSONL collection, and all questions as sets."""
    with errors_in_korean():
        from training.corpus import write_contrasts, write_corpus
        from training.texts import contrasts, lines, passages

        count = write_corpus(passages(), lines(), folder) + write_contrasts(contrasts(), folder)
        _say(f"질문 {count:,}개를 썼습니다.")


def _say(text: str) -> None:
    typer.echo(text, err=True)


if __name__ == "__main__":
    run(app)
