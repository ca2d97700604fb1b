"""
part = "read_idx"
verdict = "wrong"
misconception = "the byte order of the file is good enough for the array"
see = "cell:order_seen"
"""
# %% read_idx
def read_idx(path):
    with (gzip.open if str(path).endswith(".gz") else open)(path, "rb") as f:
        _, _, kind, rank = f.read(4)
        shape = struct.unpack(f">{rank}I", f.read(4 * rank))
        return np.frombuffer(f.read(), IDX_TYPES[kind]).reshape(shape).copy()
