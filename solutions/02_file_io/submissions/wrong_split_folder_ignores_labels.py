"""
part = "split_folder"
verdict = "wrong"
misconception = "chance gives each label its share by itself"
see = "cell:split_seen"
"""
# %% split_folder
def split_folder(source, target, share, seed):
    files = sorted(Path(source).glob("*/*.png"))
    random.Random(seed).shuffle(files)
    held = round(share * len(files))
    for part, members in [("validation", files[:held]), ("train", files[held:])]:
        for path in members:
            goal = Path(target) / part / path.parent.name
            goal.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, goal)
