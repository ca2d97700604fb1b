"""`python -m autograder.doctor`: the same report where the command `autograder` is not installed yet."""

from autograder.doctor import main

raise SystemExit(main())
