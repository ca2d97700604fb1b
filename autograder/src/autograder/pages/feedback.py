"""Placeholder."""
def render_feedback(report, exercise, cohort, entry=None): return "x"
