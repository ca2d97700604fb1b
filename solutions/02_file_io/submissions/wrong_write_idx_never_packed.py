"""
part = "write_idx"
verdict = "wrong"
misconception = "the name of a file packs it"
see = "cell:read_idx_seen"
"""
# %% write_idx
def write_idx(path, array):
    kinds = {np.dtype(n).newbyteorder("="): k for k, n in IDX_TYPES.items()}
    native = array.dtype.newbyteorder("=")
    if native not in kinds:
        raise ValueError(f"no kind for {native}")
    with open(path, "wb") as f:
        f.write(struct.pack(f">HBB{array.ndim}I", 0, kinds[native], array.ndim, *array.shape))
        f.write(array.astype(native.newbyteorder(">")).tobytes())
