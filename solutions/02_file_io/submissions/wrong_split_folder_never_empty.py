"""
part = "split_folder"
verdict = "wrong"
misconception = "a part must hold something"
see = "cell:split_seen"
"""
# %% split_folder
def split_folder(source, target, share, seed):
    chance = random.Random(seed)
    for label in sorted(Path(source).iterdir()):
        if not label.is_dir():
            continue
        files = sorted(label.glob("*.png"))
        chance.shuffle(files)
        held = min(max(1, round(share * len(files))), len(files) - 1)
        for part, members in [("validation", files[:held]), ("train", files[held:])]:
            goal = Path(target) / part / label.name
            goal.mkdir(parents=True, exist_ok=True)
            for path in members:
                shutil.copy(path, goal)
