"""
part = "read_frames"
verdict = "wrong"
misconception = "seek counts from where the numbers begin"
see = "cell:read_frames_seen"
"""
# %% read_frames
def read_frames(path, first, count):
    with open(path, "rb") as f:
        rank = f.read(4)[3]
        n, *rest = struct.unpack(f">{rank}I", f.read(4 * rank))
        if first < 0 or first + count > n:
            raise ValueError("no such frames")
        f.seek(first * math.prod(rest))
        return np.frombuffer(f.read(count * math.prod(rest)), np.uint8).reshape(count, *rest)
