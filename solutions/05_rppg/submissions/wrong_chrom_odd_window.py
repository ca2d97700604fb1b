"""
part = "chrom"
verdict = "wrong"
misconception = "twice a rounded number is the rounded double"
see = "cell:overlap_seen"
"""
# %% chrom
def chrom(rgb, fps):
    """Return the pulse by CHROM (de Haan and Jeanne, 2013).

    rgb: (T, 3) float64; fps: frames a second.
    Returns: (T,) float64, high when much blood is in the skin.
    """
    r, g, b = (rgb / rgb.mean(axis=0)).T  # public
    x = cut_band(3 * r - 2 * g, fps)
    y = cut_band(1.5 * r + g - 1.5 * b, fps)
    n = round(1.6 * fps)
    fade = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(n) / n)
    whole = np.zeros(len(rgb))
    for start in range(0, len(rgb) - n + 1, n // 2):
        xs, ys = x[start : start + n], y[start : start + n]
        s = xs - xs.std() / (ys.std() + 1e-9) * ys
        whole[start : start + n] += fade * (s - s.mean())
    return whole
