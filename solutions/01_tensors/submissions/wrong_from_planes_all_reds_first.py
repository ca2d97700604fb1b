"""
part = "from_planes"
verdict = "wrong"
misconception = "the stream holds the reds of all frames, then the greens"
see = "cell:scrambled_seen"
"""
# %% from_planes
def from_planes(stream, height, width):
    if len(stream) % (3 * height * width):
        raise ValueError("not a whole number of frames")
    return stream.view(3, -1, height, width).permute(1, 2, 3, 0)
