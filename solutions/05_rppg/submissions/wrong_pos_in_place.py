"""
part = "pos"
verdict = "wrong"
misconception = "a slice is a copy"
see = "cell:pos_seen"
"""
# %% pos
def pos(rgb, fps):
    """Return the pulse by POS (Wang et al., 2017).

    rgb: (T, 3) float64; fps: frames a second.
    Returns: (T,) float64, high when much blood is in the skin.
    """
    n = round(1.6 * fps)
    whole = np.zeros(len(rgb))
    for start in range(len(rgb) - n + 1):
        c = rgb[start : start + n]  # public
        c /= c.mean(axis=0)
        r, g, b = c.T
        s1, s2 = g - b, g + b - 2 * r
        h = s1 + s1.std() / (s2.std() + 1e-9) * s2
        whole[start : start + n] += h
    return -whole
