"""
part = "to_chw"
verdict = "wrong"
misconception = "// divides like /"
see = "cell:to_chw_seen"
"""
# %% to_chw
def to_chw(image):
    return (image.permute(2, 0, 1) // 255).float().contiguous()
