# make run [PORT=8000]      the whole platform, with demo, until Ctrl-C
# make test [ARGS="…"]      the test suite, or the part that pytest's arguments choose
# make check                linters, types, floors, translations, production settings
# The rest is listed by: make help

.DEFAULT_GOAL := help
SHELL := /bin/sh
PORT ?= 8000
ARGS ?=
DATA := ../shared/data

# The newest Python from 3.12 on that answers; one behind a version manager is chosen by .python-version.
FIND_PYTHON := for name in .venv/bin/python python3.14 python3.13 python3.12 python3; do \
	if $$name -c 'import sys; sys.exit(sys.version_info < (3, 12))' 2>/dev/null; then echo $$name; break; fi; done
PYTHON := .venv/bin/python
DEVELOPMENT := DEBUG=1 DEMO=1
# Production as the checks see it; some of Django's checks ask the database, so there it is.
PRODUCTION = env DEBUG= DEMO= TESTING= SECRET_KEY=only-for-checks-2c8f4be1a97d40f3b6e5d1c0a8b7f6e5d4c3b2a190 \
	BASE_URL=https://plg.example STREAM_URL=https://plg.example ALLOWED_HOSTS=plg.example \
	EMAIL_URL=smtp://127.0.0.1:9 DEFAULT_FROM_EMAIL=plg@plg.example FILES_ROOT=var/check \
	$$($(PYTHON) -m plg_platform.embedded urls)
TESTS := $(PYTHON) -m pytest

.PHONY: help setup run stop test real sweep faults bench demo shots letters manage messages requirements \
	check lint types floors migrations dutch htmx deploy

help: ## What there is to make
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):[^#]*## /\1\t/' | expand -t 14

setup: ## Packages, front end and translations, whatever is out of date
	@python=$$($(FIND_PYTHON)); \
	if [ -z "$$python" ]; then echo "Python 3.12 or later is needed." >&2; exit 1; fi; \
	exec $$python tools/setup.py

run: setup ## The whole platform until Ctrl-C (PORT=8000; streams take the next port)
	@exec $(PYTHON) -m plg_platform.supervisor --port $(PORT)

stop: ## Stop database and broker that a lone command left running
	@$(PYTHON) -m plg_platform.embedded stop

test: setup ## All tests, or ARGS="tests/communities -k join"
	@$(TESTS) -n 2 --dist worksteal $(ARGS)

real: setup ## Tests and imports on the real files of ../shared/data
	@if [ -d $(DATA) ]; then exec $(TESTS) tests/real $(ARGS); \
	elif [ -n "$$CI" ]; then echo "make real: $(DATA) is absent, and in CI it must be there." >&2; exit 1; \
	else echo "make real: $(DATA) is absent, so nothing was tested on real files."; fi

sweep: setup ## Every page in every state: axe, HTML, both languages, phone and desktop, light and dark
	@$(TESTS) tests/sweep -n 2 --dist worksteal --show-capture=no --tb=short $(ARGS)

faults: setup ## Kill, wipe and restart services under load; prints a line per figure
	@$(TESTS) tests/faults -s $(ARGS)

bench: setup ## Figures, one "name value unit" per line; also in var/bench.json
	@$(PYTHON) -m bench $(ARGS)

demo: setup ## Fresh demo data (all data of the development database is replaced)
	@$(DEVELOPMENT) $(PYTHON) manage.py demo --fresh $(ARGS)

shots: setup ## Screenshots of the main pages under var/shots
	@$(PYTHON) tools/shots.py $(ARGS)

letters: setup ## Pictures of every letter under var/shots/letters
	@$(PYTHON) tools/letters.py $(ARGS)

manage: setup ## A command of manage.py in development: make manage ARGS="shell"
	@$(DEVELOPMENT) $(PYTHON) manage.py $(ARGS)

messages: setup ## Collect the strings to translate (needs GNU gettext)
	@$(PYTHON) tools/messages.py extract

requirements: setup ## Pin the newest versions that pyproject.toml allows (needs uv)
	@uv pip compile --universal --python-version 3.12 --generate-hashes --no-emit-index-url --no-header \
		--upgrade --quiet pyproject.toml -o requirements.txt
	@uv pip compile --universal --python-version 3.12 --generate-hashes --no-emit-index-url --no-header \
		--upgrade --quiet pyproject.toml --group dev -c requirements.txt -o requirements-dev.txt

check: lint types floors migrations dutch htmx deploy ## All of the checks below

lint: setup ## Python and templates: ruff, djlint
	@$(PYTHON) -m ruff check .
	@$(PYTHON) -m ruff format --check .
	@$(PYTHON) -m djlint templates --lint --quiet

types: setup ## mypy with Django's types
	@$(PRODUCTION) $(PYTHON) -m mypy .

floors: setup ## Imports and templates look only downward
	@.venv/bin/lint-imports --no-logo 2>/dev/null || .venv/bin/lint-imports
	@$(PYTHON) tools/template_floors.py

migrations: setup ## Every change of a model has its migration
	@$(PRODUCTION) $(PYTHON) manage.py makemigrations --check --dry-run

dutch: setup ## Every string has its Dutch
	@$(PYTHON) tools/messages.py check

htmx: setup ## No habits of htmx 2 in the templates
	@$(PYTHON) node_modules/htmx.org/dist/scripts/upgrade-check.py templates static/src

deploy: setup ## Production settings are safe
	@$(PRODUCTION) $(PYTHON) manage.py check --deploy --fail-level WARNING
