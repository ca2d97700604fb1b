"""
part = "read_frames"
verdict = "raised"
misconception = "reading is reading all"
see = "cell:read_frames_seen"
"""
# %% read_frames
def read_frames(path, first, count):
    data = Path(path).read_bytes()
    rank = data[3]
    shape = struct.unpack_from(f">{rank}I", data, 4)
    if not 0 <= first <= first + count <= shape[0]:
        raise ValueError("no such frames")
    return np.frombuffer(data, np.uint8, offset=4 + 4 * rank).reshape(shape)[first : first + count].copy()
