"""
part = "to_chw"
verdict = "wrong"
misconception = "a cast to float brings the range 0 to 1 along"
see = "slide:images-hwc-to-chw"
"""
# %% to_chw
def to_chw(image):
    return image.permute(2, 0, 1).float().contiguous()
