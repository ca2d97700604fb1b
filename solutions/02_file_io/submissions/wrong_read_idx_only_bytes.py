"""
part = "read_idx"
verdict = "raised"
misconception = "pixels are bytes, so every file holds bytes"
see = "slide:an-idx-header-byte-by-byte"
"""
# %% read_idx
def read_idx(path):
    with (gzip.open if str(path).endswith(".gz") else open)(path, "rb") as f:
        rank = f.read(4)[3]
        shape = struct.unpack(f">{rank}I", f.read(4 * rank))
        return np.frombuffer(f.read(), np.uint8).reshape(shape).copy()
