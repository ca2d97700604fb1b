"""
part = "from_planes"
verdict = "wrong"
misconception = "fewer numbers than one frame are no frame at all"
see = "cell:from_planes_seen"
"""
# %% from_planes
def from_planes(stream, height, width):
    frame = 3 * height * width
    count = len(stream) // frame
    if count == 0:
        return stream.view(0, height, width, 3)
    if len(stream) % frame:
        raise ValueError(f"{len(stream)} is no multiple of {frame}")
    return stream.view(count, 3, height, width).permute(0, 2, 3, 1)
