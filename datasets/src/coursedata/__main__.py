"""`python -m coursedata`: the commands doctor, preflight and fetch."""

from coursedata.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
