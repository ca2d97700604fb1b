"""
part = "check_idx"
verdict = "wrong"
misconception = "what does not begin with zeros has a wrong magic number, however short"
see = "cell:check_idx_seen"
"""
# %% check_idx
def check_idx(path):
    path = Path(path)
    if not path.parent.is_dir():
        raise MissingFolder(path.name)
    if not path.is_file():
        raise MissingFile(path.name)
    if path.stat().st_size == 0:
        raise EmptyFile(path.name)
    try:
        with (gzip.open if path.suffix == ".gz" else open)(path, "rb") as f:
            data = f.read()
    except gzip.BadGzipFile:
        raise WrongMagic(path.name)
    except EOFError:
        raise Truncated(path.name)
    if any(data[:2]):
        raise WrongMagic(path.name)
    if len(data) < 4:
        raise Truncated(path.name)
    if data[2] not in IDX_TYPES or data[3] < 1:
        raise WrongMagic(path.name)
    rank = data[3]
    if len(data) < 4 + 4 * rank:
        raise Truncated(path.name)
    shape = struct.unpack(f">{rank}I", data[4 : 4 + 4 * rank])
    if len(data) < 4 + 4 * rank + math.prod(shape) * np.dtype(IDX_TYPES[data[2]]).itemsize:
        raise Truncated(path.name)
    return shape
