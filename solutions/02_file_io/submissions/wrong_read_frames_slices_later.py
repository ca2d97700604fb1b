"""
part = "read_frames"
verdict = "wrong"
misconception = "reading all and giving back a part is reading a part"
see = "cell:read_frames_seen"
"""
# %% read_frames
def read_frames(path, first, count):
    data = Path(path).read_bytes()
    rank = data[3]
    shape = struct.unpack_from(f">{rank}I", data, 4)
    if not 0 <= first <= first + count <= shape[0]:
        raise ValueError("no such frames")
    size = math.prod(shape[1:])
    begin = 4 + 4 * rank + first * size
    return np.frombuffer(data[begin : begin + count * size], np.uint8).reshape(count, *shape[1:])
