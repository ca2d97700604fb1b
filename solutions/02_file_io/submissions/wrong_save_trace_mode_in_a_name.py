"""
part = "save_trace"
verdict = "wrong"
misconception = "every machine prefers UTF-8, so the mode is enough"
see = "slide:encodings-and-newlines"
"""
# %% save_trace
def save_trace(folder, trace, about):
    how = "w"
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    np.save(folder / "trace.npy", trace)
    with open(folder / "trace.csv", how, newline="", encoding="utf-8") as f:
        w = csv.writer(f)
        w.writerow(["seconds", "green"])
        w.writerows(trace.tolist())
    with open(folder / "about.json", how) as f:
        json.dump(about, f, ensure_ascii=False)
