"""
note = "loops wherever the text does not forbid them"
"""
# %% own_trace
def own_trace(values):
    if isinstance(values, torch.Tensor):
        values = values.tolist()
    result = torch.empty(np.array(values).shape)
    for place, value in np.ndenumerate(np.array(values)):
        result[place] = float(value)
    return result

# %% stored_as
def stored_as(trace, dtype):
    kept = []
    for value in trace.flatten().tolist():
        if not dtype.is_floating_point:
            value = round(value)
            value = max(torch.iinfo(dtype).min, min(torch.iinfo(dtype).max, value))
        kept.append(torch.tensor(value, dtype=dtype).item())
    return torch.tensor(kept, dtype=torch.float32).reshape(trace.shape)

# %% standardise
def standardise(images, mean, std):
    result = torch.zeros_like(images)
    for channel in range(len(mean)):
        result[..., channel, :, :] = (images[..., channel, :, :] - mean[channel]) / std[channel]
    return result

# %% to_chw
def to_chw(image):
    height, width, channels = image.shape
    planes = torch.zeros(channels, height, width)
    for channel in range(channels):
        for row in range(height):
            planes[channel, row] = image[row, :, channel] / 255
    return planes

# %% one_hot
def one_hot(labels, classes):
    rows = []
    for label in labels.flatten().tolist():
        if label not in range(classes):
            raise ValueError(f"{label} is no class")
        row = [0.0] * classes
        row[label] = 1.0
        rows.append(row)
    return torch.tensor(rows).reshape(*labels.shape, classes)
