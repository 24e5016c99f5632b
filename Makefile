# Everything installs into .venv from requirements.lock; nothing but Python 3.11+ and make is needed beforehand.
PYTHON ?= python3
BIN := .venv/bin
# The tests start many programs of ours: without compiled files each would compile everything again.
unexport PYTHONDONTWRITEBYTECODE
SOURCES := pyproject.toml docs/approvals.md docs/examples/approve_requests.py \
	$(shell find connector actions triggers manifests -type f -not -name "*.pyc")

.PHONY: demo test soak bench fuzz lint format docs build lock

demo: .venv/installed
	@$(BIN)/zoom-connector demo

test: .venv/installed
	@$(BIN)/pytest --numprocesses logical --dist worksteal --ignore tests/soak --ignore tests/benchmarks $(PYTEST)

soak: .venv/installed
	@$(BIN)/pytest tests/soak --override-ini faulthandler_timeout=1200 $(PYTEST)

bench: .venv/installed
	@$(BIN)/pytest tests/benchmarks --override-ini faulthandler_timeout=1200 $(PYTEST)

fuzz: .venv/installed
	@$(BIN)/pytest -m hypothesis --hypothesis-profile fuzz --override-ini faulthandler_timeout=1200 --numprocesses logical $(PYTEST)

lint: .venv/installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy -p zoom_connector
	$(BIN)/mypy tests tools
	$(BIN)/zoom-connector validate

format: .venv/locked
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

docs: .venv/installed
	@$(BIN)/python tools/docs.py

build: .venv/locked
	rm -rf build dist
	$(BIN)/python -m build --no-isolation

lock:
	$(BIN)/pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --all-extras --group dev --generate-hashes \
		--no-emit-index-url --no-annotate --custom-compile-command 'make lock' --output-file requirements.lock pyproject.toml

.venv/locked: requirements.lock
	@echo 'Installing what requirements.lock names into .venv ...'
	@$(PYTHON) -m venv .venv
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.lock
	@touch $@

# A wheel, not an editable install: the tests see what ships. A stale build/ would keep deleted modules alive.
.venv/installed: .venv/locked $(SOURCES)
	@rm -rf build
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --force-reinstall .
	@rm -rf build
	@touch $@
