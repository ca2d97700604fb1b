"""
note = "all windows at once, NumPy's own tools in place of loops, one number in a tensor that keeps an axis"
"""
# %% region_means
def region_means(path, boxes):
    film = cv2.VideoCapture(str(path))  # public
    frames = []
    found, image = film.read()
    while found:
        frames.append(cv2.cvtColor(image, cv2.COLOR_BGR2RGB))
        found, image = film.read()
    if len(frames) == 0:
        raise ValueError(f"{Path(path).name}: OpenCV finds no frame")
    frames = np.stack(frames)
    means = [frames[:, t : t + h, x : x + w].mean(axis=(1, 2), dtype=np.float64) for t, x, h, w in boxes]
    return np.stack(means, axis=1), film.get(cv2.CAP_PROP_FPS)

# %% chrom
def chrom(rgb, fps):
    size = 2 * round(0.8 * fps)
    normal = rgb / np.mean(rgb, axis=0, keepdims=True)
    xy = cut_band(np.stack([normal @ [3, -2, 0], normal @ [1.5, 1, -1.5]], axis=1), fps)
    windows = np.lib.stride_tricks.sliding_window_view(xy, size, axis=0)[:: size // 2]
    spread = np.std(windows, axis=2)
    s = windows[:, 0] - (spread[:, 0] / (spread[:, 1] + 1e-9))[:, None] * windows[:, 1]
    s = (s - s.mean(axis=1, keepdims=True)) * np.sin(np.pi * np.arange(size) / size) ** 2
    out = np.zeros(len(rgb))
    for number, piece in enumerate(s):
        out[number * (size // 2) : number * (size // 2) + size] += piece
    return out

# %% pos
def pos(rgb, fps):
    n = round(1.6 * fps)
    windows = np.lib.stride_tricks.sliding_window_view(rgb, n, axis=0)
    normal = windows / windows.mean(axis=2, keepdims=True)
    s = np.einsum("kc,wct->wkt", np.array([[0.0, 1.0, -1.0], [-2.0, 1.0, 1.0]]), normal)
    alpha = s[:, 0].std(axis=1) / (s[:, 1].std(axis=1) + 1e-9)
    h = s[:, 0] + alpha[:, None] * s[:, 1]
    h -= h.mean(axis=1, keepdims=True)
    total = np.zeros(len(rgb))
    np.add.at(total, np.arange(len(h))[:, None] + np.arange(n), h)
    return -total

# %% errors
def errors(read, truth):
    kept = np.array([one is not None for one in read])
    a = np.array([one for one in read if one is not None], dtype=float)
    b = np.asarray(truth, dtype=float)[kept]
    e = a - b
    return {
        "answered": 100 * kept.mean(),
        "within 3": 100 * np.mean(np.abs(e) <= 3),
        "MAE": np.abs(e).mean(),
        "median": np.quantile(np.abs(e), 0.5),
        "RMSE": np.linalg.norm(e) / len(e) ** 0.5,
        "MAPE": 100 * np.mean(np.abs(e) / b),
        "Pearson": np.mean((a - a.mean()) * (b - b.mean())) / (a.std() * b.std()),
    }

# %% snr
def snr(trace, fps, bpm):
    hertz, power = spectrum(trace, fps)  # public
    power = power * ((hertz >= 0.7) & (hertz <= 4))
    centres = np.array([[bpm / 60], [bpm / 30]])
    near = ((hertz >= centres - 0.1) & (hertz <= centres + 0.1)).any(axis=0)
    return 10 * (np.log10(power[near].sum()) - np.log10(power[~near].sum()))

# %% pulse_trainer
class PulseTrainer(Trainer):
    def loss(self, batch):
        inputs, blood = batch
        said = self.model(inputs)
        a, b = said - said.mean(1, True), blood - blood.mean(1, True)
        r = (a * b).sum(1, True) / (a.norm(dim=1, keepdim=True) * b.norm(dim=1, keepdim=True) + 1e-8)
        return 1 - r.mean(dim=0)

# %% skin_mask
def skin_mask(image, box):
    float_image = image.astype(np.float64)
    total = float_image.sum(axis=-1)
    with np.errstate(invalid="ignore"):
        shares = float_image[..., :2] / total[..., None]
    t, x, h, w = box
    middle = np.median(shares[t : t + h, x : x + w].reshape(-1, 2), axis=0)
    return np.max(np.abs(shares - middle), axis=-1) <= 0.03
