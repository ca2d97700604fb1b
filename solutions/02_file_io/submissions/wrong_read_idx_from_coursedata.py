"""
part = "read_idx"
verdict = "wrong"
misconception = "the package that gives the data also gives the answer"
see = "cell:read_idx_seen"
"""
# %% read_idx
def read_idx(path):
    second = int(Path(path).stem.split()[-1]) if Path(path).stem[-1].isdigit() else 0
    return coursedata.recording().frames[30 * second : 30 * second + 30]
