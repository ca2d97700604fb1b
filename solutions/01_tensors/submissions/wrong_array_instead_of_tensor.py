"""
part = "to_chw"
verdict = "wrong"
misconception = "an array is as good as a tensor"
see = "slide:images-hwc-to-chw"
"""
# %% to_chw
def to_chw(image):
    array = image.numpy().transpose(2, 0, 1)
    return np.ascontiguousarray(array, dtype=np.float32) / 255
