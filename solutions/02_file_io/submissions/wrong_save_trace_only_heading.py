"""
part = "save_trace"
verdict = "wrong"
misconception = "a file is there once its heading is"
see = "slide:csv-json-or-npy"
"""
# %% save_trace
def save_trace(folder, trace, about):
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    np.save(folder / "trace.npy", trace)
    (folder / "trace.csv").write_text("seconds,green\n", encoding="utf-8")
    (folder / "about.json").write_text(json.dumps(about, ensure_ascii=False), encoding="utf-8")
