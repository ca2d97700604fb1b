"""
part = "im2col"
verdict = "wrong"
misconception = "the strides follow from the shape"
see = "slide:shape-rank-strides"
"""
# %% im2col
def im2col(image, size):
    c, h, w = image.shape
    rows, cols = h - size + 1, w - size + 1
    view = image.as_strided((c, size, size, rows, cols), (h * w, w, 1, w, 1))
    return view.reshape(c * size * size, rows * cols)
