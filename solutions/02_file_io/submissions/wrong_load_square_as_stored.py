"""
part = "load_square"
verdict = "wrong"
misconception = "a picture in colour has three channels of 8 bits"
see = "cell:load_square_seen"
"""
# %% load_square
def load_square(path):
    path = Path(path)
    data = np.fromfile(path, np.uint8)
    if len(data) == 0:
        raise ValueError(path.name)
    image = cv2.imdecode(data, cv2.IMREAD_UNCHANGED)
    if image is None:
        raise ValueError(path.name)
    image = cv2.cvtColor(image, cv2.COLOR_GRAY2RGB) if image.ndim == 2 else image[:, :, ::-1]
    s = min(image.shape[:2])
    t, l = (image.shape[0] - s) // 2, (image.shape[1] - s) // 2
    return image[t : t + s, l : l + s]
