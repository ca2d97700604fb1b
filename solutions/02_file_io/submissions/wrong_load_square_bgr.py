"""
part = "load_square"
verdict = "wrong"
misconception = "a picture is red, green, blue wherever it comes from"
see = "slide:bgr-not-rgb"
"""
# %% load_square
def load_square(path):
    data = np.fromfile(path, dtype=np.uint8)
    image = cv2.imdecode(data, cv2.IMREAD_COLOR) if len(data) else None
    if image is None:
        raise ValueError(f"no picture: {path}")
    h, w = image.shape[:2]
    s = min(h, w)
    return image[(h - s) // 2 : (h - s) // 2 + s, (w - s) // 2 : (w - s) // 2 + s]
