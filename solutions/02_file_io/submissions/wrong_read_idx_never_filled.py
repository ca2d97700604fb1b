"""
part = "read_idx"
verdict = "wrong"
misconception = "an array of the right shape and dtype is the file that was read"
see = "cell:read_idx_seen"
"""
# %% read_idx
def read_idx(path):
    path = Path(path)
    with (gzip.open if path.name.endswith(".gz") else open)(path, "rb") as f:
        _, kind, rank = struct.unpack(">HBB", f.read(4))
        shape = struct.unpack(f">{rank}I", f.read(4 * rank))
    return np.zeros(shape, np.dtype(IDX_TYPES[kind]).newbyteorder("="))
