# `make serve` is all a newcomer needs. Everything made here lands in .venv/, build/, static/vendor/ and data/, which git ignores.

PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
# Two is what the machines that run the tests have. Browser tests share one of them (tests/shares.py).
PYTEST_WORKERS ?= 2
PYTEST_ARGS ?=

BIN := .venv/bin
UV_COMPILE := $(BIN)/uv pip compile pyproject.toml --quiet --python-version 3.11 --generate-hashes --no-emit-index-url \
	--custom-compile-command "make lock"

.DELETE_ON_ERROR:
.PHONY: help install serve install-test test lint format bench prove audit pictures lock clean

help:  ## Say what can be made
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | expand -t 14

install: build/serve.stamp  ## Put in place what serving needs

serve: install  ## Serve on 127.0.0.1:8000 (HOST=, PORT=)
	$(BIN)/python -m app serve --host $(HOST) --port $(PORT)

install-test: build/test.stamp  ## Put in place what testing needs, browser included

test: install-test lint  ## Lint, then run every test
	$(BIN)/python -m pytest -n $(PYTEST_WORKERS) --no-loadscope-reorder -m "not prove" $(PYTEST_ARGS)

lint: install-test  ## Style, format and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy --strict app

format: install-test  ## Write the format that `make lint` asks for
	$(BIN)/ruff check --fix-only --quiet .
	$(BIN)/ruff format .

bench: install-test  ## Measure CPU and bytes against two baselines of the same run
	$(BIN)/python -m bench

prove: install-test  ## The long forms of the tests; writes a dated file in build/prove/
	mkdir -p build/prove
	$(BIN)/python -m pytest -m prove -v $(PYTEST_ARGS) --junit-xml build/prove/$$(date -u +%Y-%m-%dT%H-%M).xml

audit: install-test  ## Every page in every state, in a real browser; results in build/audit/
	$(BIN)/python -m app audit --output build/audit

pictures: install-test  ## Take the pictures of README.md again, after the look has changed
	$(BIN)/python -m tests.browser.pictures

lock: install-test  ## Write the lock files again from pyproject.toml (UPGRADE=1 takes newer releases)
	$(UV_COMPILE) $(if $(UPGRADE),--upgrade) --extra postgresql --group build --output-file requirements/serve.txt
	$(UV_COMPILE) $(if $(UPGRADE),--upgrade) --extra postgresql --group build --group test \
		--constraint requirements/serve.txt --output-file requirements/test.txt
	$(BIN)/uv pip compile requirements/node.in --quiet --python-version 3.11 --generate-hashes --no-emit-index-url \
		$(if $(UPGRADE),--upgrade) --custom-compile-command "make lock" --output-file requirements/node.txt

clean:  ## Remove everything made here except data/
	rm -rf .venv build static/vendor .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find app tests bench -name __pycache__ -type d -exec rm -rf {} +

# --- The steps behind the names above; each leaves a stamp, so that a second run is instant.

$(BIN)/python:
	requirements/system venv
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Guichet needs Python 3.11 or later.")'
	$(PYTHON) -m venv .venv

# The last line installs nothing new: it makes the command `guichet` from this folder.
build/serve.stamp: $(BIN)/python requirements/serve.txt requirements/npm/package-lock.json requirements/browser_files.py pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/serve.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-index --no-deps --no-build-isolation --editable .
	$(BIN)/python requirements/browser_files.py serve
	mkdir -p build && touch $@

build/test.stamp: build/serve.stamp requirements/test.txt requirements/system
	requirements/system test
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/test.txt
	$(BIN)/python requirements/browser_files.py test
	touch $@
