# planreview: every task of a clone. Needs GNU make and Python 3.11 or newer, nothing else.
# `make` alone lists the targets. Another Python than the first one found: make report PYTHON=python3.12

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

VENV := .venv
ifeq ($(OS),Windows_NT)
PYTHON ?= python
BIN := $(VENV)/Scripts
EXE := .exe
else
PYTHON ?= python3
BIN := $(VENV)/bin
EXE :=
endif
PY := $(BIN)/python$(EXE)
UV := $(BIN)/uv$(EXE)
PLANREVIEW := $(BIN)/planreview$(EXE)
# What the lock must install on without a compiler. Linux from glibc 2.28 on (2018), macOS from 14 on (2023): some
# packages build for no older one.
PLATFORMS := x86_64-pc-windows-msvc aarch64-apple-darwin x86_64-manylinux_2_28
# Written last, so an interrupted installation is taken up again by the next call.
READY := $(VENV)/ready

# UTF-8 whatever the locale is; nothing of a surrounding virtual environment leaks in.
export PYTHONUTF8 := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export UV_PYTHON_DOWNLOADS := never
unexport VIRTUAL_ENV PYTHONHOME
# Compiled modules are kept: without them every notebook's kernel compiles all libraries again.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help
help:  ## list the targets
	@sed -n 's/^\([.a-z][a-z-]*\):.*## \(.*\)/  make \1|\2/p' $(MAKEFILE_LIST) | awk -F'|' '{ printf "%-18s %s\n", $$1, $$2 }'

.PHONY: report
report: $(READY)  ## make the reports of every cycle: reports/<cycle>/index.html
	@set -e; for cycle in $(basename $(notdir $(wildcard data/reference/cycles/*.toml))); do \
	  "$(PLANREVIEW)" report --cycle $$cycle --jobs 2; done

.PHONY: test
test: lint  ## check the code's style and the rooms' order, then run all tests
	"$(PY)" -m pytest -q -n auto --dist loadgroup --no-loadscope-reorder

.PHONY: lint
lint: $(READY)  ## check the code's style (ruff)
	"$(PY)" -m ruff check .

.PHONY: lab
lab: $(READY)  ## open JupyterLab in the notebooks
	"$(PY)" -m jupyterlab --LabApp.default_url=/lab/tree/notebooks

.PHONY: look
look: $(READY)  ## picture the finished reports on screen, phone and paper: reports/look (LOOK=--unit 14)
	"$(PY)" scripts/look.py $(LOOK)

.PHONY: gallery
gallery: $(READY)  ## draw one chart of each kind from the tables at hand: reports/cac-loai-hinh.html
	"$(PY)" scripts/gallery.py

.PHONY: published
published: $(READY)  ## write the workbooks of published figures into data/raw again
	"$(PY)" scripts/published_workbooks.py

.PHONY: simulated
simulated: $(READY)  ## write the simulated submissions into data/raw again
	"$(PY)" -m scripts.simulated

.PHONY: measure
measure: $(READY)  ## how the simulated submissions are read: a table by kind of mess
	"$(PY)" -m scripts.simulated.measure

.PHONY: fuzz
fuzz: $(READY)  ## change bytes and cells of real workbooks for twice ten minutes and read them (FUZZ=--minutes 1)
	"$(PY)" scripts/fuzz_workbooks.py $(FUZZ)
	"$(PY)" scripts/fuzz_grids.py $(FUZZ)

.PHONY: bench
bench: $(READY)  ## how fast workbooks become values, beside pandas merely loading them (BENCH=20: so many workbooks)
	"$(PY)" benchmarks/workbooks.py $(VENV)/bench $(or $(BENCH),60)
	"$(PY)" benchmarks/reading.py $(VENV)/bench
	"$(PY)" benchmarks/workbooks.py $(VENV)/bench-known $(or $(BENCH),60) --known
	"$(PY)" benchmarks/cleaning.py $(VENV)/bench $(VENV)/bench-known

.PHONY: clean-data
clean-data:  ## remove what planreview wrote: data/processed and reports
	@find data/processed reports -mindepth 1 -maxdepth 1 ! -name .gitkeep ! -name README.md -exec rm -rf {} +

.PHONY: lock
lock: $(UV)  ## pin the dependencies of pyproject.toml in requirements.lock (LOCK=--upgrade: the newest)
	"$(UV)" pip compile --quiet --universal --generate-hashes --extra dev --python-version 3.11 \
	  --no-config --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" \
	  $(LOCK) pyproject.toml --output-file requirements.lock

.PHONY: wheels
wheels: $(READY)  ## show that every pinned package has a wheel for Windows, macOS and Linux (asks the package index)
	@set -e; for platform in $(PLATFORMS); do \
	  said=$$(MACOSX_DEPLOYMENT_TARGET=14.0 "$(UV)" pip install --dry-run --require-hashes --only-binary :all: --python "$(PY)" --python-version 3.11 \
	    --python-platform $$platform --target "$(VENV)/nowhere" -r requirements.lock 2>&1) || { echo "$$said" >&2; exit 1; }; \
	  echo "$$platform: $$(echo "$$said" | sed -n 's/^Would install //p')"; done
	@rm -r "$(VENV)/nowhere"

.PHONY: venv
venv: $(READY)  ## make or update .venv only

# The lock pins uv too: its lines, hashes included, are handed to pip; uv installs the rest.
define install_uv
@$(PYTHON) -c "import sys; v = sys.version_info; v >= (3, 11) or sys.exit('planreview needs Python 3.11 or newer; $(PYTHON) is %d.%d. Name another one: make PYTHON=python3.12' % v[:2])"
@"$(PY)" -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear $(VENV)
@sed -n '/^uv==/,/[^\\]$$/p' requirements.lock > $(VENV)/uv.txt
"$(PY)" -m pip install --quiet --require-hashes -r $(VENV)/uv.txt
endef

# The path of an editable installation is written and read in the locale's encoding. Said relative to the
# environment it is plain ASCII: the clone may lie in a folder with a Vietnamese name, under any locale.
relative_path := import os, pathlib; \
  pth = next(pathlib.Path('$(VENV)').glob('[Ll]ib/**/site-packages/__editable__.planreview-*.pth')); \
  pth.write_text(os.path.relpath('lib', pth.parent), 'ascii')

$(READY): requirements.lock pyproject.toml
	$(install_uv)
	"$(UV)" pip sync --quiet --python "$(PY)" --require-hashes requirements.lock
	LC_ALL=C.UTF-8 "$(UV)" pip install --quiet --python "$(PY)" --no-deps --no-build-isolation --editable .
	@$(PYTHON) -c "$(relative_path)"
	@echo ready > $(READY)

$(UV):
	$(install_uv)
