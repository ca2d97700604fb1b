"""
part = "reading"
verdict = "wrong"
misconception = "hertz are beats a minute"
see = "cell:bins_seen"
"""
# %% reading
def reading(trace, fps):
    """Return the heart rate of a pulse trace, or None where no pulse can be read.

    trace: (T,); fps: frames a second.
    Returns: beats a minute, float, or None.
    """
    if not np.isfinite(trace).all() or np.ptp(trace) == 0:
        return None
    hertz, power = spectrum(trace, fps)
    inside = (hertz >= 0.7) & (hertz <= 4)
    allowed = np.flatnonzero((hertz >= 0.7) & (hertz <= 3.5))
    rate = hertz[allowed[power[allowed].argmax()]]
    near = (np.abs(hertz - rate) <= 0.1) | (np.abs(hertz - 2 * rate) <= 0.1)
    share = power[inside & near].sum() / power[inside].sum()
    return float(rate) if share >= 0.4 else None
