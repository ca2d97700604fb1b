"""
part = "im2col"
verdict = "wrong"
misconception = "a call of the library is an answer"
see = "slide:live-drag-the-strides"
"""
# %% im2col
def im2col(image, size):
    return torch.nn.functional.unfold(image[None].double(), size)[0].to(image.dtype)
