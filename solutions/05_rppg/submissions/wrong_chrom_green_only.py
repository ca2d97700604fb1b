"""
part = "chrom"
verdict = "wrong"
misconception = "one good colour is enough"
see = "cell:nodding_seen"
"""
# %% chrom
def chrom(rgb, fps):
    return green(rgb, fps)
