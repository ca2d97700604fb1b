"""
part = "region_means"
verdict = "wrong"
misconception = "the end of a slice is a size"
see = "cell:region_means_seen"
"""
# %% region_means
def region_means(path, boxes):
    """Return the mean colours of some boxes in each frame of a film.

    path: Path or str; boxes: list of R tuples (top, left, height, width).
    Returns: (T, R, 3) float64, red, green, blue; and frames a second, float.
    Raises: ValueError naming the file if no frame can be read from it.
    """
    capture = cv2.VideoCapture(str(path))  # public
    fps = capture.get(cv2.CAP_PROP_FPS)  # public
    rows = []
    while True:
        found, image = capture.read()  # public
        if not found:
            break
        rows.append([image[top:h, left:w].mean(axis=(0, 1))[::-1] for top, left, h, w in boxes])
    capture.release()
    if not rows:
        raise ValueError(f"no frame can be read from {path}")
    return np.array(rows), fps
