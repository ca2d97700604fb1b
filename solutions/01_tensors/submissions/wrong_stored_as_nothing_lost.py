"""
part = "stored_as"
verdict = "wrong"
misconception = "a dtype is how numbers are shown, and their values stay"
see = "slide:dtypes-what-is-lost"
"""
# %% stored_as
def stored_as(trace, dtype):
    return trace
