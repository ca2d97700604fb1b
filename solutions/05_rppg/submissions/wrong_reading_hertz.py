"""
part = "reading"
verdict = "wrong"
misconception = "a rate in hertz is a heart rate"
see = "cell:reading_seen"
"""
# %% reading
def reading(trace, fps):
    """Return the heart rate of a pulse trace, or None where no pulse can be read.

    trace: (T,); fps: frames a second.
    Returns: beats a minute, float, or None.
    """
    hertz, power = spectrum(trace, fps)  # public
    inside = (hertz >= 0.7) & (hertz <= 4)
    allowed = np.flatnonzero((hertz >= 0.7) & (hertz <= 3.5))
    rate = hertz[allowed[power[allowed].argmax()]]
    near = (np.abs(hertz - rate) <= 0.1) | (np.abs(hertz - 2 * rate) <= 0.1)
    share = power[inside & near].sum() / power[inside].sum()
    return float(rate) if share >= 0.4 else None  # a comparison with nan is false, so a hole is refused too
