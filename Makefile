# `make` lists what there is. Everything runs in a virtual environment of its own, `.venv`.

PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin
INSTALLED = $(VENV)/.installed

.DEFAULT_GOAL := help
.PHONY: help demo test lint browser bench docs site clean

help:  ## List the targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 10

$(INSTALLED): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed: make PYTHON=python3.13")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"
	$(BIN)/python -m pip install --quiet --editable . --group test --group lint --group docs
	@touch $@

demo: $(INSTALLED)  ## Lint the example service, and the one with mistakes, with Flake8, pyarch and mypy
	@echo '$$ flake8 --select PYA,E999 docs/example/library'
	@cd docs/example/library && $(abspath $(BIN))/flake8 --isolated --select PYA,E999 . && echo 'no findings'
	@echo '$$ flake8 --select PYA,E999 docs/example/library_with_mistakes'
	@cd docs/example/library_with_mistakes && $(abspath $(BIN))/flake8 --isolated --select PYA,E999 . || true
	@echo '$$ pyarch check --statistics docs/example/library_with_mistakes'
	@cd docs/example/library_with_mistakes && $(abspath $(BIN))/pyarch check --no-cache --statistics || true
	@echo '$$ pyarch types docs/example/library_with_mistakes'
	@cd docs/example/library_with_mistakes && $(abspath $(BIN))/pyarch types -- --cache-dir /dev/null || true

test: $(INSTALLED)  ## Run the whole test suite
	$(BIN)/python -m pytest -q

lint: $(INSTALLED)  ## Run Ruff, mypy and our own linter on ourselves
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/flake8 --isolated --select PYA,E999 flake8_pyarch mypy_pyarch tests docs/generate.py
	$(BIN)/pyarch check

browser: $(INSTALLED)  ## Test the page of pyarch graph in Chromium, which must be there
	@$(BIN)/python -c 'import shutil, sys; sys.exit(None if any(map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))) else "Chromium is needed: apt install chromium")'
	$(BIN)/python -m pytest -q tests/browser

bench: $(INSTALLED)  ## Compare our speed with other tools'; takes long, installs them into .benchmarks/
	$(BIN)/python -m tests.benchmarks

docs: $(INSTALLED)  ## Write the pages that are made from the code
	$(BIN)/python -m docs.generate

site: $(INSTALLED)  ## Build the documentation site in site/
	$(BIN)/zensical build --strict

clean:  ## Remove what the other targets made
	rm -rf $(VENV) build dist site *.egg-info .benchmarks .mypy_cache .pytest_cache .ruff_cache
