"""
part = "im2col"
verdict = "wrong"
misconception = "under another name it is another function"
see = "slide:live-drag-the-strides"
"""
# %% im2col
def im2col(image, size):
    ready = torch.nn.functional
    return ready.unfold(image[None].double(), size)[0].to(image.dtype)
