"""
part = "skin_mask"
verdict = "wrong"
misconception = "one of the two shares is enough"
see = "cell:skin_mask_seen"
"""
# %% skin_mask
def skin_mask(image, box):
    """Return which pixels have the colour of a box of skin.

    image: (H, W, 3) uint8, RGB; box: (top, left, height, width).
    Returns: (H, W) bool.
    """
    total = image.sum(axis=2, keepdims=True)
    colour = image[:, :, :2] / np.maximum(total, 1)
    top, left, height, width = box
    middle = np.median(colour[top : top + height, left : left + width], axis=(0, 1))
    return (np.abs(colour - middle) <= 0.03).any(axis=2) & (total[:, :, 0] > 0)
