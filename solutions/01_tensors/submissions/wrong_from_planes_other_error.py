"""
part = "from_planes"
verdict = "wrong"
misconception = "any error will do"
see = "cell:from_planes_seen"
"""
# %% from_planes
def from_planes(stream, height, width):
    return stream.reshape(-1, 3, height, width).permute(0, 2, 3, 1)
