"""
part = "region_means"
verdict = "raised"
misconception = "a film that has ended is a film that cannot be read"
see = "cell:film_seen"
"""
# %% region_means
def region_means(path, boxes):
    capture = cv2.VideoCapture(str(path))  # public
    fps = capture.get(cv2.CAP_PROP_FPS)  # public
    rows = []
    while True:
        found, image = capture.read()  # public
        if not found:
            raise ValueError(f"no frame can be read from {path}")
        rows.append([image[top : top + h, left : left + w].mean(axis=(0, 1))[::-1] for top, left, h, w in boxes])
    return np.array(rows), fps
