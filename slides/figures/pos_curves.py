"""POS's two curves of a face whose light swings: white is gone from both, and their sum is the pulse."""

from chrom_curves import two_curves
from matplotlib.figure import Figure
from style import save


def draw() -> Figure:
    """Return S1 and alpha S2, which the pulse moves alike, and their sum."""
    alpha, one, two = "\N{GREEK SMALL LETTER ALPHA}", "S\N{SUBSCRIPT ONE}", "S\N{SUBSCRIPT TWO}"
    return two_curves(((0, 1, -1), (-2, 1, 1)), 1, (one, f"{alpha}{two}", f"{one} + {alpha}{two}"))


if __name__ == "__main__":
    save(draw(), __file__)
