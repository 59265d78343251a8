# Two commands matter: `make book` and `make test`. Each sets up .venv by itself, with
# the groups of requirements/ that it needs.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
UV_VERSION := 0.13.9
BIN := .venv/bin
# one mark for each set of groups that is installed
BOOK_TOOLS := .venv/.book
READY := .venv/.test
LAB := .venv/.lab
JAX := .venv/.jax
BOOK := _build/.book
SOURCES := $(wildcard *.md *.yml *.bib lectures/*.ipynb appendix/* _static/*) \
	$(wildcard cnnlib/*.py cnnlib/*/*.py cnnlib/*/*.js cnnlib/*/*.css) $(wildcard tools/book/*)
PICTURE := _static/lecture2.png
# a .venv that was copied or moved here, or whose Python is gone, is made again
$(shell bash tools/own_venv.sh || rm -f $(BOOK_TOOLS) $(READY) $(LAB) $(JAX) .venv/.groups)

.PHONY: help setup book test lab notebooks lecture identity bench bounds picture lock clean lint unit nbval site lighthouse jupyter jax recount

help:  ## show this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1|/' | \
	  while IFS='|' read -r name text; do printf '  make %-10s %s\n' "$$name" "$$text"; done

setup: $(BOOK_TOOLS) $(READY) $(LAB)  ## install everything into .venv (the other targets do it by themselves)

$(BOOK_TOOLS): GROUPS := book
$(READY): GROUPS := book run test
$(LAB): GROUPS := run lab
$(JAX): GROUPS := run test jax
$(BOOK_TOOLS) $(READY) $(LAB) $(JAX): $(wildcard requirements/*.txt) requirements.lock pyproject.toml
	@python="$$(bash tools/find_python.sh)" && \
	  bash tools/setup.sh "$$python" $(UV_VERSION) $(GROUPS)
	@touch $@

book: $(BOOK)  ## build the book: _build/html/index.html, readable without a network

$(BOOK): $(BOOK_TOOLS) $(SOURCES)
	$(BIN)/jupyter-book build . -W -n --keep-going
	@touch $@
	@echo "Open _build/html/index.html in a browser."

test: lint unit nbval site  ## lint, unit tests, every notebook run again, the built pages in a browser

lint: $(READY)  ## ruff over code and notebooks, the floors of the library, the workflows
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/zizmor --quiet --offline .github

unit: $(READY)  ## tests of cnnlib and of the book's tools
	$(BIN)/pytest -n 2 tests/unit tests/notebooks

nbval: $(READY)  ## run every notebook again and compare text and figures
	$(BIN)/pytest --nbval --nbval-current-env -n 2 --dist loadscope lectures

site: $(READY) $(BOOK)  ## open every built page in Chromium
	$(BIN)/pytest -n 2 tests/site

lighthouse: $(READY) $(BOOK)  ## weigh the pages and let Lighthouse judge three (needs node; not in `make test`)
	$(BIN)/python -m benchmarks.page_weight

lab: $(LAB)  ## work in the lectures, in JupyterLab
	$(BIN)/python -m tools.lab lectures

jupyter: $(READY) $(LAB)  ## run a lecture in a real JupyterLab, and look at what it makes of it
	$(BIN)/pytest tests/lab

jax: $(JAX)  ## train one step of every small model with JAX below Keras (not in `make test`)
	KERAS_BACKEND=jax $(BIN)/pytest -n 2 tests/jax

notebooks: $(READY)  ## run the notebooks and store their outputs (LECTURE=L02 for one)
	$(BIN)/python -m tools.notebooks $(LECTURE)

lecture: $(READY)  ## begin a lecture: make lecture N=17 TITLE="Attention"
	@$(BIN)/python -m tools.notebooks.skeleton "$(N)" "$(TITLE)"

identity: $(READY)  ## write what follows from title, author and address in _config.yml; runs nothing
	$(BIN)/python -m tools.notebooks --no-run

bench: $(READY)  ## measure speed and accuracy again, into cnnlib/results (some hours)
	$(BIN)/python -m benchmarks.lenet_speed
	$(BIN)/python -m benchmarks.l01_experiments
	$(BIN)/python -m benchmarks.l05_kernels
	$(BIN)/python -m benchmarks.l06_shift
	$(BIN)/python -m benchmarks.mnist_numpy
	$(BIN)/python -m benchmarks.lenet_keras
	$(BIN)/python -m benchmarks.l09_imagenet
	$(BIN)/python -m benchmarks.l10_augmentation
	$(BIN)/python -m benchmarks.l11_lenet
	$(BIN)/python -m benchmarks.l12_alexnet
	$(BIN)/python -m benchmarks.l13_vgg
	$(BIN)/python -m benchmarks.l16_flowers
	$(BIN)/python -m benchmarks.l15_inception
	$(BIN)/python -m benchmarks.l16_labels

recount: $(READY)  ## count every network again, into the ledger and its page
	$(BIN)/python -m benchmarks.recount

bounds: $(READY)  ## unit tests with the lowest versions that pyproject.toml allows (Python 3.11 or 3.12)
	bash tools/bounds.sh

picture: $(READY) $(BOOK)  ## take README's picture again, of the built page of L2
	$(BIN)/python -m tools.picture $(PICTURE)

lock: $(READY)  ## resolve requirements.lock again from requirements/ (UPGRADE=1: to the newest)
	bash tools/lock.sh $(if $(UPGRADE),--upgrade)

clean:  ## remove what was built (.venv stays)
	rm -rf _build build *.egg-info .pytest_cache .ruff_cache .hypothesis
