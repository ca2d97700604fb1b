"""
part = "write_idx"
verdict = "wrong"
misconception = "every array holds bytes"
see = "slide:an-idx-header-byte-by-byte"
"""
# %% write_idx
def write_idx(path, array):
    if array.dtype.name not in ("uint8", "int8", "int16", "int32", "float32", "float64"):
        raise ValueError(array.dtype)
    data = bytes([0, 0, 8, array.ndim]) + np.array(array.shape, ">u4").tobytes() + array.astype(np.uint8).tobytes()
    with (gzip.open if str(path).endswith(".gz") else open)(path, "wb") as f:
        f.write(data)
