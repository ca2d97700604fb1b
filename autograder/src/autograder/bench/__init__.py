"""What grading costs and what it withstands, beside nbgrader and otter-grader: `make bench`, `make bench-security`."""
