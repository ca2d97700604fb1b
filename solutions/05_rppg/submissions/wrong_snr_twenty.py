"""
part = "snr"
verdict = "wrong"
misconception = "power, as a height, is counted by 20 log"
see = "cell:snr_drawn"
"""
# %% snr
def snr(trace, fps, bpm):
    """Return the signal-to-noise ratio of a pulse trace at a rate (after de Haan and Jeanne, 2013).

    trace: (T,); fps: frames a second; bpm: beats a minute.
    Returns: dB, float: power within 0.1 Hz of the rate and its double over the rest of 0.7 to 4 Hz.
    """
    hertz, power = spectrum(trace, fps)  # public
    inside = (hertz >= 0.7) & (hertz <= 4)
    near = (np.abs(hertz - bpm / 60) <= 0.1) | (np.abs(hertz - 2 * bpm / 60) <= 0.1)
    return float(20 * np.log10(power[inside & near].sum() / power[inside & ~near].sum()))
