"""A pulse of 0.2 % around 150, kept in four dtypes."""

import torch
from matplotlib.figure import Figure
from style import COLOURS, chart, save

KINDS = (
    ("float32", torch.float32, "green"),
    ("float16", torch.float16, "blue"),
    ("bfloat16", torch.bfloat16, "red"),
    ("uint8", torch.uint8, "amber"),
)


def draw() -> Figure:
    """Return four small plots with the same axes."""
    seconds = torch.linspace(0, 2, 121)
    pulse = 150 * (1 + 0.002 * torch.sin(2 * torch.pi * 1.1 * seconds))
    figure = chart(1136, 340, left=0.075, right=0.995, top=0.86, bottom=0.24, wspace=0.12)
    shared = None
    for position, (name, dtype, colour) in enumerate(KINDS, start=1):
        kept = (pulse.round() if dtype == torch.uint8 else pulse).to(dtype)
        axes = figure.add_subplot(1, 4, position, sharey=shared)
        shared = shared or axes
        axes.plot(seconds, pulse, color=COLOURS["line"], linewidth=5)
        axes.step(seconds, kept.float(), color=COLOURS[colour], where="mid")
        axes.set_title(f"{name}: {len(kept.unique())} value{'s' * (len(kept.unique()) > 1)}")
        axes.set_xlabel("seconds")
        axes.set_xticks([0, 1, 2])
        axes.set_ylim(149.6, 150.4)
        axes.set_yticks([149.7, 150, 150.3])
        axes.tick_params(labelleft=position == 1)
    return figure


if __name__ == "__main__":
    save(draw(), __file__)
