"""
part = "chrom"
verdict = "wrong"
misconception = "a result is ready once it has been made with the right shape"
see = "cell:chrom_seen"
"""
# %% chrom
def chrom(rgb, fps):
    return np.zeros(len(rgb))
