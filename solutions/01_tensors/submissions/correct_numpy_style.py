"""
note = "thinks in NumPy and converts at the end"
"""
# %% own_trace
def own_trace(values):
    if isinstance(values, torch.Tensor):
        values = values.double().numpy()
    return torch.from_numpy(np.array(values, dtype=np.float32, copy=True))

# %% from_planes
def from_planes(stream, height, width):
    numbers = stream.shape[0]
    if numbers % (3 * height * width) != 0:
        raise ValueError("incomplete frame")
    array = stream.numpy()
    return torch.from_numpy(np.moveaxis(array.reshape(-1, 3, height, width), 1, -1))

# %% skin_trace
def skin_trace(video, mask):
    selected = video.numpy()[:, mask.numpy()]
    if selected.shape[1] == 0:
        raise ValueError("no skin in the mask")
    means = selected.mean(axis=1, dtype=np.float64)
    return torch.tensor(means / means.mean(axis=0) - 1, dtype=torch.float32)

# %% to_chw
def to_chw(image):
    array = np.ascontiguousarray(image.numpy().transpose(2, 0, 1), dtype=np.float32)
    return torch.from_numpy(array / np.float32(255))

# %% one_hot
def one_hot(labels, classes):
    array = labels.numpy()
    if array.size and (array.min() < 0 or array.max() > classes - 1):
        raise ValueError("no such class")
    return torch.from_numpy(np.eye(classes, dtype=np.float32)[array])

# %% running_mean
def running_mean(trace, width):
    array = trace.numpy()
    if width < 1 or width > array.shape[-1]:
        raise ValueError("width does not fit")
    total = np.cumsum(array, axis=-1, dtype=np.float64)
    total = np.concatenate([np.zeros_like(total[..., :1]), total], axis=-1)
    return torch.from_numpy((total[..., width:] - total[..., :-width]) / width).to(trace.dtype)

# %% im2col
def im2col(image, size):
    windows = np.lib.stride_tricks.sliding_window_view(image.numpy(), (size, size), axis=(1, 2))
    channels, rows, columns = windows.shape[:3]
    ordered = windows.transpose(0, 3, 4, 1, 2)
    return torch.from_numpy(ordered.reshape(channels * size * size, rows * columns).copy())
