# Every target works from a fresh clone on a machine that has only Python >= 3.11, pip and make.
PYTHON ?= python3
VENV   ?= .venv
BIN     = $(VENV)/bin
AS_OF   = 2018-10-24

.PHONY: demo test check lint types browser eval rule-ages slot-weights clean

$(BIN)/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "kb needs Python 3.11 or newer")'
	$(PYTHON) -m venv $(VENV) || { $(PYTHON) -m pip install --user virtualenv && $(PYTHON) -m virtualenv $(VENV); }

$(VENV)/.demo: pyproject.toml $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	@touch $@

$(VENV)/.test: pyproject.toml $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[test,dev]'
	@touch $@ $(VENV)/.demo

demo: $(VENV)/.demo           ## build the bundled corpus, search it, list what is due
	$(BIN)/kb build --as-of $(AS_OF)
	$(BIN)/kb search "how do I get off the blacklist" --limit 2
	$(BIN)/kb due --as-of $(AS_OF) --within 6m --schedule due-soon
	@echo "Open $(CURDIR)/kb-build/site/index.html"

test: $(VENV)/.test browser   ## everything
	$(BIN)/python -m pytest -n 2 --dist loadfile

check: $(VENV)/.test lint types   ## what to run before a commit
	$(BIN)/python -m pytest -n 2 -m "not browser"
	$(BIN)/kb check

lint: $(VENV)/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.test
	$(BIN)/mypy

browser: $(VENV)/.test        ## a Chromium for the tests of the site
	$(BIN)/python .ci/browser.py

rule-ages: $(VENV)/.test      ## record when new rules appeared, for the order of kb review
	$(BIN)/python .ci/rule_ages.py

slot-weights: $(VENV)/.test   ## learn the weights of lists anew, after marked lists or rules on them changed
	$(BIN)/python .ci/slot_weights.py

clean:
	rm -rf kb-build dist .pytest_cache .mypy_cache .ruff_cache
