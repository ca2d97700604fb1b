"""
part = "split_folder"
verdict = "wrong"
misconception = "hash gives a text the same number each time"
see = "slide:a-stratified-split"
"""
# %% split_folder
def split_folder(source, target, share, seed):
    for label in sorted(p for p in Path(source).iterdir() if p.is_dir()):
        files = sorted(label.glob("*.png"))
        random.Random(seed + hash(label.name)).shuffle(files)
        n = round(share * len(files))
        for part, some in (("validation", files[:n]), ("train", files[n:])):
            to = Path(target) / part / label.name
            to.mkdir(parents=True, exist_ok=True)
            for f in some:
                shutil.copy(f, to)
