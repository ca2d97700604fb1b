"""
part = "check_idx"
verdict = "wrong"
misconception = "gzip has one error"
see = "cell:header_seen"
"""
# %% check_idx
def check_idx(path):
    path = Path(path)
    if not path.parent.is_dir():
        raise MissingFolder(f"{path.name}: there is no folder")
    if not path.is_file():
        raise MissingFile(f"{path.name}: there is no such file")
    if path.stat().st_size == 0:
        raise EmptyFile(f"{path.name} is empty")
    try:
        if path.suffix == ".gz":
            with gzip.open(path, "rb") as file:
                data = file.read()
        else:
            data = path.read_bytes()
    except (gzip.BadGzipFile, EOFError):
        raise Truncated(f"{path.name} cannot be unpacked")
    if len(data) < 4:
        raise Truncated(f"{path.name} has only {len(data)} bytes")
    zeros, kind, rank = struct.unpack(">HBB", data[:4])
    if zeros != 0 or kind not in IDX_TYPES or rank < 1:
        raise WrongMagic(f"{path.name} begins with {data[:4]}")
    start = 4 + 4 * rank
    if len(data) < start:
        raise Truncated(f"{path.name} ends in its header")
    shape = struct.unpack(f">{rank}I", data[4:start])
    if len(data) < start + math.prod(shape) * np.dtype(IDX_TYPES[kind]).itemsize:
        raise Truncated(f"{path.name} is too short")
    return shape
