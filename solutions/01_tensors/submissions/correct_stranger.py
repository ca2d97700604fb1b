"""
note = "worked out from the released text alone, one step a line"
"""
# %% own_trace
def own_trace(values):
    """Return `values` as a float32 tensor that owns its memory."""
    tensor = torch.as_tensor(values, dtype=torch.float32)
    return tensor.clone()

# %% stored_as
def stored_as(trace, dtype):
    """Return what is left of `trace` after it was stored as `dtype`, as float32."""
    if dtype.is_floating_point:
        stored = trace.to(dtype)
    else:
        border = torch.iinfo(dtype)
        stored = trace.round().clamp(border.min, border.max).to(dtype)
    return stored.to(torch.float32)

# %% from_planes
def from_planes(stream, height, width):
    """Return the frames of a camera that sends planes, as a view."""
    one_frame = 3 * height * width
    if stream.numel() % one_frame != 0:
        raise ValueError("the length of stream is no multiple of 3 * height * width")
    planes = stream.view(stream.numel() // one_frame, 3, height, width)
    return planes.permute(0, 2, 3, 1)

# %% green_box
def green_box(video, top, left, height, width):
    """Return the green values of a box in every frame, as a view."""
    bottom = top + height
    right = left + width
    if top < 0 or left < 0 or bottom > video.shape[1] or right > video.shape[2]:
        raise ValueError("the box does not lie wholly inside the frame")
    return video[:, top:bottom, left:right, 1]

# %% standardise
def standardise(images, mean, std):
    """Return (images - mean) / std, channel by channel."""
    return (images - mean[:, None, None]) / std[:, None, None]

# %% skin_trace
def skin_trace(video, mask):
    """Return how much each colour of the skin differs from its mean over time, frame by frame."""
    if mask.sum() == 0:
        raise ValueError("the mask has no True in it")
    skin = video[:, mask].to(torch.float32)  # (T, K, 3)
    m = skin.mean(dim=1)  # (T, 3)
    return m / m.mean(dim=0) - 1

# %% to_chw
def to_chw(image):
    """Return a picture as a network wants it."""
    planes = image.permute(2, 0, 1).contiguous()
    return planes.to(torch.float32) / 255

# %% pulse_power
def pulse_power(traces, fps, rates):
    """Return how strongly each rate is present in each trace."""
    seconds = torch.arange(traces.shape[1], dtype=traces.dtype, device=traces.device) / fps  # (T,)
    angle = 2 * math.pi * rates[:, None] / 60 * seconds  # (F, T)
    along = torch.einsum("rt,ft->rf", traces, angle.cos())
    across = torch.einsum("rt,ft->rf", traces, angle.sin())
    return along**2 + across**2

# %% squared_distances
def squared_distances(a, b):
    """Return the squared distance of every row of `a` to every row of `b`."""
    of_a = (a**2).sum(dim=1, keepdim=True)  # (N, 1)
    of_b = (b**2).sum(dim=1)  # (M,)
    return (of_a + of_b - 2 * a @ b.T).clamp(min=0)

# %% one_hot
def one_hot(labels, classes):
    """Return each label as a row with a single one."""
    outside = (labels < 0).sum() + (labels > classes - 1).sum()
    if outside > 0:
        raise ValueError("a label is below 0 or above K - 1")
    return (labels[..., None] == torch.arange(classes)).to(torch.float32)

# %% running_mean
def running_mean(trace, width):
    """Return the mean of each window of `width` neighbours along the last axis, by one cumsum."""
    if width < 1 or width > trace.shape[-1]:
        raise ValueError("width must be at least 1 and at most T")
    with_zero = torch.nn.functional.pad(trace.to(torch.float64), (1, 0))
    c = torch.cumsum(with_zero, dim=-1)  # (..., T + 1)
    places = trace.shape[-1] - width + 1
    return ((c[..., width:] - c[..., :places]) / width).to(trace.dtype)

# %% im2col
def im2col(image, size):
    """Return every size x size window of a picture as a column."""
    channels, rows, columns = image.shape
    of_channel, of_row, of_column = image.stride()
    down, right = rows - size + 1, columns - size + 1
    windows = image.as_strided(
        (channels, size, size, down, right), (of_channel, of_row, of_column, of_row, of_column)
    )
    return windows.reshape(channels * size * size, down * right)
