"""
part = "to_chw"
verdict = "wrong"
misconception = "permute moves the numbers in memory"
see = "slide:shape-rank-strides"
"""
# %% to_chw
def to_chw(image):
    return image.permute(2, 0, 1).float() / 255
