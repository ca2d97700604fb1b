"""
part = "squared_distances"
verdict = "wrong"
misconception = "under another name it is another function"
see = "slide:the-bug-that-raises-nothing"
"""
# %% squared_distances
def squared_distances(a, b):
    far = torch.cdist
    return far(a, b, compute_mode="donot_use_mm_for_euclid_dist") ** 2
