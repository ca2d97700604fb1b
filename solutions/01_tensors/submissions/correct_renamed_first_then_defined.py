"""
note = "renames imports, defines the answers as lambdas assigned to names or by decorators"
"""
# %% extra
from functools import wraps

import torch as th


def noisy(function):
    @wraps(function)
    def wrapped(*args, **kwargs):
        print("called", function.__name__)
        return function(*args, **kwargs)

    return wrapped

# %% own_trace
own_trace = lambda values: th.as_tensor(values).detach().clone().float() + 0

# %% green_box
@noisy
def green_box(video, top, left, height, width):
    plane = video[..., 1]
    rows, columns = plane.shape[-2:]
    if min(top, left) < 0 or top > rows - height or left > columns - width:
        raise ValueError("The box must lie inside the frame.")
    return plane[:, top : height + top, left : width + left]

# %% to_chw
@noisy
def to_chw(image):
    out = th.empty(image.shape[2], image.shape[0], image.shape[1])
    out[:] = image.permute(2, 0, 1)
    return out / 255
