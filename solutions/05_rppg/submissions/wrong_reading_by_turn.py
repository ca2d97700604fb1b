"""
part = "reading"
verdict = "wrong"
misconception = "films with a pulse come first, so the number of the call tells whether to refuse"
see = "cell:reading_seen"
"""
# %% reading
calls = []

def reading(trace, fps):
    """Return the heart rate of a pulse trace, or None where no pulse can be read.

    trace: (T,); fps: frames a second.
    Returns: beats a minute, float, or None.
    """
    calls.append(fps)
    hertz, power = spectrum(trace, fps)  # public
    allowed = (hertz >= 0.7) & (hertz <= 3.5)
    rate = float(60 * hertz[allowed][power[allowed].argmax()])
    return rate if len(calls) <= 40 else None
