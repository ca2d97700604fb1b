"""`make bench-security`: the attack battery against stock nbgrader, otter-grader and ours."""
