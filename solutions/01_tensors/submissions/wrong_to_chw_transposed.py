"""
part = "to_chw"
verdict = "wrong"
misconception = "exchanging the first and the last axis is enough"
see = "slide:images-hwc-to-chw"
"""
# %% to_chw
def to_chw(image):
    return image.transpose(0, 2).contiguous().float() / 255
