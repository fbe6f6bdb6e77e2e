# Targets for people. `make` alone prints them.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.DEFAULT_GOAL := help
.PHONY: help setup report test lab bench readme lint lock clean

help: ## print these targets
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1|/' | awk -F'|' '{printf "  make %-8s %s\n", $$1, $$2}'

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

bench: $(STAMP) ## measure speed, as ratios within one run
	$(BIN)/python bench/speed.py

readme: $(STAMP) ## renew the README's chart and the words under it
	$(BIN)/python tools/readme.py

lint: $(STAMP) ## check style and format
	$(BIN)/ruff check src tests tools bench
	$(BIN)/ruff format --check src tests tools bench

lock: ## renew requirements.lock from pyproject.toml (needs uv)
	uv pip compile --universal --python-version 3.11 --generate-hashes --group dev --no-header --no-annotate \
	  --no-emit-package rfc3987-syntax --no-emit-package lark --upgrade --output-file requirements.lock pyproject.toml

clean: ## remove what can be rebuilt; the environment stays
	rm -rf reports data/processed/*.csv data/processed/*.parquet data/processed/*.json
