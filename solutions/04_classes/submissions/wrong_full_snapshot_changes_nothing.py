"""
part = "full_snapshot"
verdict = "wrong"
misconception = "a snapshot of references is a copy"
see = "cell:alias_bug"
"""

# %% full_snapshot
class FullSnapshot(Snapshot):
    pass
