"""
part = "save_trace"
verdict = "wrong"
misconception = "under other names nobody asks for encoding and newline"
see = "slide:encodings-and-newlines"
"""
# %% extra
opens = open

# %% save_trace
def save_trace(folder, trace, about):
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    np.save(folder / "trace.npy", trace)
    o, w = opens, csv.writer
    with o(folder / "trace.csv", "w") as file:
        made = w(file)
        made.writerow(["seconds", "green"])
        made.writerows(trace.tolist())
    with o(folder / "about.json", "w") as file:
        json.dump(about, file, ensure_ascii=False)
