"""
part = "from_planes"
verdict = "wrong"
misconception = "pictures are always bytes"
see = "slide:dtypes-what-is-lost"
"""
# %% from_planes
def from_planes(stream, height, width):
    if len(stream) % (3 * height * width):
        raise ValueError("not a whole number of frames")
    return stream.to(torch.uint8).view(-1, 3, height, width).permute(0, 2, 3, 1)
