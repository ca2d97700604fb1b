"""
part = "region_means"
verdict = "missing"
misconception = "an open part is skipped"
see = "cell:region_means_seen"
"""
# %% region_means
def region_means(path, boxes):
    raise NotImplementedError
