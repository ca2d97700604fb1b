"""
part = "load_square"
verdict = "wrong"
misconception = "imread raises when it cannot read"
see = "cell:none_raises"
"""
# %% load_square
def load_square(path):
    image = cv2.imread(str(path))
    h, w = image.shape[:2]
    s = min(h, w)
    image = image[(h - s) // 2 : (h - s) // 2 + s, (w - s) // 2 : (w - s) // 2 + s]
    return cv2.cvtColor(image, cv2.COLOR_BGR2RGB)
