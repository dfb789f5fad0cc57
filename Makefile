# 评优 Pingyou
#
#   make run      the service with a sample campaign on http://127.0.0.1:8000 (Python 3.11+, pip, make; nothing else)
#   make test     the whole test suite (fetches its tools, Debian packages too when it may)
#   make check    linters, types, import fences, generated documents, migrations, deployment files (Node 20 for one of them)
#
# ARGS goes to pytest:  make test ARGS="tests/domain -k notice"

PYTHON ?= python3
BIN := .venv/bin
ARGS ?=

.PHONY: run test coverage check lint types imports documents requirements migrations openapi-lint deploy-lint tools format lock clean

run: .venv/runtime.installed
	@$(BIN)/python -m app run

test: .venv/dev.installed tools
	@$(BIN)/python -m pytest -n 2 --dist worksteal $(ARGS)

coverage: .venv/dev.installed tools
	@$(BIN)/python -m pytest -n 2 --dist worksteal --cov=app --cov-branch --cov-report=term-missing:skip-covered $(ARGS)

check: lint types imports documents migrations openapi-lint deploy-lint

lint: .venv/dev.installed
	$(BIN)/ruff check
	$(BIN)/ruff format --check

types: .venv/dev.installed
	$(BIN)/mypy app tests tools

imports: .venv/dev.installed
	$(BIN)/lint-imports --no-logo

# openapi/ and tests/requirements.md are made from the code and committed.
documents: .venv/dev.installed
	$(BIN)/python -m app generate --check
	$(BIN)/python -m tools.catalogue --check
	$(BIN)/python -m tools.requirements --check

requirements: .venv/dev.installed
	$(BIN)/python -m tools.requirements --write

# Both databases: up, equal to the models, down again.
migrations: .venv/dev.installed
	$(BIN)/python -m app migrations-check
	$(BIN)/python -m tests.servers.postgres $(BIN)/python -m app migrations-check --database-url {}

openapi-lint:
	tools/openapi-lint/run.sh

deploy-lint: .venv/dev.installed
	$(BIN)/hadolint deploy/Containerfile*
	$(BIN)/kubernetes-validate --strict --quiet deploy/kubernetes/*.yaml

# What the tests need besides Python packages: Chromium, a Chinese font, pdftotext, axe-core.
tools: .venv/dev.installed
	@tools/system.sh
	@$(BIN)/python -m tools.axe

format: .venv/dev.installed
	$(BIN)/ruff check --fix-only
	$(BIN)/ruff format

# Development only, with uv: resolves pyproject.toml anew and pins what it found. The lock files name versions and
# hashes, never where they come from; uv.lock would, so it does not stay.
# uv export --no-emit-project --no-default-groups [--group test --group lint] --format requirements-txt -o …
lock:
	uv export --quiet --no-emit-project --no-default-groups --format requirements-txt -o requirements.lock
	uv export --quiet --no-emit-project --group test --group lint --format requirements-txt -o requirements-dev.lock
	rm uv.lock
	! grep -nE '://|-index|^-f|find-links' requirements.lock requirements-dev.lock

clean:
	rm -rf .venv .cache .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis

# Installed again only when the lock changed.
.venv/runtime.installed: requirements.lock
	@PYTHON="$(PYTHON)" tools/install.sh requirements.lock
	@touch $@

.venv/dev.installed: requirements-dev.lock
	@PYTHON="$(PYTHON)" tools/install.sh requirements-dev.lock
	@touch $@
