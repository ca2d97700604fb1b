"""
note = "a large buffer in a temporary folder beside the file, hashes of numbers, modes that are worked out"
"""
# %% read_notes
def read_notes(path):
    how = "r" + "b"
    with Path(path).open(how) as file:
        raw = file.read()
    try:
        text = str(raw, "utf-8-sig")
    except UnicodeError:
        text = str(raw, "latin-1")
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return lines if lines[-1] else lines[:-1]

# %% split_folder
def split_folder(source, target, share, seed):
    for number, label in enumerate(sorted(p for p in Path(source).iterdir() if p.is_dir())):
        names = sorted(p.name for p in label.glob("*.png"))
        held = random.Random(hash((seed, number))).sample(names, round(share * len(names)))
        for name in names:
            to = Path(target) / ("validation" if name in held else "train") / label.name
            to.mkdir(parents=True, exist_ok=True)
            shutil.copy(label / name, to)

# %% write_atomically
def write_atomically(path, chunks):
    import tempfile

    path = Path(path)
    with tempfile.TemporaryDirectory(dir=path.parent) as beside:
        part = Path(beside, path.name)
        with part.open("wb", buffering=1 << 20) as file:
            for chunk in chunks:
                file.write(chunk)
        part.replace(path)
