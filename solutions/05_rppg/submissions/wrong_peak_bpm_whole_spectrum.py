"""
part = "peak_bpm"
verdict = "wrong"
misconception = "the highest peak is always the heart"
see = "cell:frame_rate_bug"
"""
# %% peak_bpm
def peak_bpm(trace, fps):
    """Return the rate of the highest peak of a trace's spectrum between 0.7 and 3.5 Hz.

    trace: (T,); fps: frames a second.
    Returns: beats a minute, float, by a parabola through the logarithms of three powers.
    """
    hertz, power = spectrum(trace, fps)  # public
    allowed = np.flatnonzero(hertz > 0)
    k = allowed[power[allowed].argmax()]
    left, middle, right = np.log(power[k - 1 : k + 2])  # public
    shift = 0.0
    if middle > left and middle > right:
        shift = 0.5 * (left - right) / (left - 2 * middle + right)
    return float(60 * (hertz[k] + shift * hertz[1]))
