"""
note = "filtfilt with a and b, scipy's own window, cosine_similarity, banded matrices"
"""
# %% extra
from scipy.linalg import solveh_banded
from scipy.signal import filtfilt
from scipy.signal.windows import hann as hann_window

# %% band_pass
def band_pass(trace, fps, low=0.7, high=3.5):
    nyquist = fps / 2
    b, a = butter(3, [low / nyquist, high / nyquist], btype="band")
    return filtfilt(b, a, trace, axis=0)

# %% chrom
def chrom(rgb, fps):
    R, G, B = [column / column.mean() for column in rgb.T]
    X = cut_band(3 * R - 2 * G, fps)
    Y = cut_band(1.5 * R + G - 1.5 * B, fps)
    half = round(0.8 * fps)
    S = np.zeros_like(X)
    start = 0
    while start + 2 * half <= len(X):
        here = slice(start, start + 2 * half)
        alpha = np.std(X[here]) / (np.std(Y[here]) + 1e-9)
        piece = X[here] - alpha * Y[here]
        S[here] += hann_window(2 * half, sym=False) * (piece - np.mean(piece))
        start += half
    return S

# %% peak_bpm
def peak_bpm(trace, fps):
    hertz, power = spectrum(trace, fps)  # public
    best = None
    for k in range(1, len(hertz) - 1):
        if 0.7 <= hertz[k] <= 3.5 and (best is None or power[k] > power[best]):
            best = k
    a, b, c = (float(np.log(power[best + step])) for step in (-1, 0, 1))
    delta = (a - c) / (a - 2 * b + c) / 2 if b > a and b > c else 0
    return 60 * float(hertz[best] + delta * (hertz[best + 1] - hertz[best]))

# %% snr
def snr(trace, fps, bpm):
    hertz, power = spectrum(trace, fps)  # public
    pulse = other = 0
    for f, p in zip(hertz, power):
        if f < 0.7 or f > 4:
            continue
        if abs(f - bpm / 60) <= 0.1 or abs(f - bpm / 30) <= 0.1:
            pulse += p
        else:
            other += p
    return float(10 * np.log10(pulse / other))

# %% pulse_trainer
class PulseTrainer(Trainer):
    def loss(self, batch):
        x, y = batch
        p = self.model(x)
        centred = [one - one.mean(dim=1, keepdim=True) for one in (p, y)]
        return 1 - torch.nn.functional.cosine_similarity(*centred, dim=1, eps=1e-8).mean()

# %% detrend
def detrend(trace, strength):
    count = len(trace)
    if count < 5:
        D = np.diff(np.eye(count), 2, axis=0)
        return trace - np.linalg.solve(np.eye(count) + strength**2 * D.T @ D, trace)
    bands = np.zeros((3, count))
    bands[0], bands[1], bands[2] = 6, -4, 1
    bands[0, [0, -1]], bands[0, [1, -2]] = 1, 5
    bands[1, [0, -2]] = -2
    bands *= strength**2
    bands[0] += 1
    return trace - solveh_banded(bands, trace, lower=True)

# %% beat_rate
def beat_rate(trace, fps):
    places, _ = find_peaks(trace, height=0, distance=max(round(0.3 * fps), 1))
    if places.size <= 2:
        return None
    intervals = sorted((places[1:] - places[:-1]).tolist())
    n = len(intervals)
    middle = (intervals[(n - 1) // 2] + intervals[n // 2]) / 2
    return 60 * fps / middle
