"""`python -m eval`: question sets, runs over them, and what the runs are worth."""

from __future__ import annotations

from eval.commands.ablation import ablation_command
from eval.commands.check import check_command
from eval.commands.compare import compare_command
from eval.commands.fit import fit_command
from eval.commands.report import report_command
from eval.commands.run import run_command
from eval.commands.suggest import suggest_command
from eval.commands.template import template_command
from rag.terminal import KoreanCommand, korean_cli
from rag.terminal import run as run_program

cli = korean_cli("질문 묶음으로 답변의 품질을 잽니다.")
for name, command in (
    ("template", template_command),
    ("suggest", suggest_command),
    ("check", check_command),
    ("run", run_command),
    ("report", report_command),
    ("compare", compare_command),
    ("ablation", ablation_command),
    ("fit", fit_command),
):
    cli.command(name, cls=KoreanCommand)(command)

if __name__ == "__main__":
    run_program(cli)
