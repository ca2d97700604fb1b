"""
part = "load_square"
verdict = "wrong"
misconception = "an error that is of all kinds suits every trouble"
see = "cell:none_raises"
"""
# %% load_square
class Trouble(ValueError, FileNotFoundError):
    pass


def load_square(path):
    try:
        image = cv2.imdecode(np.fromfile(path, np.uint8), cv2.IMREAD_COLOR)
        side = min(image.shape[:2])
    except Exception:
        raise Trouble(f"{path} cannot be read")
    top, left = (image.shape[0] - side) // 2, (image.shape[1] - side) // 2
    return image[top : top + side, left : left + side, ::-1]
