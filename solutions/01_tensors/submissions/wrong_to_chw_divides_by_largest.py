"""
part = "to_chw"
verdict = "wrong"
misconception = "in [0, 1] means that the largest value becomes 1"
see = "slide:images-hwc-to-chw"
"""
# %% to_chw
def to_chw(image):
    planes = image.permute(2, 0, 1).contiguous().float()
    return planes / planes.max()
