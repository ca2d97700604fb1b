"""
part = "green_box"
verdict = "raised"
misconception = "a box may not touch the border, since indices end at size - 1"
see = "slide:slicing-masks-fancy"
"""
# %% green_box
def green_box(video, top, left, height, width):
    frames, rows, columns, colours = video.shape
    if top < 0 or left < 0 or top + height >= rows or left + width >= columns:
        raise ValueError("outside")
    return video[:, top : top + height, left : left + width, 1]
