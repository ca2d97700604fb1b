"""
part = "green_box"
verdict = "wrong"
misconception = "a slice outside the frame raises by itself"
see = "cell:slicing_seen"
"""
# %% green_box
def green_box(video, top, left, height, width):
    return video[:, top : top + height, left : left + width, 1]
