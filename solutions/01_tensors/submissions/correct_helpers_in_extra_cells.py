"""
note = "helpers, imports and plots of the student's own in extra cells; prints and warnings everywhere"
"""
# %% extra
import sys
import warnings

import torch.nn.functional as F

print("my notes: rows before columns!", file=sys.stderr)
warnings.warn("this is only a test of warnings", stacklevel=1)

# %% extra
def as_column(x):
    """Put two axes of length 1 behind."""
    return x[:, None, None]


def waves(rates, fps, like):
    frames = torch.arange(like.shape[1], dtype=like.dtype, device=like.device)
    angle = rates[:, None] * frames / fps * 2 * math.pi / 60
    return angle.cos(), angle.sin()


def inside(start, length, end):
    return 0 <= start <= start + length <= end

# %% own_trace
def own_trace(values):
    return torch.tensor(values, dtype=torch.float32)  # warns when it is given a tensor

# %% green_box
def green_box(video, top, left, height, width):
    if not inside(top, height, video.shape[1]) or not inside(left, width, video.shape[2]):
        raise ValueError("no")
    print("box of", height, "x", width)
    return video[:, top:, left:, 1][:, :height, :width]

# %% standardise
def standardise(images, mean, std):
    return (images - as_column(mean)) / as_column(std)

# %% extra
plt.plot(range(10))
plt.title("a plot of my own")
plt.show()
1 / 0

# %% pulse_power
def pulse_power(traces, fps, rates):
    c, s = waves(rates, fps, traces)
    return (traces @ c.T).pow(2) + (traces @ s.T).pow(2)

# %% running_mean
def running_mean(trace, width):
    if width <= 0 or width > trace.shape[-1]:
        raise ValueError(width)
    c = F.pad(trace.double().cumsum(dim=-1), (1, 0))
    return ((c[..., width:] - c[..., : -width]) / width).to(trace)
