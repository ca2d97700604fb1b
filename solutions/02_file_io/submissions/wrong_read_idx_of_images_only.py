"""
part = "read_idx"
verdict = "raised"
misconception = "every IDX file has rank 3"
see = "cell:header_seen"
"""
# %% read_idx
def read_idx(path):
    with (gzip.open if str(path).endswith(".gz") else open)(path, "rb") as f:
        magic, n, rows, columns = struct.unpack(">4I", f.read(16))
        return np.frombuffer(f.read(), np.uint8).reshape(n, rows, columns).copy()
