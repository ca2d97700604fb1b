"""
part = "to_chw"
verdict = "wrong"
misconception = "transpose_ is only another way to write transpose"
see = "slide:who-shares-memory"
"""
# %% to_chw
def to_chw(image):
    image.transpose_(1, 2).transpose_(0, 1)
    return image.to(torch.float32).contiguous() / 255
