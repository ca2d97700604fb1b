"""
part = "running_total"
verdict = "raised"
misconception = "there is always a first number"
see = "cell:running_total_seen"
"""


# %% running_total
def running_total(values):
    totals = [values[0]]
    for value in values[1:]:
        totals.append(totals[-1] + value)
    return totals
