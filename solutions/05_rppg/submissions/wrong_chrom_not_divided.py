"""
part = "chrom"
verdict = "wrong"
misconception = "X and Y are made of the colours as they come"
see = "cell:chrom_seen"
"""
# %% chrom
def chrom(rgb, fps):
    r, g, b = rgb.T
    x = cut_band(3 * r - 2 * g, fps)
    y = cut_band(1.5 * r + g - 1.5 * b, fps)
    n = 2 * round(0.8 * fps)
    hann = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(n) / n)
    result = np.zeros(len(rgb))
    for start in range(0, len(rgb) - n + 1, n // 2):
        xw = x[start : start + n]
        yw = y[start : start + n]
        alpha = np.std(xw) / (np.std(yw) + 1e-9)
        s = xw - alpha * yw
        s = s - s.mean()
        result[start : start + n] += hann * s
    return result
