"""
note = "NumPy wherever it can read or write"
"""
# %% save_trace
def save_trace(folder, trace, about):
    out = Path(folder)
    out.mkdir(exist_ok=True, parents=True)
    np.save(out / "trace", trace)
    np.savetxt(out / "trace.csv", trace, fmt="%.17g", delimiter=",", header="seconds,green", comments="", encoding="utf-8")
    (out / "about.json").write_text(json.dumps(about, ensure_ascii=False), encoding="utf-8")

# %% read_idx
def read_idx(path):
    raw = np.frombuffer((gzip.open if str(path).endswith("gz") else open)(path, "rb").read(), np.uint8)
    rank = int(raw[3])
    shape = raw[4 : 4 + 4 * rank].view(">u4").astype(int)
    values = raw[4 + 4 * rank :].view(IDX_TYPES[int(raw[2])]).reshape(shape)
    return np.array(values, dtype=values.dtype.newbyteorder("native"))

# %% cut_clip
def cut_clip(clip, fps, start, stop, box):
    frames = np.arange(round(start * fps), round(stop * fps))
    rows = np.arange(box[0], box[0] + box[2])
    columns = np.arange(box[1], box[1] + box[3])
    return clip[np.ix_(frames, rows, columns)]

# %% load_square
def load_square(path):
    raw = np.fromfile(str(path), np.uint8)
    if not raw.size or (image := cv2.imdecode(raw, 1)) is None:
        raise ValueError(str(path))
    side = min(image.shape[:2])
    top, left = ((n - side) // 2 for n in image.shape[:2])
    return np.ascontiguousarray(np.flip(image[top:, left:][:side, :side], axis=-1))

# %% read_frames
def read_frames(path, first, count):
    head = np.fromfile(path, ">u1", 4)
    shape = tuple(int(n) for n in np.fromfile(path, ">u4", int(head[3]), offset=4))
    if first < 0 or shape[0] < first + count:
        raise ValueError((first, count))
    size = math.prod(shape[1:])
    return np.fromfile(path, "u1", count * size, offset=4 * len(shape) + 4 + first * size).reshape((count, *shape[1:]))
