"""
part = "green_box"
verdict = "wrong"
misconception = "a list with one index is the same as the index"
see = "slide:view-or-copy"
"""
# %% green_box
def green_box(video, top, left, height, width):
    if top < 0 or left < 0 or top + height > video.shape[1] or left + width > video.shape[2]:
        raise ValueError("outside")
    return video[:, top : top + height, left : left + width, [1]].squeeze(-1)
