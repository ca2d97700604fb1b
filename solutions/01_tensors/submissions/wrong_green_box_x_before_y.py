"""
part = "green_box"
verdict = "wrong"
misconception = "the first of two coordinates is x, so columns come first"
see = "slide:planes-and-boxes-of-the-recording"
"""
# %% green_box
def green_box(video, top, left, height, width):
    if top < 0 or left < 0 or top + height > video.shape[2] or left + width > video.shape[1]:
        raise ValueError("outside")
    return video[:, left : left + width, top : top + height, 1]
