"""
note = "worked out from the released text alone, one step a line"
"""
# %% region_means
def region_means(path, boxes):
    capture = cv2.VideoCapture(str(path))  # public
    fps = capture.get(cv2.CAP_PROP_FPS)  # public
    frames = []
    while True:
        found, image = capture.read()  # public
        if not found:
            break
        row = []
        for top, left, height, width in boxes:
            piece = image[top : top + height, left : left + width]
            row.append(piece.mean(axis=(0, 1))[::-1])
        frames.append(row)
    capture.release()
    if len(frames) == 0:
        raise ValueError(f"no frame could be read from {path}")
    return np.array(frames), fps

# %% band_pass
def band_pass(trace, fps, low=0.7, high=3.5):
    sections = butter(3, [low, high], "bandpass", fs=fps, output="sos")
    return sosfiltfilt(sections, trace, axis=0)  # public

# %% chrom
def chrom(rgb, fps):
    r, g, b = (rgb / rgb.mean(axis=0)).T  # public
    x = cut_band(3 * r - 2 * g, fps)
    y = cut_band(1.5 * r + g - 1.5 * b, fps)
    n = 2 * round(0.8 * fps)
    hann = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(n) / n)
    result = np.zeros(len(rgb))
    for start in range(0, len(rgb) - n + 1, n // 2):
        xw = x[start : start + n]
        yw = y[start : start + n]
        alpha = np.std(xw) / (np.std(yw) + 1e-9)
        s = xw - alpha * yw
        s = s - s.mean()
        result[start : start + n] += hann * s
    return result

# %% pos
def pos(rgb, fps):
    n = round(1.6 * fps)
    result = np.zeros(len(rgb))
    for start in range(len(rgb) - n + 1):
        c = rgb[start : start + n]  # public
        r, g, b = (c / c.mean(axis=0)).T
        s1 = g - b
        s2 = g + b - 2 * r
        alpha = np.std(s1) / (np.std(s2) + 1e-9)
        result[start : start + n] += s1 + alpha * s2
    return -result

# %% peak_bpm
def peak_bpm(trace, fps):
    hertz, power = spectrum(trace, fps)  # public
    allowed = np.flatnonzero((hertz >= 0.7) & (hertz <= 3.5))
    k = allowed[power[allowed].argmax()]
    left, middle, right = np.log(power[k - 1 : k + 2])  # public
    if middle > left and middle > right:
        delta = 0.5 * (left - right) / (left - 2 * middle + right)
    else:
        delta = 0
    return 60 * (hertz[k] + delta * (hertz[1] - hertz[0]))

# %% errors
def errors(read, truth):
    a = []
    b = []
    for one, true in zip(read, truth):
        if one is not None:
            a.append(one)
            b.append(true)
    a = np.array(a)
    b = np.array(b)
    e = a - b
    return {
        "answered": 100 * len(a) / len(read),
        "MAE": np.abs(e).mean(),
        "median": np.median(np.abs(e)),
        "RMSE": np.sqrt((e**2).mean()),
        "MAPE": 100 * (np.abs(e) / b).mean(),
        "Pearson": np.corrcoef(a, b)[0, 1],
        "within 3": 100 * (np.abs(e) <= 3).mean(),
    }

# %% snr
def snr(trace, fps, bpm):
    hertz, power = spectrum(trace, fps)  # public
    rate = bpm / 60
    inside = (hertz >= 0.7) & (hertz <= 4)
    near = (np.abs(hertz - rate) <= 0.1) | (np.abs(hertz - 2 * rate) <= 0.1)
    return 10 * np.log10(power[inside & near].sum() / power[inside & ~near].sum())

# %% reading
def reading(trace, fps):
    if not np.isfinite(trace).all() or np.ptp(trace) == 0:
        return None
    hertz, power = spectrum(trace, fps)  # public
    in_band = (hertz >= 0.7) & (hertz <= 3.5)
    peak = hertz[in_band][power[in_band].argmax()]
    inside = (hertz >= 0.7) & (hertz <= 4)
    near = (np.abs(hertz - peak) <= 0.1) | (np.abs(hertz - 2 * peak) <= 0.1)
    share = power[inside & near].sum() / power[inside].sum()
    if share < 0.5:
        return None
    return 60 * peak

# %% pulse_trainer
class PulseTrainer(Trainer):
    def loss(self, batch):
        inputs, blood = batch
        p = self.model(inputs)
        p = p - p.mean(dim=1, keepdim=True)  # public
        y = blood - blood.mean(dim=1, keepdim=True)
        top = (p * y).sum(dim=1)
        bottom = p.norm(dim=1) * y.norm(dim=1) + 1e-8
        return (1 - top / bottom).mean()

# %% detrend
def detrend(trace, strength):
    T = len(trace)
    d2 = scipy.sparse.diags([1.0, -2.0, 1.0], [0, 1, 2], shape=(T - 2, T), format="csc")  # public
    eye = scipy.sparse.identity(T, format="csc")  # public
    smooth = scipy.sparse.linalg.spsolve(eye + strength**2 * d2.T @ d2, trace)
    return trace - smooth

# %% beat_rate
def beat_rate(trace, fps):
    peaks, _ = find_peaks(trace, height=0, distance=max(1, round(0.3 * fps)))
    if len(peaks) < 3:
        return None
    return 60 / np.median(np.diff(peaks) / fps)

# %% skin_mask
def skin_mask(image, box):
    total = np.maximum(image.sum(axis=2), 1)
    red = image[:, :, 0] / total
    green = image[:, :, 1] / total
    top, left, height, width = box
    rows = slice(top, top + height)
    columns = slice(left, left + width)
    near_red = np.abs(red - np.median(red[rows, columns])) <= 0.03
    near_green = np.abs(green - np.median(green[rows, columns])) <= 0.03
    return near_red & near_green & (image.sum(axis=2) > 0)
