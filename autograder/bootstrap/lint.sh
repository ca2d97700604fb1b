#!/usr/bin/env bash
# Check the repository; every step runs, so that one run names all that is wrong.
set -uo pipefail
code=0
step() { local name=$1; shift; "$@" || { echo "lint: $name found something (above)"; code=1; }; }
code_of_ours="autograder datasets solutions slides"
step "ruff" .venv/bin/ruff check --quiet $code_of_ours
step "ruff format (ruff format . mends it)" .venv/bin/ruff format --check --quiet $code_of_ours
step "mypy" .venv/bin/mypy --no-error-summary
step "autograder lint" .venv/bin/autograder lint
[ $code = 0 ] && echo "lint: nothing found"
exit $code
