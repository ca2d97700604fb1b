"""
note = "Pearson by standardising, whose scale must be that of the number of moments; other names and small steps"
"""
# %% region_means
def region_means(path, boxes):
    path = Path(path)
    if not path.exists():
        raise ValueError(f"there is no file {path.name}")
    capture = cv2.VideoCapture(str(path))  # public
    means = []
    while capture.isOpened():
        ok, bgr = capture.read()
        if not ok:
            break
        frame_means = []
        for top, left, height, width in boxes:
            blue, green_, red, _ = cv2.mean(bgr[top : top + height, left : left + width])
            frame_means.append((red, green_, blue))
        means.append(frame_means)
    fps = float(capture.get(cv2.CAP_PROP_FPS))  # public
    capture.release()
    if len(means) == 0:
        raise ValueError("no frame in " + path.name)
    return np.asarray(means, dtype=np.float64), fps

# %% pos
def pos(rgb, fps):
    rgb = rgb.astype(float)
    length = round(1.6 * fps)
    h_total = np.zeros(rgb.shape[0])
    for end in range(length, rgb.shape[0] + 1):
        begin = end - length
        cn = rgb[begin:end] / rgb[begin:end].mean(axis=0)
        s = np.array([[0, 1, -1], [-2, 1, 1]]) @ cn.T
        h = s[0] + s[0].std() / (s[1].std() + 1e-9) * s[1]
        h_total[begin:end] = h_total[begin:end] + h - h.mean()
    return -h_total

# %% snr
def snr(trace, fps, bpm):
    hertz, power = spectrum(trace, fps)  # public
    beats = 60 * hertz
    inside = (beats >= 42) & (beats <= 240)
    near = (np.abs(beats - bpm) <= 6) | (np.abs(beats - 2 * bpm) <= 6)
    return 10 * np.log10(power[inside & near].sum() / power[inside & ~near].sum())

# %% pulse_trainer
class PulseTrainer(Trainer):
    def loss(self, batch):
        inputs, blood = batch
        predicted = self.model(inputs)
        losses = []
        for one, true in zip(predicted, blood):
            one, true = one - one.mean(), true - true.mean()
            losses.append(1 - torch.dot(one, true) / (one.norm() * true.norm() + 1e-8))
        return torch.stack(losses).mean()

# %% reading
def reading(trace, fps):
    if np.isnan(trace).any() or np.all(trace == trace[0]):
        return None
    hertz, power = spectrum(trace, fps)  # public
    power = np.where((hertz < 0.7) | (hertz > 4), 0, power)
    rate = hertz[np.argmax(np.where(hertz <= 3.5, power, 0))]
    distance = np.minimum(abs(hertz - rate), abs(hertz - 2 * rate))
    if power[distance <= 0.1].sum() < 0.35 * power.sum():
        return None
    return 60 * rate
