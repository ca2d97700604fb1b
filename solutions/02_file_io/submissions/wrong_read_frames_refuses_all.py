"""
part = "read_frames"
verdict = "raised"
misconception = "a place is allowed if one of the two conditions holds, so the test may be turned round with or"
see = "cell:read_frames_seen"
"""
# %% read_frames
def read_frames(path, first, count):
    with open(path, "rb") as f:
        rank = f.read(4)[3]
        shape = struct.unpack(f">{rank}I", f.read(4 * rank))
        if first >= 0 or first + count <= shape[0]:
            raise ValueError("no such frames")
        return np.frombuffer(f.read(), np.uint8).reshape(shape)[first : first + count]
