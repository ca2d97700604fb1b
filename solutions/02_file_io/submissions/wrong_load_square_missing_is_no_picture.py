"""
part = "load_square"
verdict = "wrong"
misconception = "a missing file and a bad one are the same trouble"
see = "cell:none_raises"
"""
# %% load_square
def load_square(path):
    image = cv2.imread(str(path))
    if image is None:
        raise ValueError(f"cannot read {path}")
    h, w = image.shape[:2]
    s = min(h, w)
    return image[(h - s) // 2 : (h - s) // 2 + s, (w - s) // 2 : (w - s) // 2 + s, ::-1]
