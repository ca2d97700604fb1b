"""
note = "one letter a name, type hints, early returns, everything in one expression"
"""
# %% own_trace
def own_trace(values) -> torch.Tensor:
    v = values.clone() if isinstance(values, torch.Tensor) else torch.tensor(np.array(values))
    return v.to(torch.float32)

# %% stored_as
def stored_as(trace: torch.Tensor, dtype: torch.dtype) -> torch.Tensor:
    try:
        i = torch.iinfo(dtype)
    except TypeError:
        return trace.to(dtype).float()
    return trace.round().clip(i.min, i.max).to(dtype).float()

# %% from_planes
def from_planes(stream: torch.Tensor, height: int, width: int) -> torch.Tensor:
    try:
        v = stream.view(-1, 3, height, width)
    except RuntimeError as e:
        raise ValueError("not whole frames") from e
    return v.transpose(1, 2).transpose(2, 3)

# %% skin_trace
def skin_trace(video: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
    if (n := mask.sum()) == 0:
        raise ValueError
    m = (video.float() * mask[..., None]).sum((1, 2)) / n
    return m / m.mean(0) - 1

# %% to_chw
def to_chw(image: torch.Tensor) -> torch.Tensor:
    return torch.stack(image.unbind(2)).float() / 255

# %% squared_distances
def squared_distances(a, b):
    return (-2 * a @ b.T).add((a**2).sum(1, True)).add((b**2).sum(1)).clamp_min(0)

# %% one_hot
def one_hot(labels, classes):
    if ((labels < 0) + (labels > classes - 1)).any():
        raise ValueError
    return labels.unsqueeze(-1).eq(torch.arange(classes)).float()
