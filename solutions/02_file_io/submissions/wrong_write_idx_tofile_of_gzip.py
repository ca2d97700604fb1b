"""
part = "write_idx"
verdict = "wrong"
misconception = "tofile writes through gzip"
see = "cell:read_idx_seen"
"""
# %% write_idx
def write_idx(path, array):
    kinds = {"uint8": 8, "int8": 9, "int16": 11, "int32": 12, "float32": 13, "float64": 14}
    if array.dtype.name not in kinds:
        raise ValueError("dtype")
    with (gzip.open if str(path).endswith(".gz") else open)(path, "wb") as f:
        f.write(bytes([0, 0, kinds[array.dtype.name], array.ndim]))
        f.write(struct.pack(f">{array.ndim}I", *array.shape))
        array.astype(array.dtype.newbyteorder(">")).tofile(f)
