# Thin on purpose: the work is in deploy/*.py. Only relative paths, so that the folder may be called anything.
PYTHON ?= python3
VENV := .venv/bin/python
export PYTHONUNBUFFERED = 1

.PHONY: run test bench lint fmt lock
.DEFAULT_GOAL := run

run:
	@$(PYTHON) -m deploy.install drift
	@$(VENV) -m deploy.demo

test:
	@$(PYTHON) -m deploy.install udvikling
	@$(VENV) -m deploy.verify

bench:
	@$(PYTHON) -m deploy.install udvikling
	@$(VENV) -m tests.bench

lint:
	@$(PYTHON) -m deploy.install udvikling
	@$(VENV) -m deploy.verify lint

fmt:
	@$(VENV) -m ruff check --quiet --fix --exit-zero .
	@$(VENV) -m ruff format --quiet .

# make lock            the newest of everything the .in files allow
# make lock PAKKE=x    only x moves
lock:
	@$(VENV) -m deploy.lock $(PAKKE)
