"""
part = "read_frames"
verdict = "wrong"
misconception = "a slice never complains, so a file does not either"
see = "cell:read_frames_seen"
"""
# %% read_frames
def read_frames(path, first, count):
    with open(path, "rb") as f:
        rank = f.read(4)[3]
        n, *rest = struct.unpack(f">{rank}I", f.read(4 * rank))
        f.seek(4 + 4 * rank + first * math.prod(rest))
        return np.frombuffer(f.read(count * math.prod(rest)), np.uint8).reshape(count, *rest)
