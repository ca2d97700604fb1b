"""
part = "write_idx"
verdict = "wrong"
misconception = "a file that was opened and not written is not there"
see = "cell:write_idx_seen"
"""
# %% write_idx
def write_idx(path, array):
    kinds = {np.dtype(n).newbyteorder("="): k for k, n in IDX_TYPES.items()}
    with (gzip.open if str(path).endswith(".gz") else open)(path, "wb") as f:
        native = array.dtype.newbyteorder("=")
        if native not in kinds:
            raise ValueError(f"no kind for {native}")
        f.write(struct.pack(">HBB", 0, kinds[native], array.ndim))
        f.write(struct.pack(f">{array.ndim}I", *array.shape))
        f.write(array.astype(native.newbyteorder(">")).tobytes())
