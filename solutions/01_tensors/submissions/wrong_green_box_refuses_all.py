"""
part = "green_box"
verdict = "raised"
misconception = "a box lies inside if one of its sides does, so the test may be turned round with or"
see = "cell:slicing_seen"
"""
# %% green_box
def green_box(video, top, left, height, width):
    if top >= 0 or left >= 0 or top + height <= video.shape[1] or left + width <= video.shape[2]:
        raise ValueError("the box leaves the frame")
    return video[:, top : top + height, left : left + width, 1]
