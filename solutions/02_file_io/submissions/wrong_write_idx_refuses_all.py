"""
part = "write_idx"
verdict = "raised"
misconception = "a dtype is found among codes that are numbers"
see = "cell:write_idx_seen"
"""
# %% write_idx
def write_idx(path, array):
    if array.dtype.name not in IDX_TYPES:
        raise ValueError(f"IDX has no kind for {array.dtype}")
