# 명령 목록은 `make`로 봅니다.

PYTHON ?= python3
QUESTIONS ?= samples/questions.jsonl
export REPORTS INDEX QUESTIONS WELFARE

RUN := .venv/bin/python
INSTALLED := .venv/.installed
OWN := $(or $(REPORTS),$(patsubst %/.,%,$(wildcard reports/.)))

help:  ## 이 목록을 보여 줍니다
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' Makefile

install: $(INSTALLED)  ## 가상 환경 .venv를 만들고 필요한 패키지를 설치합니다 (PYTHON=python3.11 PIP_ARGS=…)

# Only a finished install leaves the stamp: a broken one is taken up again, a good one costs nothing.
$(INSTALLED): requirements.lock
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo '오류: Python 3.11 이상이 필요합니다. 따로 설치하셨다면 `make install PYTHON=python3.11`처럼 알려 주세요.' >&2; exit 1; }
	@"$(PYTHON)" -c 'import ensurepip, venv' || { \
	  echo '오류: Python에 venv 모듈이 없습니다. Debian·Ubuntu라면 `sudo apt install python3-venv`로 설치해 주세요.' >&2; exit 1; }
	@echo '필요한 패키지를 설치합니다. 처음 한 번, 몇 분 걸립니다.'
	"$(PYTHON)" -m venv .venv
	$(RUN) -m pip install --disable-pip-version-check $(PIP_ARGS) -r requirements.lock
	@touch $@

# The samples get an index of their own: invented figures must never answer a question about real reports.
chat: REPORTS := $(or $(OWN),samples)
chat: INDEX := $(or $(INDEX),$(RAG_INDEX_DIR),data/$(if $(OWN),index,samples))
chat: $(INSTALLED)  ## 보고서를 색인하고 대화 화면을 엽니다 (REPORTS=폴더 INDEX=색인폴더)
	@$(if $(OWN),,echo '예제 보고서(samples/)로 엽니다. 보고서를 reports/ 폴더에 넣거나 `make chat REPORTS=폴더`로 알려 주세요.')
	@$(RUN) -m index build "$$REPORTS" -o "$$INDEX"
	@$(RUN) app.py --index "$$INDEX"

test: $(INSTALLED)  ## 빠른 테스트
	$(RUN) -m pytest -q

slow: $(INSTALLED)  ## 실제 모델과 브라우저를 쓰는 테스트
	$(RUN) -m pytest -q -m slow

check: $(INSTALLED)  ## 형식, 린트, 타입 검사
	$(RUN) -m ruff format --check .
	$(RUN) -m ruff check .
	$(RUN) -m mypy

fix: $(INSTALLED)  ## 고칠 수 있는 형식과 린트를 고칩니다
	$(RUN) -m ruff check --fix .
	$(RUN) -m ruff format .

# The sample questions are about the two text reports.
eval: $(INSTALLED)  ## 질문 묶음으로 답의 품질을 재고 HTML 보고서를 만듭니다 (REPORTS=폴더 QUESTIONS=파일)
	$(RUN) -m index build $(if $(REPORTS),"$$REPORTS",samples/*.txt) -o data/eval/index --rebuild
	$(RUN) -m eval run "$$QUESTIONS" -o data/eval/results.jsonl --index data/eval/index
	$(RUN) -m eval report data/eval/results.jsonl --gold "$$QUESTIONS" --index data/eval/index --by-type --html data/eval/report.html

# Gold names the lines of the text twin; they are found again by their quotes in what was read.
eval-pdf: $(INSTALLED)  ## 예제 PDF와 그 질문으로 답의 품질을 잽니다
	$(RUN) -m index build samples/hanbit_2025_report.pdf -o data/eval-pdf/index --rebuild
	$(RUN) -m eval run samples/report_questions.jsonl -o data/eval-pdf/results.jsonl --index data/eval-pdf/index
	$(RUN) -m eval report data/eval-pdf/results.jsonl --gold samples/report_questions.jsonl --index data/eval-pdf/index \
	  --by-quote --by-type --html data/eval-pdf/report.html $(GATES)

bench: $(INSTALLED)  ## 임베딩 속도를 잽니다
	$(RUN) -m eval.bench

bench-read: $(INSTALLED)  ## PDF를 읽는 속도를 pdfplumber와 견줍니다 (FILES=파일)
	$(RUN) -m index.bench_read $(FILES)

bench-pages: $(INSTALLED)  ## 쪽 번호를 지운 보고서로 쪽 추정의 오차를 잽니다 (REPORTS=폴더나 파일)
	$(RUN) -m index.bench_pages $(if $(REPORTS),"$$REPORTS")

# Welfare-QA (MIT) by Choi JaeHun is not part of this repository.
train: $(INSTALLED)  ## 임베딩 모델에 보고서의 말을 가르칩니다 (WELFARE=welfare_qa.csv)
	$(RUN) -m training encoder $(if $(WELFARE),--welfare "$$WELFARE")

.PHONY: help install chat test slow check fix eval eval-pdf bench bench-read bench-pages train
