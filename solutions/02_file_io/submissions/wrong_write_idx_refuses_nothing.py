"""
part = "write_idx"
verdict = "wrong"
misconception = "a dtype that is not found stops by itself"
see = "cell:write_idx_seen"
"""
# %% write_idx
def write_idx(path, array):
    kind = None
    for number, name in IDX_TYPES.items():
        if np.dtype(name) == array.dtype.newbyteorder(">"):
            kind = number
    data = struct.pack(">HBB", 0, kind, array.ndim)
    data += struct.pack(f">{array.ndim}I", *array.shape)
    data += array.astype(IDX_TYPES[kind]).tobytes()
    opener = gzip.open if str(path).endswith(".gz") else open
    with opener(path, "wb") as file:
        file.write(data)
