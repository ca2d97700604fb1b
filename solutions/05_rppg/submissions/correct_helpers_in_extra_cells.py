"""
note = "helpers in cells of their own, and the reader built from one's own peak and SNR"
"""
# %% extra
def windows_of(count, size, step):
    """Return the slices of all windows that fit."""
    return [slice(start, start + size) for start in range(0, count - size + 1, step)]


def centred(x):
    return x - x.mean()

# %% chrom
def chrom(rgb, fps):
    n = 2 * round(0.8 * fps)
    r, g, b = [centred(c / c.mean()) for c in rgb.T]
    x, y = cut_band(3 * r - 2 * g, fps), cut_band(1.5 * r + g - 1.5 * b, fps)
    signal = np.zeros(len(rgb))
    for here in windows_of(len(rgb), n, n // 2):
        alpha = x[here].std() / (y[here].std() + 1e-9)
        signal[here] += np.hanning(n + 1)[:-1] * centred(x[here] - alpha * y[here])
    return signal

# %% pos
def pos(rgb, fps):
    n = round(1.6 * fps)
    signal = np.zeros(len(rgb))
    for here in windows_of(len(rgb), n, 1):
        r, g, b = [rgb[here, k] / rgb[here, k].mean() for k in range(3)]
        s1, s2 = g - b, g + b - 2 * r
        signal[here] -= centred(s1 + s1.std() / (s2.std() + 1e-9) * s2)
    return signal

# %% reading
def reading(trace, fps):
    if np.any(np.isnan(trace)) or np.max(trace) == np.min(trace):
        return None
    bpm = peak_bpm(trace, fps)
    return bpm if snr(trace, fps, bpm) > -1 else None

# %% extra
def pearson(a, b):
    a = a - a.mean(1, keepdim=True)
    b = b - b.mean(1, keepdim=True)
    return (a * b).sum(1) / (torch.linalg.vector_norm(a, dim=1) * torch.linalg.vector_norm(b, dim=1) + 1e-8)

# %% pulse_trainer
class PulseTrainer(Trainer):
    def loss(self, batch):
        inputs, blood = batch
        return torch.mean(1 - pearson(self.model(inputs), blood))
