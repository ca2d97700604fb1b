"""
part = "from_planes"
verdict = "wrong"
misconception = "permute takes where each axis goes, and rows are x"
see = "slide:permute-is-not-reshape"
"""
# %% from_planes
def from_planes(stream, height, width):
    if len(stream) % (3 * height * width):
        raise ValueError("not a whole number of frames")
    return stream.reshape(-1, 3, height, width).permute(0, 3, 2, 1)
