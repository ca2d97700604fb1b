"""From an exercise's source to what students get: read strictly, built byte-stable, looked through for leaks."""
