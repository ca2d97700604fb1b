"""
part = "from_planes"
verdict = "wrong"
misconception = "neighbours in a tensor are neighbours in memory"
see = "slide:from-an-index-to-an-address"
"""
# %% from_planes
def from_planes(stream, height, width):
    plane = height * width
    if len(stream) % (3 * plane):
        raise ValueError("not a whole number of frames")
    count = len(stream) // (3 * plane)
    return torch.as_strided(stream, (count, height, width, 3), (3 * plane, width, 1, plane))
