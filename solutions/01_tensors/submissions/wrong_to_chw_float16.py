"""
part = "to_chw"
verdict = "wrong"
misconception = "half is enough for pictures"
see = "slide:images-hwc-to-chw"
"""
# %% to_chw
def to_chw(image):
    return (image.permute(2, 0, 1).contiguous().half() / 255)
