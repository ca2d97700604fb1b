"""
note = "worked out from the released text alone, one step a line"
"""
# %% band_pass
def band_pass(trace, fps, low=0.7, high=3.5):
    numbers = butter(3, [low, high], "bandpass", fs=fps, output="sos")
    filtered = sosfiltfilt(numbers, trace, axis=0)
    return filtered
