# What a developer or a user runs. Everything happens in .venv, made from the lock file.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run test lint unit coverage bench soak screenshots catalogues lock demo clean

run: $(VENV)/.run
	@$(BIN)/python packaging/start.py

demo: $(VENV)/.run
	@$(BIN)/python -m victimid demo --out build/demo

test: $(VENV)/.dev
	@$(BIN)/python packaging/prepare.py tools
	$(MAKE) --no-print-directory lint unit

lint: $(VENV)/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

unit: $(VENV)/.dev
	$(BIN)/python -m pytest -q -n 2 --dist loadgroup --ignore tests/benchmarks --ignore tests/soak

# What reads forms, keeps secrets and keeps records: every line and every branch, or it fails.
coverage: $(VENV)/.dev
	$(BIN)/python -m pytest -q -n 2 --dist loadgroup --cov=victimid/forms --cov=victimid/crypto --cov=victimid/store \
		--cov-report=term-missing:skip-covered --cov-fail-under=100 tests/unit tests/property

bench: $(VENV)/.dev
	$(BIN)/python -m pytest -q -s tests/benchmarks

soak: $(VENV)/.dev
	$(BIN)/python -m pytest -q -s tests/soak

screenshots: $(VENV)/.dev
	QT_QPA_PLATFORM=offscreen $(BIN)/python packaging/screenshots.py build/screenshots

catalogues: $(VENV)/.dev
	$(BIN)/python packaging/forms_catalogue.py
	$(BIN)/python packaging/program_catalogues.py

lock:
	$(PYTHON) -m venv build/lock && build/lock/bin/pip install --quiet uv
	build/lock/bin/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --no-emit-index-url \
		--no-header pyproject.toml --extra build --output-file requirements.lock
	build/lock/bin/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --no-emit-index-url \
		--no-header pyproject.toml --extra build --extra dev --constraint requirements.lock --output-file requirements-dev.lock

$(VENV)/.run: requirements.lock pyproject.toml packaging/prepare.py
	@$(PYTHON) packaging/prepare.py environment requirements.lock
	@touch $@

$(VENV)/.dev: requirements-dev.lock requirements.lock pyproject.toml packaging/prepare.py
	@$(PYTHON) packaging/prepare.py environment requirements-dev.lock
	@touch $(VENV)/.run $@

clean:
	rm -rf build dist $(VENV)
