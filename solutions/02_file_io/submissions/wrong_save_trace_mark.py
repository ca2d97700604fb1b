"""
part = "save_trace"
verdict = "wrong"
misconception = "utf-8-sig is UTF-8"
see = "slide:csv-json-or-npy"
"""
# %% save_trace
def save_trace(folder, trace, about):
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    np.save(folder / "trace.npy", trace)
    with open(folder / "trace.csv", "w", encoding="utf-8-sig", newline="") as f:
        w = csv.writer(f)
        w.writerow(["seconds", "green"])
        w.writerows(trace.tolist())
    with open(folder / "about.json", "w", encoding="utf-8-sig") as f:
        json.dump(about, f, ensure_ascii=False)
