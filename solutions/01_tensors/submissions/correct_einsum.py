"""
note = "einsum for every sum"
"""
# %% skin_trace
def skin_trace(video, mask):
    count = int(mask.sum())
    if count == 0:
        raise ValueError("nothing selected")
    sums = torch.einsum("thwc,hw->tc", video.float(), mask.float()) / count
    return sums / torch.einsum("tc->c", sums) * len(sums) - 1

# %% standardise
def standardise(images, mean, std):
    centred = images - mean.reshape(-1, 1, 1)
    return torch.einsum("...chw,c->...chw", centred, 1 / std)

# %% pulse_power
def pulse_power(traces, fps, rates):
    seconds = torch.arange(traces.size(-1)).to(traces) / fps
    turned = torch.einsum("f,t->ft", rates * (math.tau / 60), seconds)
    waves = torch.stack([turned.cos(), turned.sin()])
    return torch.einsum("rt,kft->krf", traces, waves).square().sum(0)

# %% squared_distances
def squared_distances(a, b):
    aa, bb = torch.einsum("nd,nd->n", a, a), torch.einsum("md,md->m", b, b)
    table = aa.unsqueeze(1) + bb.unsqueeze(0) - 2 * torch.einsum("nd,md->nm", a, b)
    return torch.relu(table)
