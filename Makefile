# make run    sets everything up and starts Saraban with a demo agency      make test   sets up and runs the tests
PYTHON ?= python3.11
VENV   := .venv
PY     := $(VENV)/bin/python
DATA   ?= data

.PHONY: run test slow servers stop-servers test-servers chaos lint format bench bench-servers docs lock clean

run: $(VENV)/.run node_modules/.installed
	@$(PY) -m saraban --data-folder $(DATA) serve --demo

test: $(VENV)/.dev node_modules/.installed
	$(PY) -m pytest -q -m "not slow and not browser and not bench and not servers"

slow: $(VENV)/.dev node_modules/.installed
	$(PY) -m pytest -q -m "(slow or browser) and not bench and not servers"

# The real servers on loopback, without containers: start prints the settings, stop ends them.
servers: $(VENV)/.dev
	@$(PY) -m deploy.local start

stop-servers: $(VENV)/.dev
	@$(PY) -m deploy.local stop

test-servers: $(VENV)/.dev node_modules/.installed
	$(PY) -m pytest -q -m "servers and not bench"

# The story under load on the real servers while things are killed: make chaos SEED=7 KILLS=20
SEED  ?= 7
KILLS ?= 20
chaos: $(VENV)/.dev node_modules/.installed
	$(PY) -m tests.chaos --seed $(SEED) --kills $(KILLS)

lint: $(VENV)/.dev
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/ruff check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports

format: $(VENV)/.dev
	$(VENV)/bin/ruff format .
	$(VENV)/bin/ruff check --fix .

bench: $(VENV)/.dev node_modules/.installed
	$(PY) -m tests.bench

bench-servers: $(VENV)/.dev node_modules/.installed
	$(PY) -m tests.bench servers

docs: $(VENV)/.dev
	$(PY) -m saraban docs

# What stands in the lock files, chosen anew from requirements*.in.
lock: $(VENV)/.dev
	$(PY) -m pip install -q uv
	$(VENV)/bin/uv pip compile -q --generate-hashes --no-header --no-emit-index-url --python-version 3.11 requirements.in -o requirements.lock
	$(VENV)/bin/uv pip compile -q --generate-hashes --no-header --no-emit-index-url --python-version 3.11 -c requirements.lock requirements-dev.in -o requirements-dev.lock

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: requirements.lock | $(VENV)/bin/python
	$(PY) -m pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.run
	$(PY) -m pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

node_modules/.installed: package-lock.json package.json .npmrc
	npm ci --no-audit --no-fund --loglevel=error
	@touch $@

clean:
	rm -rf $(VENV) node_modules build .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
