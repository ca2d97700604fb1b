"""
note = "worked out from the released text alone, one step a line"
"""
# %% region_means
def region_means(path, boxes):
    capture = cv2.VideoCapture(str(path))  # public
    result = []
    while True:
        found, image = capture.read()  # public
        if not found:
            break
        row = []
        for top, left, height, width in boxes:
            part = image[top : top + height, left : left + width]
            mean = part.mean(axis=(0, 1))
            row.append(mean[::-1])
        result.append(row)
    fps = capture.get(cv2.CAP_PROP_FPS)  # public
    capture.release()
    if result == []:
        raise ValueError(f"there is no frame in {Path(path).name}")
    return np.array(result), fps

# %% band_pass
def band_pass(trace, fps, low=0.7, high=3.5):
    sections = butter(3, [low, high], "bandpass", fs=fps, output="sos")
    filtered = sosfiltfilt(sections, trace, axis=0)  # public
    return filtered

# %% chrom
def chrom(rgb, fps):
    T = len(rgb)
    r, g, b = (rgb / rgb.mean(axis=0)).T  # public
    X = cut_band(3 * r - 2 * g, fps)
    Y = cut_band(1.5 * r + g - 1.5 * b, fps)
    n = 2 * round(0.8 * fps)
    k = np.arange(n)
    hann = 0.5 - 0.5 * np.cos(2 * np.pi * k / n)
    result = np.zeros(T)
    start = 0
    while start + n <= T:
        x = X[start : start + n]
        y = Y[start : start + n]
        alpha = np.std(x) / (np.std(y) + 1e-9)
        S = x - alpha * y
        S = S - S.mean()
        result[start : start + n] += hann * S
        start = start + n // 2
    return result

# %% pos
def pos(rgb, fps):
    T = len(rgb)
    n = round(1.6 * fps)
    result = np.zeros(T)
    for start in range(0, T - n + 1):
        c = rgb[start : start + n]  # public
        c = c / c.mean(axis=0)
        R = c[:, 0]
        G = c[:, 1]
        B = c[:, 2]
        S1 = G - B
        S2 = G + B - 2 * R
        alpha = np.std(S1) / (np.std(S2) + 1e-9)
        h = S1 + alpha * S2
        result[start : start + n] += h - np.mean(h)
    return -result

# %% peak_bpm
def peak_bpm(trace, fps):
    hertz, power = spectrum(trace, fps)  # public
    allowed = np.flatnonzero((hertz >= 0.7) & (hertz <= 3.5))
    best = np.argmax(power[allowed])
    k = allowed[best]
    left, middle, right = np.log(power[k - 1 : k + 2])  # public
    if middle > left and middle > right:
        delta = 0.5 * (left - right) / (left - 2 * middle + right)
    else:
        delta = 0
    distance = hertz[1] - hertz[0]
    return float(60 * (hertz[k] + delta * distance))

# %% errors
def errors(read, truth):
    rates = []
    true = []
    for i in range(len(read)):
        if read[i] is not None:
            rates.append(read[i])
            true.append(truth[i])
    rates = np.array(rates)
    true = np.array(true)
    e = rates - true
    result = {}
    result["answered"] = 100 * len(rates) / len(read)
    result["MAE"] = np.mean(np.abs(e))
    result["RMSE"] = np.sqrt(np.mean(e**2))
    result["MAPE"] = 100 * np.mean(np.abs(e) / true)
    result["Pearson"] = np.corrcoef(rates, true)[0, 1]
    result["within 3"] = 100 * np.mean(np.abs(e) <= 3)
    return result

# %% snr
def snr(trace, fps, bpm):
    hertz, power = spectrum(trace, fps)  # public
    rate = bpm / 60
    inside = (hertz >= 0.7) & (hertz <= 4)
    near = (np.abs(hertz - rate) <= 0.1) | (np.abs(hertz - 2 * rate) <= 0.1)
    pulse = power[inside & near].sum()
    rest = power[inside & ~near].sum()
    return 10 * np.log10(pulse / rest)

# %% reading
def reading(trace, fps):
    if not np.isfinite(trace).all():
        return None
    if np.ptp(trace) == 0:
        return None
    hertz, power = spectrum(trace, fps)  # public
    band = (hertz >= 0.7) & (hertz <= 3.5)
    peak = hertz[band][np.argmax(power[band])]
    inside = (hertz >= 0.7) & (hertz <= 4)
    near = (np.abs(hertz - peak) <= 0.1) | (np.abs(hertz - 2 * peak) <= 0.1)
    share = power[inside & near].sum() / power[inside].sum()
    if share < 0.5:
        return None
    return float(60 * peak)

# %% pulse_trainer
class PulseTrainer(Trainer):
    def loss(self, batch):
        x, y = batch
        p = self.model(x)
        p0 = p - p.mean(dim=1, keepdim=True)  # public
        y0 = y - y.mean(dim=1, keepdim=True)
        top = (p0 * y0).sum(dim=1)
        bottom = p0.norm(dim=1) * y0.norm(dim=1) + 1e-8
        L = 1 - top / bottom
        return L.mean()

# %% detrend
def detrend(trace, strength):
    T = len(trace)
    I = scipy.sparse.identity(T, format="csc")  # public
    D2 = scipy.sparse.diags([1.0, -2.0, 1.0], [0, 1, 2], shape=(T - 2, T), format="csc")  # public
    A = I + strength**2 * (D2.T @ D2)
    return trace - scipy.sparse.linalg.spsolve(A, trace)

# %% beat_rate
def beat_rate(trace, fps):
    distance = max(1, round(0.3 * fps))
    peaks = find_peaks(trace, height=0, distance=distance)[0]
    if len(peaks) < 3:
        return None
    seconds = np.diff(peaks) / fps
    return float(60 / np.median(seconds))

# %% skin_mask
def skin_mask(image, box):
    image = image.astype(float)
    total = image.sum(axis=2, keepdims=True)
    shares = image[:, :, :2] / np.maximum(total, 1)
    top, left, height, width = box
    inside = shares[top : top + height, left : left + width]
    median_red = np.median(inside[:, :, 0])
    median_green = np.median(inside[:, :, 1])
    red_ok = np.abs(shares[:, :, 0] - median_red) <= 0.03
    green_ok = np.abs(shares[:, :, 1] - median_green) <= 0.03
    return red_ok & green_ok & (total[:, :, 0] > 0)
