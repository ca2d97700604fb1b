"""
part = "read_idx"
verdict = "raised"
misconception = "what frombuffer gives is an array as any other"
see = "cell:order_seen"
"""
# %% read_idx
def read_idx(path):
    with (gzip.open if str(path).endswith(".gz") else open)(path, "rb") as f:
        data = f.read()
    kind, rank = data[2], data[3]
    shape = struct.unpack_from(f">{rank}I", data, 4)
    array = np.frombuffer(data, IDX_TYPES[kind], offset=4 + 4 * rank).reshape(shape)
    return array if array.dtype.isnative else array.astype(array.dtype.newbyteorder("="))
