"""
part = "read_frames"
verdict = "wrong"
misconception = "to reach a frame one reads those before it"
see = "cell:read_frames_seen"
"""
# %% read_frames
def read_frames(path, first, count):
    with open(path, "rb") as file:
        rank = file.read(4)[3]
        frames, *sides = struct.unpack(f">{rank}I", file.read(4 * rank))
        if first < 0 or first + count > frames:
            raise ValueError("no such frames")
        size = math.prod(sides)
        for _ in range(first):
            file.read(size)
        data = file.read(count * size)
    return np.frombuffer(data, dtype=np.uint8).reshape(count, *sides)
