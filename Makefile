# Two commands: `make run` shows the platform with its demo neighbourhood, `make test` tests everything.
# What is installed is remembered in stamp files inside .venv; a second `make run` starts in seconds.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt
ADDRESS ?= 127.0.0.1:8000
# So many tests run at once; a file of tests stays with one worker, because what its tests stand on is made once.
WORKERS ?= 2
PYTEST := $(BIN)/python -m pytest --numprocesses $(WORKERS) --dist loadfile
# In the demo mails are shown on the screen, and Start offers to sign in as a coordinator, a party or a resident.
export WERKPLAATS_DEMO ?= yes
export PYTHONUNBUFFERED = 1

STATIC := $(shell find src/werkplaats/*/static -type f 2>/dev/null)
DEMO := $(shell find demo -type f 2>/dev/null)
# A database that is gone takes the memory of having loaded the demo with it.
GONE := $(shell test -f var/werkplaats.sqlite3 || rm -f var/demo.stamp)
WORDS := $(shell find locale -name '*.po' 2>/dev/null)

PARTS := check-style check-types check-shape check-tables check-words check-packages
.PHONY: run test test-sqlite test-postgres check $(PARTS) format bench translations lock clean

run: .venv/platform.stamp var/words.stamp var/static.stamp var/demo.stamp
	$(BIN)/python manage.py migrate --verbosity 0
	@tools/system-packages pango
	@echo "Open http://$(ADDRESS)/ (stop with Ctrl-C)"
	$(BIN)/python manage.py run --bind $(ADDRESS)

test: test-sqlite test-postgres

test-sqlite: .venv/dev.stamp var/words.stamp
	tools/system-packages chromium
	tools/system-packages pango
	$(PYTEST)

# The pure library and the shape of the house know no database; pages are looked at once, above.
test-postgres: .venv/dev.stamp var/words.stamp
	tools/system-packages pango
	WITHOUT_BROWSER=1 $(PYTEST) -p tests.postgres --ignore tests/samenhang --ignore tests/architecture

# Each part can be run alone; `make -k check` goes on after a part that fails.
check: $(PARTS)

check-style: .venv/dev.stamp
	$(BIN)/ruff check src tests benchmarks manage.py
	$(BIN)/ruff format --check --quiet src tests benchmarks manage.py

check-types: .venv/dev.stamp
	$(BIN)/mypy

check-shape: .venv/dev.stamp
	$(BIN)/lint-imports

check-tables: .venv/dev.stamp
	$(BIN)/python manage.py makemigrations --check --dry-run

check-words: .venv/dev.stamp
	tools/system-packages gettext
	$(BIN)/python manage.py translations --check

check-packages: .venv/dev.stamp
	$(BIN)/python -m pip check

format: .venv/dev.stamp
	$(BIN)/ruff format src tests benchmarks manage.py
	$(BIN)/ruff check --fix src tests benchmarks manage.py

# `make bench DATA=FOLDER` measures on real data; without it on our own fixtures, and the table says so.
# RED_DWARF=PYTHON: an interpreter in which the peer of Polis mode is installed (docs/decisions).
bench: .venv/bench.stamp
	$(BIN)/python -m benchmarks $(if $(DATA),--data "$(DATA)")

translations: .venv/dev.stamp
	tools/system-packages gettext
	$(BIN)/python manage.py translations

# After a change of dependencies: what was tried together, for everybody.
lock: .venv/dev.stamp .venv/bench.stamp
	$(BIN)/python -m pip freeze --exclude-editable | sed "1i # What was tried together; made by \`make lock\`." > constraints.txt

clean:
	rm -rf .venv var

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; make PYTHON=... run")'
	$(PYTHON) -m venv .venv

.venv/platform.stamp: pyproject.toml constraints.txt | .venv/bin/python
	$(PIP) --editable '.[platform]'
	@touch $@

.venv/dev.stamp: pyproject.toml constraints.txt | .venv/bin/python
	$(PIP) --editable '.[platform,dev]'
	@touch $@ .venv/platform.stamp

.venv/bench.stamp: pyproject.toml constraints.txt | .venv/bin/python
	$(PIP) --editable '.[platform,bench]'
	@touch $@ .venv/platform.stamp

var/words.stamp: $(WORDS) .venv/platform.stamp
	@mkdir -p var
	$(if $(WORDS),$(BIN)/pybabel --quiet compile --directory locale --domain django)
	@touch $@

var/static.stamp: $(STATIC) .venv/platform.stamp
	@mkdir -p var
	$(BIN)/python manage.py collectstatic --noinput --verbosity 0
	@touch $@

# Reads the documents, finds the issues and measures before the first page is shown; what takes longer goes on behind it.
var/demo.stamp: $(DEMO) | .venv/platform.stamp var/words.stamp
	$(BIN)/python manage.py migrate --verbosity 0
	$(BIN)/python manage.py load demo
	$(BIN)/python manage.py sweep --once --seconds 45
	@touch $@
