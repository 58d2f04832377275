# make report   reads fixtures/articles and writes reports/
# make test     the test suite
# make lint     style and types
# make wheel    dist/quotes-*.whl
# make accuracy measure anew, write the figures into README.md and docs/
#
# Each sets up its own .venv from nothing, with the exact versions of constraints.txt.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet --constraint constraints.txt
PYTEST_FLAGS ?= --numprocesses auto --dist loadfile

.PHONY: report test lint format wheel bench accuracy clean

report: $(VENV)/.run
	$(BIN)/quotes report fixtures/articles --out reports

test: $(VENV)/.dev
	$(BIN)/python -m pytest $(PYTEST_FLAGS)

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(VENV)/.dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

wheel: $(VENV)/.dev
	$(BIN)/python -m build --wheel --outdir dist

bench: $(VENV)/.dev
	$(BIN)/python -m benchmarks

accuracy: $(VENV)/.run
	$(BIN)/python tools/accuracy_page.py

clean:
	rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis

# What the main job needs, the package itself included (editable).
$(VENV)/.run: pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; v = sys.version_info; sys.exit(v < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)
	$(PIP) pip
	$(PIP) --editable .
	touch $@

# And what tests, lint and the cluster need besides.
$(VENV)/.dev: $(VENV)/.run
	$(PIP) --editable '.[s3,cluster]' --group dev
	touch $@
