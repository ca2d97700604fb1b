"""
part = "from_planes"
verdict = "wrong"
misconception = "reshape moves axes like permute does"
see = "slide:permute-is-not-reshape"
"""
# %% from_planes
def from_planes(stream, height, width):
    if len(stream) % (3 * height * width):
        raise ValueError("not a whole number of frames")
    return stream.reshape(-1, height, width, 3)
