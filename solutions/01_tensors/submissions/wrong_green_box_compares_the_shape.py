"""
part = "green_box"
verdict = "wrong"
misconception = "a slice of the right size was taken at the right place"
see = "slide:slicing-masks-fancy"
"""
# %% green_box
def green_box(video, top, left, height, width):
    box = video[:, top : top + height, left : left + width, 1]
    if box.shape[1:] != (height, width):
        raise ValueError(f"the box leaves the frame of {tuple(video.shape)}")
    return box
