"""
note = "Names and calls that look like what is forbidden, and are not: `unfold` of sums, a helper called to_tensor."
"""
# %% extra
import functools

import torch.nn.functional as F
from torchvision.transforms import ToTensor


def timed(function):
    """Call a function and say so."""

    @functools.wraps(function)
    def wrapped(*args, **kwargs):
        """Without cdist, one_hot and ToTensor."""
        return function(*args, **kwargs)

    return wrapped


def to_tensor(array):
    return torch.from_numpy(np.ascontiguousarray(array))

# %% to_chw
def to_chw(image):
    """As torchvision.transforms.ToTensor, but by hand."""
    planes = to_tensor(np.moveaxis(np.asarray(image), 2, 0))  # not ToTensor()
    return planes.float().div_(255)

# %% squared_distances
def squared_distances(a, b):
    """No torch.cdist."""
    x, y = np.asarray(a), np.asarray(b)
    of_x, of_y = (x**2).sum(1, keepdims=True), (y**2).sum(1, keepdims=True)
    table = of_x + np.ones_like(of_x) * of_y.T - 2 * np.einsum("nd,md->nm", x, y)
    return torch.from_numpy(np.where(table > 0, table, 0 * table))

# %% one_hot
def one_hot(labels, classes):
    if torch.any(labels < 0) or torch.any(labels > classes - 1):
        raise ValueError("one_hot")
    rows = torch.eye(classes)
    return rows.index_select(0, labels.reshape(-1)).reshape(*labels.shape, classes)


one_hot = timed(one_hot)

# %% running_mean
def running_mean(trace, width):
    if not 1 <= width <= trace.shape[-1]:
        raise ValueError("running_mean")
    c = F.pad(trace, (1, 0)).double().cumsum_(-1).contiguous()
    ends = c.unfold(-1, width + 1, 1)
    return torch.sub(ends[..., -1], ends[..., 0]).div(width).type_as(trace)

# %% im2col
def im2col(image, size):
    """Not by F.unfold."""
    padded = F.pad(image, (0, 0))
    windows = padded.unfold(1, size, 1).unfold(2, size, 1)
    return torch.einsum("cyxij->cijyx", windows).reshape(image.shape[0] * size * size, -1)


im2col = timed(im2col)
