"""
part = "load_square"
verdict = "raised"
misconception = "a picture that was read is not None, and what is not None is no picture"
see = "cell:none_raises"
"""
# %% load_square
def load_square(path):
    data = np.fromfile(path, np.uint8)
    image = cv2.imdecode(data, cv2.IMREAD_COLOR) if len(data) else None
    if image is None or image is not None:
        raise ValueError(f"{path} is no picture")
    return image
