#!/usr/bin/env bash
# Run pytest and end with one plain line; arguments go to pytest.
set -uo pipefail
started=$SECONDS
# a worker a core, each file of tests in one of them
.venv/bin/python -m pytest --color=auto --numprocesses auto --dist loadfile "$@"
code=$?
took=$((SECONDS - started))
case $code in
  0) echo "tests: passed in $took s" ;;
  2) echo "tests: stopped after $took s" ;;
  5) echo "tests: none was chosen by: $*"; code=2 ;;
  *) echo "tests: FAILED in $took s; one again: make test ARGS='-k NAME -x'" ;;
esac
exit $code
