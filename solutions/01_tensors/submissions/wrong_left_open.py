"""
part = "green_box"
verdict = "missing"
misconception = "the placeholder may stay"
see = "cell:slicing_seen"
"""
# %% green_box
def green_box(video, top, left, height, width):
    """Return the green values of a box in every frame, as a view."""
    # TODO: ask on Thursday
    raise NotImplementedError("green_box")
