"""
part = "from_planes"
verdict = "wrong"
misconception = "what is left over can be thrown away"
see = "cell:from_planes_seen"
"""
# %% from_planes
def from_planes(stream, height, width):
    count = len(stream) // (3 * height * width)
    stream = stream[: count * 3 * height * width]
    return stream.view(count, 3, height, width).permute(0, 2, 3, 1)
