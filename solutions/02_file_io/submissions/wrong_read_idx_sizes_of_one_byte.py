"""
part = "read_idx"
verdict = "raised"
misconception = "a size fits into one byte"
see = "cell:order_seen"
"""
# %% read_idx
def read_idx(path):
    with (gzip.open if str(path).endswith(".gz") else open)(path, "rb") as f:
        data = f.read()
    rank = data[3]
    shape = [data[4 + 4 * axis + 3] for axis in range(rank)]
    stored = np.dtype(IDX_TYPES[data[2]])
    return np.frombuffer(data, stored, offset=4 + 4 * rank).reshape(shape).astype(stored.newbyteorder("="))
