"""
part = "green_box"
verdict = "wrong"
misconception = "only the far border can be crossed"
see = "slide:slicing-masks-fancy"
"""
# %% green_box
def green_box(video, top, left, height, width):
    box = video[:, top : top + height, left : left + width, 1]
    if top + height > video.shape[1] or left + width > video.shape[2]:
        raise ValueError(f"the box leaves the frame of {tuple(video.shape)}")
    return box
