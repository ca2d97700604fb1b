"""
part = "band_pass"
verdict = "wrong"
misconception = "any band-pass is the same"
see = "cell:band_pass_seen"
"""
# %% band_pass
def band_pass(trace, fps, low=0.7, high=3.5):
    return cut_band(trace, fps, low, high)
