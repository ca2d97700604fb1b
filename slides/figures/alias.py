"""An alias of the weights moves with them; a copy stays where the best epoch was."""

from matplotlib.figure import Figure
from style import arrow, canvas, cell, label, save

FONT = 27


def draw() -> Figure:
    """Return two rows: the name best on the model's own numbers, and best with numbers of its own."""
    figure, axes = canvas(1136, 350)
    for top, line, numbers, colour, words in (
        (60, "best = model.state_dict()", None, "red", "one block of memory: the\nnext step changes “best” too"),
        (
            240,
            "best = deepcopy(model.state_dict())",
            ["0.41", "0.30"],
            "green",
            "a block of its own:\nas it was in the best epoch",
        ),
    ):
        label(axes, 4, top - 34, line, mono=True, size=FONT, bold=True)
        label(axes, 48, top + 32, "model", mono=True, size=FONT)
        arrow(axes, (142, top + 32), (250, top + 32), colour="ink")
        for k, text in enumerate(("0.87", "0.12")):
            cell(axes, 256 + 92 * k, top + 4, text, size=92, height=56, fill="bluewash", font=FONT)
        if numbers is None:
            label(axes, 560, top + 32, "best", mono=True, size=FONT)
            arrow(axes, (552, top + 32), (446, top + 32), colour=colour)
        else:
            label(axes, 470, top + 32, "best", mono=True, size=FONT)
            arrow(axes, (544, top + 32), (582, top + 32), colour=colour)
            for k, text in enumerate(numbers):
                cell(axes, 588 + 92 * k, top + 4, text, size=92, height=56, fill="greenwash", font=FONT)
        label(axes, 786, top + 32, words, colour=colour, size=FONT)
    return figure


if __name__ == "__main__":
    save(draw(), __file__)
