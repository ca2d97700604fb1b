"""
part = "running_total"
verdict = "wrong"
misconception = "a running total is the total"
see = "cell:running_total_seen"
"""


# %% running_total
def running_total(values):
    return sum(values)
