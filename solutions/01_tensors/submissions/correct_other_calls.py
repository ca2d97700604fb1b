"""
note = "the same with less usual calls: unflatten, swapaxes, narrow, select, movedim, unfold, scatter"
"""
# %% own_trace
def own_trace(values):
    result = torch.empty(torch.as_tensor(values).shape, dtype=torch.float32)
    result.copy_(torch.as_tensor(values))
    return result

# %% from_planes
def from_planes(stream, height, width):
    whole, rest = divmod(stream.size(0), 3 * height * width)
    if rest:
        raise ValueError(f"{rest} numbers too many")
    return stream.unflatten(0, (whole, 3, height, width)).movedim(1, 3)

# %% green_box
def green_box(video, top, left, height, width):
    _, rows, columns, _ = video.shape
    if not (0 <= top and 0 <= left and top + height <= rows and left + width <= columns):
        raise ValueError("this box is not in the picture")
    return video.select(3, 1).narrow(1, top, height).narrow(2, left, width)

# %% standardise
def standardise(images, mean, std):
    last = images.movedim(-3, -1)
    return last.sub(mean).div(std).movedim(-1, -3)

# %% skin_trace
def skin_trace(video, mask):
    if mask.logical_not().all():
        raise ValueError("no pixel")
    flat = video.flatten(1, 2)[:, mask.flatten()]
    means = torch.mean(flat, 1, dtype=torch.float32)
    return means.div(means.mean(0)).sub(1)

# %% to_chw
def to_chw(image):
    planes = image.swapaxes(1, 2).swapaxes(0, 1)
    return torch.empty(planes.shape).copy_(planes).mul_(1 / 255).clamp_(0, 1)

# %% pulse_power
def pulse_power(traces, fps, rates):
    turns = torch.outer(rates / 60, traces.new_ones(traces.shape[1]).cumsum(0) - 1)
    waves = torch.polar(torch.ones_like(turns), 2 * math.pi * turns / fps)
    return (traces.to(waves.dtype) @ waves.T).abs() ** 2

# %% one_hot
def one_hot(labels, classes):
    if labels.numel() > 0 and not (0 <= labels.min() <= labels.max() < classes):
        raise ValueError("label without a class")
    empty = torch.zeros(*labels.shape, classes)
    return empty.scatter_(-1, labels.unsqueeze(-1), 1.0)

# %% running_mean
def running_mean(trace, width):
    if width not in range(1, trace.shape[-1] + 1):
        raise ValueError("no such window")
    sums = trace.to(torch.float64).cumsum(-1)
    before = sums.roll(width, -1)
    before[..., :width] = 0
    return ((sums - before) / width)[..., width - 1 :].to(trace.dtype)

# %% im2col
def im2col(image, size):
    windows = image.unfold(1, size, 1).unfold(2, size, 1)
    return windows.permute(0, 3, 4, 1, 2).flatten(3, 4).flatten(0, 2)
