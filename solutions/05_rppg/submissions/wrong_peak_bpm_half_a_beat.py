"""
part = "peak_bpm"
verdict = "wrong"
misconception = "bins are always half a beat apart"
see = "cell:peak_bpm_seen"
"""
# %% peak_bpm
def peak_bpm(trace, fps):
    """Return the rate of the highest peak of a trace's spectrum between 0.7 and 3.5 Hz.

    trace: (T,); fps: frames a second.
    Returns: beats a minute, float, by a parabola through the logarithms of three powers.
    """
    hertz, power = spectrum(trace, fps)  # public
    allowed = np.flatnonzero((hertz >= 0.7) & (hertz <= 3.5))
    k = allowed[power[allowed].argmax()]
    left, middle, right = np.log(power[k - 1 : k + 2])  # public
    shift = 0.0
    if middle > left and middle > right:
        shift = 0.5 * (left - right) / (left - 2 * middle + right)
    return float(60 * hertz[k] + 0.5 * shift)
