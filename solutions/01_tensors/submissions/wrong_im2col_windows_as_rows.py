"""
part = "im2col"
verdict = "wrong"
misconception = "merging neighbours in another order gives the same matrix"
see = "slide:from-an-index-to-an-address"
"""
# %% im2col
def im2col(image, size):
    windows = image.unfold(1, size, 1).unfold(2, size, 1)
    c, rows, cols = windows.shape[:3]
    return windows.reshape(rows * cols, c * size * size).T
