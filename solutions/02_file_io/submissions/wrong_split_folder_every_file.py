"""
part = "split_folder"
verdict = "wrong"
misconception = "a folder of pictures holds pictures only"
see = "cell:the_folder"
"""
# %% split_folder
def split_folder(source, target, share, seed):
    chance = random.Random(seed)
    for label in sorted(Path(source).iterdir()):
        if not label.is_dir():
            continue
        files = sorted(label.iterdir())
        chance.shuffle(files)
        held = round(share * len(files))
        for part, members in [("validation", files[:held]), ("train", files[held:])]:
            goal = Path(target) / part / label.name
            goal.mkdir(parents=True, exist_ok=True)
            for path in members:
                shutil.copy(path, goal)
