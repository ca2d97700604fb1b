"""
part = "write_idx"
verdict = "wrong"
misconception = "only the numbers are big-endian"
see = "slide:an-idx-header-byte-by-byte"
"""
# %% write_idx
def write_idx(path, array):
    kinds = {np.dtype(n).newbyteorder("="): k for k, n in IDX_TYPES.items()}
    native = array.dtype.newbyteorder("=")
    if native not in kinds:
        raise ValueError(f"no kind for {native}")
    with (gzip.open if str(path).endswith(".gz") else open)(path, "wb") as f:
        f.write(struct.pack("4B", 0, 0, kinds[native], array.ndim) + struct.pack(f"{array.ndim}I", *array.shape))
        f.write(array.astype(native.newbyteorder(">")).tobytes())
