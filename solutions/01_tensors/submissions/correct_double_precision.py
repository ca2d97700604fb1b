"""
note = "works in float64 inside and casts at the end"
"""
# %% own_trace
def own_trace(values):
    exact = torch.as_tensor(values).to(torch.float64)
    return exact.to(torch.float32)

# %% stored_as
def stored_as(trace, dtype):
    if dtype.is_floating_point:
        return trace.to(dtype).to(torch.float32)
    exact = trace.double().round()
    low, high = float(torch.iinfo(dtype).min), float(torch.iinfo(dtype).max)
    return torch.minimum(torch.maximum(exact, torch.tensor(low)), torch.tensor(high)).float()

# %% standardise
def standardise(images, mean, std):
    exact = (images.double() - mean.double()[:, None, None]) / std.double()[:, None, None]
    return exact.to(images.dtype)

# %% skin_trace
def skin_trace(video, mask):
    if torch.count_nonzero(mask) == 0:
        raise ValueError("the mask is empty")
    m = video[:, mask].double().mean(1)
    m_bar = m.mean(0)
    return ((m - m_bar) / m_bar).float()

# %% to_chw
def to_chw(image):
    return image.movedim(-1, 0).contiguous().double().div(255).float()

# %% pulse_power
def pulse_power(traces, fps, rates):
    t = torch.arange(traces.shape[-1], dtype=torch.float64, device=traces.device) / fps
    phi = 2 * torch.pi * (rates.double() / 60).unsqueeze(1) * t.unsqueeze(0)
    x = traces.double()
    return (torch.matmul(x, phi.cos().mT) ** 2 + torch.matmul(x, phi.sin().mT) ** 2).to(traces.dtype)

# %% squared_distances
def squared_distances(a, b):
    x, y = a.double(), b.double()
    d = x.pow(2).sum(-1, keepdim=True) + y.pow(2).sum(-1) - 2 * x.mm(y.t())
    return d.clamp_(min=0).to(a.dtype)
