"""A page on which a student's own model reads the student's own digit."""

from coursedata.canvas.page import draw_page

__all__ = ["draw_page"]
