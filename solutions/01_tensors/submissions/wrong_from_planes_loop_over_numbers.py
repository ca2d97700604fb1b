"""
part = "from_planes"
verdict = "wrong"
misconception = "a result must be built up, number by number"
see = "slide:views-come-from-these-copies-from-those"
"""
# %% from_planes
def from_planes(stream, height, width):
    number_of_frames, rest = divmod(len(stream), 3 * height * width)
    if rest != 0:
        raise ValueError("not a whole number of frames")
    out = torch.zeros(number_of_frames, height, width, 3)
    i = 0
    for t in range(number_of_frames):
        for c in range(3):
            for h in range(height):
                for w in range(width):
                    out[t, h, w, c] = stream[i]
                    i += 1
    return out
