"""
part = "split_folder"
verdict = "wrong"
misconception = "every fourth picture is chance enough"
see = "cell:split_seen"
"""
# %% split_folder
def split_folder(source, target, share, seed):
    for label in sorted(path for path in Path(source).iterdir() if path.is_dir()):
        files = sorted(label.glob("*.png"))
        held = round(share * len(files))
        places = {(seed + number * len(files) // held) % len(files) for number in range(held)}
        for number, path in enumerate(files):
            goal = Path(target) / ("validation" if number in places else "train") / label.name
            goal.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, goal)
