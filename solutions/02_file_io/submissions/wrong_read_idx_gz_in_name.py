"""
part = "read_idx"
verdict = "raised"
misconception = "what has .gz somewhere in its path is packed"
see = "cell:read_idx_seen"
"""
# %% read_idx
def read_idx(path):
    opener = gzip.open if ".gz" in str(path) else open
    with opener(path, "rb") as f:
        data = f.read()
    rank = data[3]
    shape = struct.unpack(f">{rank}I", data[4 : 4 + 4 * rank])
    kind = np.dtype(IDX_TYPES[data[2]])
    return np.frombuffer(data, kind, offset=4 + 4 * rank).reshape(shape).astype(kind.newbyteorder("="))
