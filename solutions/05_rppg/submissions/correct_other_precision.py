"""
note = "two values in a list, measures in float32, a loss in float64 with a helper beside it"
"""
# %% region_means
def region_means(path, boxes):
    capture = cv2.VideoCapture(str(path))  # public
    fps = capture.get(cv2.CAP_PROP_FPS)  # public
    rows = []
    going, frame = capture.read()
    while going:
        row = []
        for top, left, height, width in boxes:
            blue, green, red, _ = cv2.mean(frame[top : top + height, left : left + width])
            row.append((red, green, blue))
        rows.append(row)
        going, frame = capture.read()
    if len(rows) == 0:
        raise ValueError(f"{path}: no film")
    return [np.asarray(rows), fps]

# %% errors
def errors(read, truth):
    places = [k for k, one in enumerate(read) if one is not None]
    a = torch.tensor([float(read[k]) for k in places])
    b = torch.tensor([float(truth[k]) for k in places])
    e = (a - b).abs()
    return {
        "answered": 100 * len(places) / len(read),
        "MAE": e.mean().item(),
        "median": float(np.median(e.numpy())),
        "RMSE": e.square().mean().sqrt().item(),
        "MAPE": (100 * e / b).mean().item(),
        "Pearson": torch.corrcoef(torch.stack([a, b]))[0, 1].item(),
        "within 3": 100 * (e <= 3).float().mean().item(),
    }

# %% pulse_trainer
class PulseTrainer(Trainer):
    def correlation(self, one, other):
        one = one - one.mean(dim=1, keepdim=True)
        other = other - other.mean(dim=1, keepdim=True)
        return (one * other).sum(dim=1) / (one.norm(dim=1) * other.norm(dim=1) + 1e-8)

    def loss(self, batch):
        inputs, blood = batch
        return torch.mean(1 - self.correlation(self.model(inputs).double(), blood.double()))
