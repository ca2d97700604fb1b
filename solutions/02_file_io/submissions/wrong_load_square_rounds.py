"""
part = "load_square"
verdict = "wrong"
misconception = "half of an odd number is rounded"
see = "slide:bgr-not-rgb"
"""
# %% load_square
def load_square(path):
    path = Path(path)
    data = np.fromfile(path, np.uint8)
    image = cv2.imdecode(data, cv2.IMREAD_COLOR) if data.size else None
    if image is None:
        raise ValueError(path.name)
    h, w = image.shape[:2]
    s = min(h, w)
    t, l = round((h - s) / 2), round((w - s) / 2)
    return image[t : t + s, l : l + s, ::-1]
