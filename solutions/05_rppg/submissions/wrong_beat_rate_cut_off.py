"""
part = "beat_rate"
verdict = "wrong"
misconception = "`int` rounds"
see = "cell:beat_rate_seen"
"""
# %% beat_rate
def beat_rate(trace, fps):
    """Return the heart rate from the intervals between peaks.

    trace: (T,) around 0; fps: frames a second.
    Returns: beats a minute, float, or None if there are fewer than three peaks.
    """
    peaks, _ = find_peaks(trace, height=0, distance=max(1, int(0.3 * fps)))
    if len(peaks) < 3:
        return None
    return float(60 / np.median(np.diff(peaks) / fps))
