"""
part = "from_planes"
verdict = "wrong"
misconception = "axes of length 1 are clutter"
see = "cell:from_planes_seen"
"""
# %% from_planes
def from_planes(stream, height, width):
    if len(stream) % (3 * height * width):
        raise ValueError("not a whole number of frames")
    return stream.view(-1, 3, height, width).permute(0, 2, 3, 1).squeeze()
