"""The proof that an exercise's checks work: named submissions, mutants of the reference, rules of the course."""
