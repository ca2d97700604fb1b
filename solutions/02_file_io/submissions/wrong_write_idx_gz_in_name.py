"""
part = "write_idx"
verdict = "wrong"
misconception = "what has .gz somewhere in its path is packed"
see = "cell:read_idx_seen"
"""
# %% write_idx
def write_idx(path, array):
    kinds = {np.dtype(t).newbyteorder("="): k for k, t in IDX_TYPES.items()}
    native = array.dtype.newbyteorder("=")
    if native not in kinds:
        raise ValueError("dtype")
    with (gzip.open if ".gz" in str(path) else open)(path, "wb") as f:
        f.write(bytes([0, 0, kinds[native], array.ndim]))
        f.write(struct.pack(f">{array.ndim}I", *array.shape))
        f.write(array.astype(native.newbyteorder(">")).tobytes())
