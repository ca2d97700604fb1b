"""
part = "save_trace"
verdict = "wrong"
misconception = "one format of three is enough"
see = "slide:csv-json-or-npy"
"""
# %% save_trace
def save_trace(folder, trace, about):
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    np.save(folder / "trace.npy", trace)
