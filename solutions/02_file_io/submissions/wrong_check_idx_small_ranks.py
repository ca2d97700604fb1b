"""
part = "check_idx"
verdict = "raised"
misconception = "a clip has four axes, so no file has more"
see = "cell:header_seen"
"""
# %% check_idx
def check_idx(path):
    path = Path(path)
    if not path.parent.exists():
        raise MissingFolder(f"{path}")
    if not path.exists():
        raise MissingFile(f"{path}")
    if os.path.getsize(path) == 0:
        raise EmptyFile(f"{path}")
    try:
        with (gzip.open if path.suffix == ".gz" else open)(path, "rb") as f:
            data = f.read()
    except gzip.BadGzipFile:
        raise WrongMagic(f"{path}")
    except EOFError:
        raise Truncated(f"{path}")
    if len(data) < 4:
        raise Truncated(f"{path}")
    if data[:2] != b"\0\0" or data[2] not in IDX_TYPES or not 1 <= data[3] <= 4:
        raise WrongMagic(f"{path}")
    rank = data[3]
    if len(data) < 4 + 4 * rank:
        raise Truncated(f"{path}")
    shape = struct.unpack(f">{rank}I", data[4 : 4 + 4 * rank])
    if len(data) < 4 + 4 * rank + math.prod(shape) * np.dtype(IDX_TYPES[data[2]]).itemsize:
        raise Truncated(f"{path}")
    return shape
