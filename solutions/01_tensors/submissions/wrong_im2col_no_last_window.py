"""
part = "im2col"
verdict = "wrong"
misconception = "there are H - k places for a window of k"
see = "cell:im2col_seen"
"""
# %% im2col
def im2col(image, size):
    c, h, w = image.shape
    p, s, t = image.stride()
    view = torch.as_strided(image, (c, size, size, h - size, w - size), (p, s, t, s, t))
    return view.reshape(c * size * size, (h - size) * (w - size))
