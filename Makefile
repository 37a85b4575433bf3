# Two commands matter to a newcomer: `make demo` and `make test`.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
ONCE   ?=
export UV_FIND_LINKS ?= $(PIP_FIND_LINKS)
export PYTHONPATH :=

.PHONY: demo test check bench soak up format docs pictures messages clean

demo: $(VENV)/run.stamp  ## the whole road, from an application to a served model
	$(BIN)/faur demo $(if $(ONCE),--once)

up: $(VENV)/run.stamp  ## the factory alone
	$(BIN)/faur up

test: $(VENV)/dev.stamp  ## everything that is promised
	@if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then sh tests/parts; fi
	@sh tests/run

check: $(VENV)/dev.stamp  ## the fast gate
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/mypy
	$(BIN)/python -m pytest -q tests/limits

bench: $(VENV)/dev.stamp  ## measurements; nothing is asserted
	$(BIN)/python -m bench

soak: $(VENV)/dev.stamp  ## the long faults
	$(BIN)/python -m tests.kills --kills 50

format: $(VENV)/dev.stamp
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

docs: $(VENV)/dev.stamp  ## the generated pages of docs/reference
	$(BIN)/python -m faur.site.reference docs/reference

pictures: $(VENV)/dev.stamp  ## the pictures of the README, taken in a browser
	FAUR_PICTURES=docs/pictures $(BIN)/python -m pytest -q tests/journeys/test_pictures.py

messages: $(VENV)/dev.stamp  ## gather the text for translators
	$(BIN)/python -m faur.site.messages

$(VENV)/made:
	@command -v uv >/dev/null 2>&1 && uv venv -q --python $(PYTHON) $(VENV) || $(PYTHON) -m venv $(VENV)
	@touch $@

INSTALL = @if command -v uv >/dev/null 2>&1; then VIRTUAL_ENV=$(VENV) uv pip install -q $(1); else $(BIN)/python -m pip install -q $(1); fi

$(VENV)/run.stamp: $(VENV)/made requirements/run.txt requirements/train.txt
	$(call INSTALL,-r requirements/run.txt -r requirements/train.txt)
	$(call INSTALL,--no-deps -e .)
	@touch $@

$(VENV)/dev.stamp: $(VENV)/run.stamp requirements/dev.txt
	$(call INSTALL,-r requirements/dev.txt)
	@touch $@

clean:
	rm -rf $(VENV) var
