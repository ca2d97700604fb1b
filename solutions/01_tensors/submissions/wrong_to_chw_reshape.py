"""
part = "to_chw"
verdict = "wrong"
misconception = "reshape moves axes like permute does"
see = "slide:permute-is-not-reshape"
"""
# %% to_chw
def to_chw(image):
    h, w, c = image.shape
    return image.reshape(c, h, w).float() / 255
