# Everything that is done to this project by hand or by a machine starts here.

PORT ?= 8000
PYTHON ?= python3
export PORT PYTHON

py := .venv/bin/python
data := "$${DOCKET_DATA_DIR:-var}"
parts := format-check lint types imports templates migrations test

MAKEFLAGS += --no-print-directory
.NOTPARALLEL:
.DEFAULT_GOAL := help
.PHONY: help install dev run demo test check bench format requirements $(parts)

help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-13s %s\n", $$1, $$2 }' Makefile
	@echo
	@echo 'PORT=9000 moves the application, PYTHON=python3.12 chooses the interpreter,'
	@echo 'TESTS=tests/statute narrows the tests, UPGRADE=--upgrade renews the lock.'

install: ## set up this machine for running the application
	@sh scripts/setup.sh run

dev:
	@sh scripts/setup.sh dev

run: install ## set up, load the demo once, serve on 127.0.0.1:8000 with a worker
	@$(py) -m scripts.serve --check-port
	@$(MAKE) demo
	@exec $(py) -m scripts.serve

demo: install ## set up, load the demo once, write its packet, and end
	@$(py) -m flask db upgrade
	@$(py) -m flask demo load
	@test -s $(data)/demo/referral-packet.pdf || \
	  { echo 'The demo packet was not written.' >&2; exit 1; }
	@echo "The packet of the invented case: "$(data)"/demo/referral-packet.pdf"

test: ## set up with the test tools, then run every test
	@sh scripts/setup.sh test
	@sh scripts/test.sh $(TESTS)

check: ## every part below and the tests; stops at the first failure and names it
	@for part in $(parts); do \
	  echo "== $$part"; \
	  $(MAKE) $$part || { echo "make check stopped at: $$part" >&2; exit 1; }; \
	done

bench: dev ## run the comparisons of benchmarks/ and print their ratios
	@ran=0; for comparison in benchmarks/[!_]*.py; do \
	  [ -e "$$comparison" ] || continue; \
	  echo "== $$comparison"; PYTHONPATH=. $(py) "$$comparison" || exit 1; ran=1; \
	done; [ "$$ran" = 1 ] || { echo 'benchmarks/ holds no comparison.' >&2; exit 1; }

format: dev ## rewrite source and templates in the house format
	@$(py) -m ruff format .
	@$(py) -m ruff check --select I --fix --quiet .
	@$(py) -m djlint templates --reformat --quiet || $(py) -m djlint templates --check --quiet

format-check: dev ## fail when a source file is not in the house format
	@$(py) -m ruff format --check --quiet .

lint: ## ruff over Python, shellcheck over the shell scripts
	@sh scripts/setup.sh lint
	@$(py) -m ruff check --quiet .
	@if command -v shellcheck >/dev/null; then shellcheck scripts/*.sh .ci/run; fi

types: dev ## mypy, strict
	@$(py) -m mypy

imports: dev ## who may import whom
	@$(py) -c 'from importlinter.cli import lint_imports_command; lint_imports_command()' --no-logo

templates: dev ## djlint over the templates
	@$(py) -m djlint templates --lint --check --quiet

migrations: dev ## up, compare with the models, down, up again, on a scratch database
	@scratch=$$(mktemp -d) && trap 'rm -rf "$$scratch"' EXIT INT TERM && \
	export DOCKET_ENV=development DOCKET_DATA_DIR="$$scratch" \
	  DOCKET_DATABASE_URL="sqlite:///$$scratch/scratch.db" && \
	$(py) -m alembic --quiet upgrade head && $(py) -m alembic check && \
	$(py) -m alembic --quiet downgrade base && $(py) -m alembic --quiet upgrade head

# The application's lock is compiled under the constraints of the larger one, so that both name
# the same releases.
requirements: dev ## compile the locks from the .in files
	@$(py) -m uv pip compile --quiet --generate-hashes --universal --python-version 3.11 $(UPGRADE) \
	  requirements-dev.in -o requirements-dev.txt
	@$(py) -m uv pip compile --quiet --generate-hashes --universal --python-version 3.11 $(UPGRADE) \
	  requirements.in -o requirements.txt -c requirements-dev.txt
	@$(py) -m uv pip compile --quiet --generate-hashes --universal --python-version 3.11 $(UPGRADE) \
	  requirements-spark.in -o requirements-spark.txt -c requirements-dev.txt
