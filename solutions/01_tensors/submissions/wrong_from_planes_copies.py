"""
part = "from_planes"
verdict = "wrong"
misconception = "a tensor must be contiguous to be usable"
see = "slide:views-come-from-these-copies-from-those"
"""
# %% from_planes
def from_planes(stream, height, width):
    if len(stream) % (3 * height * width):
        raise ValueError("not a whole number of frames")
    return stream.reshape(-1, 3, height, width).permute(0, 2, 3, 1).contiguous()
