"""Digits for the third week: drawn from strokes, and held-out ones that are moved a little."""

from coursedata.digits.altering import Alteration, alter_digits
from coursedata.digits.drawing import draw_digits
from coursedata.digits.files import make_digits

__all__ = ["Alteration", "alter_digits", "draw_digits", "make_digits"]
