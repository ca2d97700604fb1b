"""Ten examples, shuffled and handed out in batches of four: the last batch has two."""

from matplotlib.figure import Figure
from style import arrow, canvas, cell, label, save

ORDER = (7, 2, 9, 0, 5, 3, 8, 1, 6, 4)
WASHES = ("greenwash", "bluewash", "amberwash")


def draw() -> Figure:
    """Return the dataset, its shuffled order and three batches."""
    figure, axes = canvas(1136, 300)
    label(axes, 0, 32, "Dataset", bold=True)
    label(axes, 0, 64, "one example by its index", colour="muted", size=22)
    label(axes, 0, 142, "shuffled", bold=True)
    label(axes, 0, 174, "anew each epoch", colour="muted", size=22)
    label(axes, 0, 252, "DataLoader", bold=True)
    label(axes, 0, 284, "one batch after another", colour="muted", size=22)
    wash = {number: WASHES[place // 4] for place, number in enumerate(ORDER)}
    for number in range(10):
        cell(axes, 300 + 62 * number, 20, str(number), fill=wash[number])
    for place, number in enumerate(ORDER):
        cell(axes, 300 + 62 * place, 130, str(number), fill=wash[number])
    for batch in range(3):
        numbers = ORDER[4 * batch : 4 * batch + 4]
        left = 300 + 290 * batch
        for place, number in enumerate(numbers):
            cell(axes, left + 62 * place, 240, str(number), fill=WASHES[batch])
        arrow(axes, (300 + 248 * batch + 31 * len(numbers), 192), (left + 31 * len(numbers), 232))
    label(axes, 1010, 268, "only two", colour="muted", size=22)
    return figure


if __name__ == "__main__":
    save(draw(), __file__)
