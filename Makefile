# Targets for people. `make` alone prints them.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
BENCH := .venv-bench
BENCH_STAMP := $(BENCH)/.installed
UV := $(or $(shell command -v uv),build/uv/bin/uv)
LOCK := pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
  --no-emit-package rfc3987-syntax --no-emit-package lark --upgrade

.DEFAULT_GOAL := help
.PHONY: help setup report test lab bench bench-quick fuzz readme lint lock clean

help: ## print these targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1|/' | awk -F'|' '{printf "  make %-11s %s\n", $$1, $$2}'

# The lock is complete, so pip resolves nothing; bytecode is compiled once, or every start would be twice as slow.
$(STAMP): requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; set PYTHON=…")'
	$(PYTHON) -m venv --clear $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

setup: $(STAMP) ## make the environment in .venv, from requirements.lock

report: $(STAMP) ## articles to tables, notebooks, charts, report and slides, in reports/latest
	$(BIN)/figures run

test: $(STAMP) ## run the tests
	$(BIN)/python -m pytest

lab: $(STAMP) ## open JupyterLab on the same environment (options: LAB="--port 8890")
	$(BIN)/jupyter lab $(LAB) notebooks

# The programs to compare with stand in one process with ours, hence in an environment of their own that has both.
$(BENCH_STAMP): requirements.lock requirements-bench.lock
	$(PYTHON) -m venv --clear $(BENCH)
	$(BENCH)/bin/python bench/install.py requirements.lock requirements-bench.lock
	touch $@

bench: $(BENCH_STAMP) ## measure accuracy, speed beside other programs, and memory; renew the README's tables
	PYTHONPATH="$(CURDIR)/src" $(BENCH)/bin/python -W ignore -m bench $(BENCH_OPTIONS)

bench-quick: BENCH_OPTIONS += --quick
bench-quick: bench ## the same over a tenth of the text; the README stays

fuzz: $(STAMP) ## read texts that nobody would write (options: FUZZ="--seconds 600 --seed 7", "--repeated", "--growth", "--atheris html")
	$(BIN)/python -m bench.fuzz $(FUZZ)
	$(if $(FUZZ),,FIGURES_FUZZ=long $(BIN)/python -m pytest tests/test_fuzz.py)

readme: $(STAMP) ## renew the README's chart and the words under it
	$(BIN)/python tools/readme.py

lint: $(STAMP) ## check style and format
	$(BIN)/ruff check src tests tools bench
	$(BIN)/ruff format --check src tests tools bench

build/uv/bin/uv:
	$(PYTHON) -m venv build/uv
	build/uv/bin/python -m pip install --quiet --disable-pip-version-check uv

lock: $(filter build/%,$(UV)) ## renew both locks from pyproject.toml
	$(UV) $(LOCK) --group dev --output-file requirements.lock pyproject.toml
	$(UV) $(LOCK) --group peers --constraint requirements.lock --output-file requirements-bench.lock pyproject.toml

clean: ## remove what can be rebuilt; the environment stays
	rm -rf reports data/processed/*.csv data/processed/*.parquet data/processed/*.json
