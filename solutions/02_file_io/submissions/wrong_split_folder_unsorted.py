"""
part = "split_folder"
verdict = "wrong"
misconception = "glob gives files in the order of their names"
see = "slide:walk-a-folder-in-the-right-order"
"""
# %% split_folder
def split_folder(source, target, share, seed):
    source = Path(source)
    target = Path(target)
    generator = random.Random(seed)
    for label in sorted(source.iterdir()):
        if not label.is_dir():
            continue
        train = target / "train" / label.name
        validation = target / "validation" / label.name
        train.mkdir(parents=True, exist_ok=True)
        validation.mkdir(parents=True, exist_ok=True)
        pictures = list(label.glob("*.png"))
        generator.shuffle(pictures)
        n = round(share * len(pictures))
        for picture in pictures[:n]:
            shutil.copy(picture, validation)
        for picture in pictures[n:]:
            shutil.copy(picture, train)
