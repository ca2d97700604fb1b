"""
part = "stored_as"
verdict = "raised"
misconception = "a cell that shows red marks is handed in all the same"
see = "cell:casting_seen"
"""
# %% stored_as
def stored_as(trace, dtype):
    if dtype.is_floating_point
        return trace.to(dtype).float()
    return trace.round().to(dtype).float()
