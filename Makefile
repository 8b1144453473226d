# The commands of this project; `make` prints them. tools/environment.sh says which Python they run with.
SURVEY ?= data/raw/2014
REPORTS ?= reports

.DEFAULT_GOAL := help
.PHONY: help report status test test-long lab tidy doctor check format bench clean lock
# One environment, one report at a time.
.NOTPARALLEL:

# In a container one is root, which JupyterLab wants to be told.
as_root = $$([ "$$(id -u)" != 0 ] || echo --allow-root)
name = $$(basename "$(SURVEY)")
ready = python=$$(sh tools/environment.sh $(1)) &&

help: ## print this list
	@awk 'BEGIN { FS = ":.*## " } /^[a-z-]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

report: ## read the returns, run the notebooks, write briefing and pages (SURVEY=data/raw/2014, REPORTS=reports)
	@$(call ready,report) "$$python" -m analysis report "$(SURVEY)" --out "$(REPORTS)/$(name)"

status: ## say of each file of the report whether it is current and, if not, because of what
	@$(call ready,report) "$$python" -m analysis status "$(SURVEY)" --out "$(REPORTS)/$(name)"

tidy: ## only the returns: write their tables to data/processed/
	@$(call ready,report) "$$python" -m analysis tidy "$(SURVEY)" --out "data/processed/$(name)"

lab: ## open JupyterLab on the notebooks, with a tour; ARGS go to it (ARGS="--no-browser --port=8890")
	@$(call ready,report) export JUPYTERLAB_WORKSPACES_DIR="$${JUPYTERLAB_WORKSPACES_DIR:-$$PWD/.cache/workspaces}" && \
		{ [ -d "$$JUPYTERLAB_WORKSPACES_DIR" ] || "$$python" -m jupyterlab workspaces import lab/workspace.json; } && \
		"$$python" -m jupyterlab $(as_root) $(ARGS) notebooks

doctor: ## check what a report needs on this machine, and say what to do where it is missing
	@python=$$(sh tools/environment.sh find) && PYTHONPATH=src "$$python" -m analysis doctor "$(SURVEY)"

test: ## run the tests (under five minutes)
	@$(call ready,test) "$$python" -m pytest -n 2 --dist loadfile

test-long: ## run the tests and the long runs too (fuzzing, scale)
	@$(call ready,test) "$$python" -m pytest -n 2 --dist loadfile -m "long or not long"

check: ## check format, lint, types and the import ladder
	@$(call ready,test) "$$python" -m ruff format --check . && "$$python" -m ruff check . && \
		"$$python" -m mypy && "$$python" -m pytest tests/test_ladder.py

format: ## format the code and mend what the linter can mend
	@$(call ready,test) "$$python" -m ruff format . && "$$python" -m ruff check --fix .

bench: ## print the ratios of benchmarks/
	@$(call ready,test) for file in benchmarks/bench_*.py; do "$$python" "$$file" || exit 1; done

clean: ## remove outputs and caches, keep .venv
	@rm -rf reports/* data/processed/* .cache .pytest_cache .mypy_cache .ruff_cache .hypothesis build dist
	@find src tests tools benchmarks notebooks \( -name __pycache__ -o -name .ipynb_checkpoints \) -prune -exec rm -rf {} +

lock: ## pin the dependencies of pyproject.toml anew in both lock files
	@$(call ready,test) \
		compile() { "$$python" -m uv pip compile pyproject.toml --universal --generate-hashes --no-strip-extras --python-version 3.11 \
			--upgrade --quiet --custom-compile-command "make lock" "$$@"; } && \
		compile --extra build --output-file requirements.lock && \
		compile --extra build --extra test --constraint requirements.lock --output-file requirements-test.lock
