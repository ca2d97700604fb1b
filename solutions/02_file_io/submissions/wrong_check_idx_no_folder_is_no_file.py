"""
part = "check_idx"
verdict = "wrong"
misconception = "a missing folder is a missing file"
see = "slide:five-kinds-of-damage"
"""
# %% check_idx
def check_idx(path):
    path = Path(path)
    if not path.parent.is_dir():
        pass
    if not path.is_file():
        raise MissingFile(f"no {path.name}")
    if not path.stat().st_size:
        raise EmptyFile(f"{path.name} is empty")
    try:
        with (gzip.open if path.name.endswith(".gz") else open)(path, "rb") as f:
            data = f.read()
    except gzip.BadGzipFile:
        raise WrongMagic(f"{path.name} is not packed")
    except EOFError:
        raise Truncated(f"{path.name} breaks off")
    if len(data) < 4:
        raise Truncated(f"{path.name} is tiny")
    if data[0] or data[1] or data[2] not in IDX_TYPES or not data[3]:
        raise WrongMagic(f"{path.name} begins wrongly")
    rank = data[3]
    if len(data) < 4 + 4 * rank:
        raise Truncated(f"{path.name}: no whole header")
    shape = struct.unpack_from(f">{rank}I", data, 4)
    if len(data) - 4 - 4 * rank < math.prod(shape) * np.dtype(IDX_TYPES[data[2]]).itemsize:
        raise Truncated(f"{path.name} is too short")
    return shape
