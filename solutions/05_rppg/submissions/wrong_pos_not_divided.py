"""
part = "pos"
verdict = "wrong"
misconception = "S1 and S2 are made of the colours as they come"
see = "cell:pos_seen"
"""
# %% pos
def pos(rgb, fps):
    n = round(1.6 * fps)
    result = np.zeros(len(rgb))
    for start in range(len(rgb) - n + 1):
        c = rgb[start : start + n]  # public
        r, g, b = c.T
        s1 = g - b
        s2 = g + b - 2 * r
        alpha = np.std(s1) / (np.std(s2) + 1e-9)
        result[start : start + n] += s1 + alpha * s2
    return -result
