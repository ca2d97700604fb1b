"""
part = "stored_as"
verdict = "wrong"
misconception = "casting to an integer rounds"
see = "cell:casting_seen"
"""
# %% stored_as
def stored_as(trace, dtype):
    return trace.to(dtype).float()
