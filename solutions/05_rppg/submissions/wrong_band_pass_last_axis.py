"""
part = "band_pass"
verdict = "raised"
misconception = "time is the last axis"
see = "cell:band_pass_seen"
"""
# %% band_pass
def band_pass(trace, fps, low=0.7, high=3.5):
    """Return what of a trace lies between two frequencies.

    trace: (T,) or (T, C), time first; fps: frames a second; low, high: Hz.
    Returns: the same shape, Butterworth of order 3 forwards and backwards.
    """
    sections = butter(3, [low, high], "bandpass", fs=fps, output="sos")
    return sosfiltfilt(sections, trace)  # public
