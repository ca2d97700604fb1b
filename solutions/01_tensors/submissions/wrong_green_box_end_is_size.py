"""
part = "green_box"
verdict = "wrong"
misconception = "the end of a slice is its length"
see = "cell:slicing_seen"
"""
# %% green_box
def green_box(video, top, left, height, width):
    if top < 0 or left < 0 or top + height > video.shape[1] or left + width > video.shape[2]:
        raise ValueError("outside")
    return video[:, top:height, left:width, 1]
