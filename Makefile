# Recount: `make demo` first, `make test` second. Everything runs in .venv, which both targets set up when it is missing.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
SHARED ?= ../shared

.PHONY: help extras demo test test-browser screenshots fuzz-api bench-web check lint types layers test-slow bench score train-judge clean

help:  ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 16

$(STAMP): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Recount needs Python 3.11 or newer; say which with: make PYTHON=/path/to/python3.11 demo"; exit 2; }
	@echo "Setting up $(VENV) (once; about half a minute) ..."
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r constraints.txt
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation -e .
	@$(BIN)/recount --version >/dev/null
	@touch $(STAMP)

demo: $(STAMP)  ## set up, code the sample reports and show what they tell
	@mkdir -p demo && rm -f demo/recount.db demo/recount.db-*
	@$(BIN)/recount --ledger demo/recount.db add "$$($(BIN)/python -c 'import recount.samples as s; print(s.folder())')"
	@$(BIN)/recount --ledger demo/recount.db incidents
	@$(BIN)/recount --ledger demo/recount.db report demo/report.html

test: $(STAMP)  ## run the tests (the quick ones; see test-slow)
	@$(BIN)/python -m pytest -m "not slow and not spark"

test-slow: $(STAMP)  ## the slow suites: fifty kills, large inputs
	@$(BIN)/python -m pytest -m slow

lint: $(STAMP)  ## ruff: rules and format
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .

types: $(STAMP)  ## mypy, strict
	@$(BIN)/mypy

layers: $(STAMP)  ## the river flows one way
	@$(BIN)/lint-imports

check: lint types layers  ## exactly what CI runs
	@$(MAKE) --no-print-directory test
	@$(MAKE) --no-print-directory score-floors

extras: $(STAMP)  ## the optional libraries (Parquet, Excel, plots, documentation), so that no test skips
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r constraints-extras.txt

.PHONY: test-postgres
test-postgres: extras  ## the ledger on a PostgreSQL server of the tests' own, which is installed where it is missing
	@command -v initdb >/dev/null || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || { apt-get update -qq && apt-get install -qq -y postgresql; }
	@RECOUNT_TEST_POSTGRES=1 $(BIN)/python -m pytest -m "postgres and not slow"

test-browser: $(STAMP)  ## walk the desk in Chromium, which is installed where it is missing
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null || { apt-get update -qq && apt-get install -qq -y chromium; }
	@$(BIN)/python -m pytest -m browser

screenshots: $(STAMP)  ## every page of the desk as pictures in build/screenshots: light, dark, phone
	@$(BIN)/python scripts/screenshots.py build/screenshots

fuzz-api: $(STAMP)  ## ten minutes of whatever the API's description allows
	@RECOUNT_FUZZ_SECONDS=600 $(BIN)/python -m pytest tests/web/test_web_fuzz.py -s

bench-web: $(STAMP)  ## the server's time for each page of the desk on a million generated claims
	@$(BIN)/python scripts/bench_web.py

.PHONY: bench-paint
bench-paint: $(STAMP)  ## first paint of the desk's pages in Chromium, on the ledger of bench-web
	@$(BIN)/python scripts/bench_paint.py

bench: $(STAMP)  ## reports/s of each stage, memory, and the ratio to reading and splitting alone
	@$(BIN)/python scripts/bench.py

.PHONY: bench-team
bench-team: extras  ## space, copying, writers at once and the desk's memory, file and server: make bench-team SERVER=postgresql://...
	@$(BIN)/python scripts/bench_team.py --server $(SERVER)

.PHONY: bench-links
bench-links: $(STAMP)  ## time linking: 10,000 and 100,000 event reports, near copies, one more report in a ledger
	@$(BIN)/python scripts/bench_links.py 10000 100000 --copies 2000 --one 20000
	@echo "More: .venv/bin/python scripts/bench_links.py 1000000 and --one 143000 (a million claims)"

.PHONY: bench-archive test-spark
bench-archive: extras  ## archives: against the usual stack on one file, text quality, cost curve 
	@$(BIN)/python -m pip install -q spacy
	@$(BIN)/python scripts/bench_archive.py versus $(if $(wildcard $(SHARED)/data/html/pages),--pages $(SHARED)/data/html/pages)
	@$(if $(wildcard $(SHARED)/data/html/pages),$(BIN)/python scripts/bench_archive.py text --pages $(SHARED)/data/html/pages --truth $(SHARED)/data/html/ground-truth.json)
	@$(BIN)/python scripts/bench_archive.py curve

test-spark: extras  ## archives on Spark: local mode, and a cluster of two workers that loses one (needs Java 17)
	@command -v java >/dev/null || { apt-get update -qq && apt-get install -qq -y openjdk-17-jre-headless; }
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r constraints-spark.txt
	@$(BIN)/python -m pytest tests/engine/test_engine_spark.py

.PHONY: bench-export test-readers docs
bench-export: extras  ## a million invented claims to Parquet and GED: seconds and memory
	@$(BIN)/python scripts/bench_export.py

test-readers: extras  ## open the exports in the programs that people use (installs them first)
	@$(BIN)/python -m pip install -q followthemoney libhxl six geopandas pyogrio duckdb
	@$(BIN)/python -m pytest tests/export tests/test_docs.py

docs: extras  ## build the documentation into site/, warnings as errors
	@$(BIN)/python scripts/build_docs.py
	@$(BIN)/zensical build --strict --clean

score: $(STAMP)  ## score dev/check and write docs/quality.md
	@$(BIN)/python scripts/score_dev.py --shared $(SHARED) --write

.PHONY: score-floors
score-floors: $(STAMP)  ## fail when a figure falls below its floor (skips without the shared data)
	@$(BIN)/python scripts/score_dev.py --shared $(SHARED) --floors

train-judge: $(STAMP)  ## fit every table of the judge to the coded training reports
	@$(BIN)/python -m pip install -q scikit-learn
	@$(BIN)/python scripts/train_judge.py --shared $(SHARED)
	@$(BIN)/python scripts/train_joins.py --shared $(SHARED)
	@$(BIN)/python scripts/train_choices.py --shared $(SHARED)
	@$(BIN)/python scripts/train_speakers.py --shared $(SHARED)
	@$(BIN)/python scripts/train_attributions.py --shared $(SHARED)

clean:  ## remove what the targets made
	rm -rf $(VENV) demo build dist
