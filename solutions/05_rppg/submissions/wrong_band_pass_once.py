"""
part = "band_pass"
verdict = "wrong"
misconception = "one way through the filter is enough"
see = "cell:band_pass_seen"
"""
# %% band_pass
from scipy.signal import sosfilt


def band_pass(trace, fps, low=0.7, high=3.5):
    return sosfilt(butter(3, [low, high], "bandpass", fs=fps, output="sos"), trace, axis=0)
