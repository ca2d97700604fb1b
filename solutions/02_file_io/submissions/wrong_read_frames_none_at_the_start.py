"""
part = "read_frames"
verdict = "raised"
misconception = "there is always a last frame"
see = "cell:read_frames_seen"
"""
# %% read_frames
def read_frames(path, first, count):
    with open(path, "rb") as f:
        rank = f.read(4)[3]
        shape = struct.unpack(f">{rank}I", f.read(4 * rank))
        if first not in range(shape[0]) or first + count - 1 not in range(shape[0]):
            raise ValueError("no")
        one = math.prod(shape[1:])
        f.seek(first * one, 1)
        return np.frombuffer(f.read(count * one), np.uint8).reshape(count, *shape[1:])
