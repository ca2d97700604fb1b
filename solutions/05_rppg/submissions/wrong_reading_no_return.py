"""
part = "reading"
verdict = "wrong"
misconception = "a function gives back the value of its last line, as a cell does"
see = "cell:reading_seen"
"""
# %% reading
def reading(trace, fps):
    peak_bpm(trace, fps)
