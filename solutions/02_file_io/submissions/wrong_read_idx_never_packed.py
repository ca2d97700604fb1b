"""
part = "read_idx"
verdict = "raised"
misconception = "open unpacks what is packed"
see = "cell:read_idx_seen"
"""
# %% read_idx
def read_idx(path):
    with open(path, "rb") as f:
        _, _, kind, rank = f.read(4)
        shape = struct.unpack(f">{rank}I", f.read(4 * rank))
        stored = np.dtype(IDX_TYPES[kind])
        return np.frombuffer(f.read(), stored).reshape(shape).astype(stored.newbyteorder("="))
