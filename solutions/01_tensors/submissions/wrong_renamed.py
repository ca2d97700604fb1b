"""
part = "to_chw"
verdict = "missing"
misconception = "a function may have any name"
see = "cell:to_chw_seen"
"""
# %% to_chw
def hwc_to_chw(image):
    return (image.permute(2, 0, 1) / 255).contiguous()
