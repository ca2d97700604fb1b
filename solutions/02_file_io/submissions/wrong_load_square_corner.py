"""
part = "load_square"
verdict = "wrong"
misconception = "a square begins at row 0 and column 0"
see = "cell:load_square_seen"
"""
# %% load_square
def load_square(path):
    data = np.fromfile(path, dtype=np.uint8)
    image = cv2.imdecode(data, cv2.IMREAD_COLOR) if data.size else None
    if image is None:
        raise ValueError(f"{path} is no picture")
    side = min(image.shape[:2])
    return image[:side, :side, ::-1]
