"""
note = "worked out from the released text alone, one step a line"
"""
# %% read_notes
def read_notes(path):
    try:
        with open(path, "r", encoding="utf-8-sig") as file:
            lines = [line for line in file]
    except UnicodeDecodeError:
        with open(path, "r", encoding="latin-1") as file:
            lines = [line for line in file]
    result = []
    for line in lines:
        result.append(line.rstrip("\n"))
    return result

# %% report
def report(rows):
    text = f"{'file':<16}{'bytes':>12}{'intact':>9}\n"
    total = 0
    for name, size, share in rows:
        text = text + f"{name:<16}{size:>12,}{share:>9.1%}\n"
        total = total + size
    text = text + f"{'total':<16}{total:>12,}\n"
    return text

# %% save_trace
def save_trace(folder, trace, about):
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    np.save(folder / "trace.npy", trace)
    with open(folder / "trace.csv", "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["seconds", "green"])
        writer.writerows(trace.tolist())
    with open(folder / "about.json", "w", encoding="utf-8") as file:
        json.dump(about, file, ensure_ascii=False)

# %% read_idx
def read_idx(path):
    if str(path).endswith(".gz"):
        file = gzip.open(path, "rb")
    else:
        file = open(path, "rb")
    with file:
        data = file.read()
    zeros, kind, rank = struct.unpack(">HBB", data[:4])
    start = 4 + 4 * rank
    shape = struct.unpack(f">{rank}I", data[4:start])
    dtype = np.dtype(IDX_TYPES[kind])
    numbers = np.frombuffer(data, dtype=dtype, count=math.prod(shape), offset=start)
    return numbers.reshape(shape).astype(dtype.newbyteorder("="))

# %% cut_clip
def cut_clip(clip, fps, start, stop, box):
    top, left, height, width = box
    first = round(start * fps)
    last = round(stop * fps)
    return clip[first:last, top:top + height, left:left + width].copy()

# %% load_square
def load_square(path):
    data = np.fromfile(path, np.uint8)  # public
    if len(data) == 0:
        raise ValueError(f"{path} is empty")
    image = cv2.imdecode(data, cv2.IMREAD_COLOR)  # public
    if image is None:
        raise ValueError(f"{path} is no picture")
    image = cv2.cvtColor(image, cv2.COLOR_BGR2RGB)  # public
    H, W = image.shape[:2]
    S = min(H, W)
    row = (H - S) // 2
    column = (W - S) // 2
    return image[row:row + S, column:column + S]

# %% split_folder
def split_folder(source, target, share, seed):
    source = Path(source)
    target = Path(target)
    generator = random.Random(seed)
    for label in sorted(source.iterdir()):
        if not label.is_dir():
            continue
        train = target / "train" / label.name
        validation = target / "validation" / label.name
        train.mkdir(parents=True, exist_ok=True)
        validation.mkdir(parents=True, exist_ok=True)
        pictures = sorted(label.glob("*.png"))
        generator.shuffle(pictures)
        n = round(share * len(pictures))
        for picture in pictures[:n]:
            shutil.copy(picture, validation)
        for picture in pictures[n:]:
            shutil.copy(picture, train)

# %% write_atomically
def write_atomically(path, chunks):
    path = Path(path)
    temporary = path.with_name(path.name + ".part")
    try:
        with open(temporary, "wb") as file:
            for chunk in chunks:
                file.write(chunk)
        os.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)

# %% check_idx
def check_idx(path):
    path = Path(path)
    if not path.parent.is_dir():
        raise MissingFolder(f"{path.name}: there is no folder {path.parent}")
    if not path.is_file():
        raise MissingFile(f"{path.name}: there is no such file")
    if path.stat().st_size == 0:
        raise EmptyFile(f"{path.name} is empty")
    try:
        if path.suffix == ".gz":
            with gzip.open(path, "rb") as file:
                data = file.read()
        else:
            with open(path, "rb") as file:
                data = file.read()
    except gzip.BadGzipFile:
        raise WrongMagic(f"{path.name} is not packed by gzip")
    except EOFError:
        raise Truncated(f"{path.name}: the packed data break off")
    if len(data) < 4:
        raise Truncated(f"{path.name} has only {len(data)} bytes")
    zeros, kind, rank = struct.unpack(">HBB", data[:4])
    if zeros != 0 or kind not in IDX_TYPES or rank < 1:
        raise WrongMagic(f"{path.name} begins with {data[:4]}")
    start = 4 + 4 * rank
    if len(data) < start:
        raise Truncated(f"{path.name} ends in its header")
    shape = struct.unpack(f">{rank}I", data[4:start])
    wanted = start + math.prod(shape) * np.dtype(IDX_TYPES[kind]).itemsize
    if len(data) < wanted:
        raise Truncated(f"{path.name} has {len(data)} bytes and should have {wanted}")
    return shape

# %% index_images
def index_images(folder):
    folder = Path(folder)
    if not folder.is_dir():
        raise FileNotFoundError(f"{folder} is no folder")
    result = []
    for path in folder.glob("*/*"):
        if path.is_file() and path.suffix.lower() in [".png", ".jpg", ".jpeg"] and not path.name.startswith("."):
            result.append((path.relative_to(folder).as_posix(), path.parent.name))
    return sorted(result)

# %% write_idx
def write_idx(path, array):
    kind = None
    for number, name in IDX_TYPES.items():
        if np.dtype(name) == array.dtype.newbyteorder(">"):
            kind = number
    if kind is None:
        raise ValueError(f"IDX does not know {array.dtype}")
    data = struct.pack(">HBB", 0, kind, array.ndim)
    data += struct.pack(f">{array.ndim}I", *array.shape)
    data += array.astype(IDX_TYPES[kind]).tobytes()
    if str(path).endswith(".gz"):
        with gzip.open(path, "wb") as file:
            file.write(data)
    else:
        with open(path, "wb") as file:
            file.write(data)

# %% read_frames
def read_frames(path, first, count):
    with open(path, "rb") as file:
        zeros, kind, rank = struct.unpack(">HBB", file.read(4))
        shape = struct.unpack(f">{rank}I", file.read(4 * rank))
        if first < 0 or first + count > shape[0]:
            raise ValueError(f"the file has {shape[0]} frames")
        size = math.prod(shape[1:])
        file.seek(4 + 4 * rank + first * size)
        data = file.read(count * size)
    return np.frombuffer(data, dtype=np.uint8).reshape((count,) + shape[1:])

# %% why_rename [markdown]
r"""
Within one disk a rename only changes the name, the bytes stay where they are, so at every moment the name means the old file or the new one.
Between two disks the bytes must be copied, and if the program is killed during that copy there is half a file under the right name.
"""
