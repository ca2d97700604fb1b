"""
part = "split_folder"
verdict = "wrong"
misconception = "a list that begins elsewhere is shuffled"
see = "cell:split_seen"
"""
# %% split_folder
def split_folder(source, target, share, seed):
    for label in sorted(path for path in Path(source).iterdir() if path.is_dir()):
        files = sorted(label.glob("*.png"))
        begin = seed % len(files)
        files = files[begin:] + files[:begin]
        held = round(share * len(files))
        for part, members in (("validation", files[:held]), ("train", files[held:])):
            goal = Path(target) / part / label.name
            goal.mkdir(parents=True, exist_ok=True)
            for path in members:
                shutil.copy(path, goal)
