"""
part = "snr"
verdict = "wrong"
misconception = "the double counts wherever it lies"
see = "cell:snr_drawn"
"""
# %% snr
def snr(trace, fps, bpm):
    hertz, power = spectrum(trace, fps)  # public
    rate = bpm / 60
    inside = (hertz >= 0.7) & (hertz <= 4)
    near = (np.abs(hertz - rate) <= 0.1) | (np.abs(hertz - 2 * rate) <= 0.1)
    return 10 * np.log10(power[near].sum() / power[inside & ~near].sum())
