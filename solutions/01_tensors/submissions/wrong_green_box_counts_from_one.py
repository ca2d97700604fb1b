"""
part = "green_box"
verdict = "wrong"
misconception = "green is the second colour, so its index is 2"
see = "slide:planes-and-boxes-of-the-recording"
"""
# %% green_box
def green_box(video, top, left, height, width):
    if top < 0 or left < 0 or top + height > video.shape[1] or left + width > video.shape[2]:
        raise ValueError("outside")
    return video[:, top : top + height, left : left + width, 2]
