# Every command of the project. Type `make help`.

PYTHON ?= $(shell command -v python3 || command -v python3.12 || command -v python3.13 || command -v python || echo python3)
BOOTSTRAP := $(PYTHON) scripts/bootstrap.py
VENV := .venv/bin
# What is a setting of the run reaches the programs through the environment.
export PORT VAR_DIR DATABASE_URL RELOAD
.DEFAULT_GOAL := help
.PHONY: help run reset test browser faults lint format messages screenshots bench audit requirements css environment

help: ## this list
	@awk 'BEGIN { FS = ":.*## " } /^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## build what is missing, then run the site and its worker (PORT=8000, RELOAD=1 for developers)
	@$(BOOTSTRAP) run

reset: ## forget the database, files and index under var/
	@$(BOOTSTRAP) reset

environment: ## build or update .venv with the test tools
	@$(BOOTSTRAP) env

test: environment ## the suite but for Chromium's part (DATABASE_URL=postgres://… for PostgreSQL, ARGS="-k word")
	@$(VENV)/python -m compileall -q network_site library good_practices events forums tests
	@env -u PYTHONDONTWRITEBYTECODE $(VENV)/python -m pytest -q -n $${WORKERS:-2} $(ARGS)

browser: environment ## in Chromium: journeys, every form of a visitor, every link of every mail, axe
	$(VENV)/python -m pytest -q -m browser -n $${WORKERS:-2} tests/browser $(ARGS)

faults: environment ## what breaks around the site, with the settings of production (needs PostgreSQL)
	$(VENV)/python -m pytest -q -m faults -p no:randomly tests/faults $(ARGS)

lint: environment ## style, imports, templates, migrations, sentences, style sheet
	$(VENV)/ruff check .
	$(VENV)/ruff format --check .
	$(VENV)/lint-imports --no-cache
	$(VENV)/djlint templates --lint --quiet
	$(VENV)/djlint templates/hot --lint --quiet --extension=jinja --profile=jinja
	VAR_DIR=$$(mktemp -d) $(VENV)/python manage.py makemigrations --check --dry-run
	$(VENV)/python scripts/messages.py --check
	$(VENV)/python scripts/build_css.py --check

format: environment ## let ruff correct what it can
	$(VENV)/ruff check --fix . && $(VENV)/ruff format .

css: environment ## write site.css from its layers
	$(VENV)/python scripts/build_css.py

messages: environment ## gather the sentences to translate and compile the catalogues
	$(VENV)/python scripts/messages.py

screenshots: environment ## every main page, 390 and 1280 px, light and dark, into var/screenshots
	$(VENV)/python scripts/screenshots.py $(ARGS)

bench-cold: environment ## what each main page costs when nothing is kept (docs/performance.md)
	$(VENV)/python -m tests.benchmarks.pages --cold $(ARGS)

bench: environment ## the benchmarks of the pages, of the sign-ups, of the summaries, of the directory (small)
	$(VENV)/python -m tests.benchmarks.pages $(ARGS)
	$(VENV)/python -m tests.benchmarks.registrations $(ARGS)
	$(VENV)/python -m tests.benchmarks.digest --members 1000
	$(VENV)/python -m tests.benchmarks.directory --members 1000 --times 5

audit: ## known flaws of the packages (needs the network, and says when it has none)
	@$(BOOTSTRAP) audit

requirements: ## compile the hashed lists from the .in files
	@$(BOOTSTRAP) requirements
