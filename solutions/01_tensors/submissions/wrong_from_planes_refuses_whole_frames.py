"""
part = "from_planes"
verdict = "raised"
misconception = "// says whether a number divides another"
see = "cell:from_planes_seen"
"""
# %% from_planes
def from_planes(stream, height, width):
    if stream.numel() // (3 * height * width):
        raise ValueError("no whole number of frames")
    return stream.view(-1, 3, height, width).permute(0, 2, 3, 1)
