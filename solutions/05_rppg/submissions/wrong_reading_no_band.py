"""
part = "reading"
verdict = "wrong"
misconception = "the whole spectrum belongs to the heart"
see = "cell:two_kinds_seen"
"""
# %% reading
def reading(trace, fps):
    """Return the heart rate of a pulse trace, or None where no pulse can be read.

    trace: (T,); fps: frames a second.
    Returns: beats a minute, float, or None.
    """
    hertz, power = spectrum(trace, fps)  # public
    inside = hertz >= 0
    allowed = np.flatnonzero(hertz >= 0)
    rate = hertz[allowed[power[allowed].argmax()]]
    near = (np.abs(hertz - rate) <= 0.1) | (np.abs(hertz - 2 * rate) <= 0.1)
    share = power[inside & near].sum() / power[inside].sum()
    return float(60 * rate) if share >= 0.4 else None
