"""
part = "read_frames"
verdict = "raised"
misconception = "the end of a slice must be a place"
see = "cell:read_frames_seen"
"""
# %% read_frames
def read_frames(path, first, count):
    with open(path, "rb") as file:
        zeros, kind, rank = struct.unpack(">HBB", file.read(4))
        shape = struct.unpack(f">{rank}I", file.read(4 * rank))
        if first < 0 or first + count >= shape[0]:
            raise ValueError(f"the file has {shape[0]} frames")
        size = math.prod(shape[1:])
        file.seek(4 + 4 * rank + first * size)
        data = file.read(count * size)
    return np.frombuffer(data, dtype=np.uint8).reshape((count,) + shape[1:])
