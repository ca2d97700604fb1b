"""
part = "load_square"
verdict = "wrong"
misconception = "imdecode gives None for no bytes too"
see = "cell:none_raises"
"""
# %% load_square
def load_square(path):
    data = np.fromfile(path, np.uint8)
    image = cv2.imdecode(data, cv2.IMREAD_COLOR)
    if image is None:
        raise ValueError(f"{path} is no picture")
    image = cv2.cvtColor(image, cv2.COLOR_BGR2RGB)
    H, W = image.shape[:2]
    S = min(H, W)
    row = (H - S) // 2
    column = (W - S) // 2
    return image[row : row + S, column : column + S]
