"""
note = "worked out from the released text alone, one step a line"
"""
# %% read_notes
def read_notes(path):
    """Return the lines of a text file, without their ends."""
    try:
        with open(path, encoding="utf-8-sig") as file:
            lines = list(file)
    except UnicodeDecodeError:
        with open(path, encoding="latin-1") as file:
            lines = list(file)
    result = []
    for line in lines:
        if line.endswith("\n"):
            line = line[:-1]
        result.append(line)
    return result

# %% report
def report(rows):
    lines = []
    lines.append(f"{'file':<16}{'bytes':>12}{'intact':>9}")
    sizes = []
    for row in rows:
        name, size, share = row
        sizes.append(size)
        lines.append(f"{name:<16}" + f"{size:>12,}" + f"{share:>9.1%}")
    lines.append(f"{'total':<16}" + f"{sum(sizes):>12,}")
    return "".join(line + "\n" for line in lines)

# %% read_idx
def read_idx(path):
    if str(path).endswith(".gz"):
        file = gzip.open(path, "rb")
    else:
        file = open(path, "rb")
    with file:
        zero, kind, rank = struct.unpack(">HBB", file.read(4))
        shape = struct.unpack(f">{rank}I", file.read(4 * rank))
        rest = file.read()
    array = np.frombuffer(rest, dtype=IDX_TYPES[kind]).reshape(shape)
    native = np.dtype(IDX_TYPES[kind]).newbyteorder("=")
    return array.astype(native)

# %% split_folder
def split_folder(source, target, share, seed):
    source = Path(source)
    target = Path(target)
    chance = random.Random(seed)
    for label in sorted(source.iterdir()):
        if label.is_dir():
            pictures = sorted(label.glob("*.png"))
            chance.shuffle(pictures)
            n = round(share * len(pictures))
            validation = target / "validation" / label.name
            train = target / "train" / label.name
            validation.mkdir(parents=True, exist_ok=True)
            train.mkdir(parents=True, exist_ok=True)
            for picture in pictures[:n]:
                shutil.copy(picture, validation / picture.name)
            for picture in pictures[n:]:
                shutil.copy(picture, train / picture.name)

# %% write_atomically
def write_atomically(path, chunks):
    path = Path(path)
    temporary = path.with_name(path.name + ".part")
    try:
        with open(temporary, "wb") as file:
            for chunk in chunks:
                file.write(chunk)
        os.replace(temporary, path)
    except:
        temporary.unlink(missing_ok=True)
        raise

# %% check_idx
def check_idx(path):
    path = Path(path)
    name = path.name
    if not path.parent.is_dir():
        raise MissingFolder(f"{name}: its folder is missing")
    if not path.exists():
        raise MissingFile(f"{name} is missing")
    if path.stat().st_size == 0:
        raise EmptyFile(f"{name} is empty")
    try:
        if name.endswith(".gz"):
            with gzip.open(path, "rb") as file:
                data = file.read()
        else:
            data = path.read_bytes()
    except gzip.BadGzipFile:
        raise WrongMagic(f"{name} is not gzip")
    except EOFError:
        raise Truncated(f"{name} is cut off")
    if len(data) < 4:
        raise Truncated(f"{name} is cut off")
    if data[0] != 0 or data[1] != 0 or data[2] not in IDX_TYPES or data[3] < 1:
        raise WrongMagic(f"{name} is not IDX")
    rank = data[3]
    if len(data) < 4 + 4 * rank:
        raise Truncated(f"{name} is cut off")
    shape = struct.unpack(f">{rank}I", data[4 : 4 + 4 * rank])
    size = np.dtype(IDX_TYPES[data[2]]).itemsize
    if len(data) < 4 + 4 * rank + size * math.prod(shape):
        raise Truncated(f"{name} is cut off")
    return shape

# %% why_rename [markdown]
r"""
A rename changes only a name in a table, no data move, so it happens at once or not at all.
From another disk the data must be copied, and that can stop half-way.
"""
