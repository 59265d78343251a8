# Two commands matter: `make book` and `make test`. Each sets up .venv by itself.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
UV_VERSION := 0.13.9
BIN := .venv/bin
READY := .venv/.ready
BOOK := _build/.book
SOURCES := $(wildcard *.md *.yml *.bib lectures/*.ipynb appendix/* docs/* _static/*) \
	tools/bookpages.py

.PHONY: help setup book test notebooks bench lock clean lint unit nbval site

help:  ## show this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1|/' | \
	  while IFS='|' read -r name text; do printf '  make %-10s %s\n' "$$name" "$$text"; done

setup: $(READY)  ## install everything into .venv (the other targets do it by themselves)

$(READY): requirements.txt requirements.lock pyproject.toml
	@python="$$(bash tools/find_python.sh)" && bash tools/setup.sh "$$python" $(UV_VERSION)
	@touch $@

book: $(BOOK)  ## build the book: _build/html/index.html, readable without a network

$(BOOK): $(READY) $(SOURCES)
	$(BIN)/jupyter-book build . -W -n --keep-going
	@touch $@
	@echo "Open _build/html/index.html in a browser."

test: lint unit nbval site  ## lint, unit tests, every notebook run again, the built pages in a browser

lint: $(READY)  ## ruff over code and notebooks, and the floors of the library
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

unit: $(READY)  ## tests of cnnlib and of the book's tools
	$(BIN)/pytest -n 2 tests/unit tests/notebooks

nbval: $(READY)  ## run every notebook again and compare text and figures
	$(BIN)/pytest --nbval --nbval-current-env -n 2 --dist loadscope lectures

site: $(READY) $(BOOK)  ## open every built page in Chromium
	$(BIN)/pytest -n 2 tests/site

notebooks: $(READY)  ## run the notebooks and store their outputs (LECTURE=L02 for one)
	$(BIN)/python -m tools.notebooks $(LECTURE)

bench: $(READY)  ## measure speed and accuracy again, into cnnlib/results (an hour)
	$(BIN)/python -m benchmarks.lenet_speed
	$(BIN)/python -m benchmarks.l01_experiments
	$(BIN)/python -m benchmarks.l05_kernels
	$(BIN)/python -m benchmarks.l06_shift
	$(BIN)/python -m benchmarks.mnist_numpy

lock: $(READY)  ## resolve requirements.lock again from requirements.txt
	bash tools/lock.sh

clean:  ## remove what was built (.venv stays)
	rm -rf _build build *.egg-info .pytest_cache .ruff_cache .hypothesis
