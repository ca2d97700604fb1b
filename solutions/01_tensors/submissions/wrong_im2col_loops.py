"""
part = "im2col"
verdict = "wrong"
misconception = "windows need a loop"
see = "slide:live-drag-the-strides"
"""
# %% im2col
def im2col(image, size):
    c, h, w = image.shape
    columns = []
    for i in range(h - size + 1):
        for j in range(w - size + 1):
            columns.append(image[:, i : i + size, j : j + size].flatten())
    return torch.stack(columns, dim=1)
