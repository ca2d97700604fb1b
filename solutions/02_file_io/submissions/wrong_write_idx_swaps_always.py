"""
part = "write_idx"
verdict = "wrong"
misconception = "every array lies little-endian in memory"
see = "cell:write_idx_seen"
"""
# %% write_idx
def write_idx(path, array):
    kinds = {np.dtype(t).newbyteorder("="): k for k, t in IDX_TYPES.items()}
    native = array.dtype.newbyteorder("=")
    if native not in kinds:
        raise ValueError("dtype")
    with (gzip.open if str(path).endswith(".gz") else open)(path, "wb") as f:
        f.write(bytes([0, 0, kinds[native], array.ndim]))
        f.write(struct.pack(f">{array.ndim}I", *array.shape))
        f.write(array.byteswap().tobytes())
