"""Placeholder."""
def render_summary(reports, exercise, cohort, entries=None): return "x"
