"""
part = "read_idx"
verdict = "raised"
misconception = "fromfile reads what gzip.open unpacks"
see = "cell:read_idx_seen"
"""
# %% read_idx
def read_idx(path):
    with (gzip.open if str(path).endswith(".gz") else open)(path, "rb") as f:
        kind, rank = struct.unpack(">HBB", f.read(4))[1:]
        shape = [int.from_bytes(f.read(4), "big") for _ in range(rank)]
        kind = np.dtype(IDX_TYPES[kind])
        return np.fromfile(f, kind).reshape(shape).astype(kind.newbyteorder("="))
