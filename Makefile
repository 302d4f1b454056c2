# Two commands do all the set-up: `make site` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: site serve docs test lint types floors unit package audit bench lock clean

site: $(VENV)/.installed
	$(BIN)/kb build

serve: $(VENV)/.installed
	$(BIN)/kb serve --open

# The documentation, a project of its own: what the code says of itself is written into it first.
docs: $(VENV)/.installed
	$(BIN)/python docs/generate.py
	$(BIN)/kb -C docs build --strict

test: lint types floors unit package

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.installed-dev
	$(BIN)/mypy

floors: $(VENV)/.installed-dev
	$(BIN)/lint-imports

unit: $(VENV)/.installed-dev
	$(BIN)/pytest

# A wheel in an empty environment, with no checkout around, makes and builds a project.
package: $(VENV)/.installed-dev
	BIN=$(BIN) sh tests/package.sh

# Known vulnerabilities of the locked packages, asked of the Python index.
audit:
	$(PYTHON) -m venv .cache/audit
	.cache/audit/bin/python -m pip --disable-pip-version-check --quiet install pip-audit
	.cache/audit/bin/pip-audit --disable-pip --requirement requirements.lock

bench: $(VENV)/.installed
	$(BIN)/python bench/run.py

# The pictures of docs/theme.md, from this repository's own site.
screenshots: site $(VENV)/.installed-dev
	PYTHONPATH=tests/support $(BIN)/python bench/screenshots.py site docs/static/screenshots

# The exact packages with their hashes, for every platform, from pyproject.toml.
lock:
	$(PYTHON) -m uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header \
		pyproject.toml --group install -o requirements.lock
	$(PYTHON) -m uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header \
		pyproject.toml --group install --group dev -o requirements-dev.lock

clean:
	rm -rf $(VENV) .kb dist

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: $(VENV)/bin/python requirements.lock pyproject.toml
	$(PIP) install --require-hashes --requirement requirements.lock
	$(PIP) install --no-deps --no-build-isolation --editable .
	touch $@

$(VENV)/.installed-dev: $(VENV)/.installed requirements-dev.lock
	$(PIP) install --require-hashes --requirement requirements-dev.lock
	touch $@
