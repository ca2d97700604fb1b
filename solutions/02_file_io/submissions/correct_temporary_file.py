"""
note = "tempfile in the same folder; NumPy's generator for the split; memory map for frames"
"""
# %% write_atomically
def write_atomically(path, chunks):
    import tempfile

    path = Path(path)
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as part:
        try:
            for chunk in chunks:
                part.write(chunk)
            part.flush()
            os.fsync(part.fileno())
            part.close()
            Path(part.name).replace(path)
        except BaseException:
            part.close()
            os.unlink(part.name)
            raise

# %% split_folder
def split_folder(source, target, share, seed):
    rng = np.random.default_rng(seed)
    labels = sorted({picture.parent.name for picture in Path(source).glob("*/*.png")})
    for label in labels:
        pictures = np.array(sorted(str(p) for p in (Path(source) / label).glob("*.png")))
        order = rng.permutation(len(pictures))
        k = round(share * len(pictures))
        for part, chosen in {"validation": order[:k], "train": order[k:]}.items():
            (Path(target) / part / label).mkdir(parents=True, exist_ok=True)
            for picture in pictures[chosen]:
                shutil.copy2(picture, Path(target) / part / label)

# %% read_frames
def read_frames(path, first, count):
    with open(path, "rb") as file:
        rank = file.read(4)[3]
        shape = np.frombuffer(file.read(4 * rank), ">u4").tolist()
        if not 0 <= first <= first + count <= shape[0]:
            raise ValueError("outside")
        per_frame = int(np.prod(shape[1:], dtype=np.int64))
        pixels = np.fromfile(file, np.uint8, count * per_frame, offset=first * per_frame)
    return pixels.reshape([count] + shape[1:])

# %% cut_clip
def cut_clip(clip, fps, start, stop, box):
    t, l, h, w = box
    wanted = range(round(start * fps), round(stop * fps))
    return clip[list(wanted)][:, t : t + h][:, :, l : l + w].copy()
