"""
part = "split_folder"
verdict = "wrong"
misconception = "a share below one half goes wholly to the larger part"
see = "slide:a-stratified-split"
"""
# %% split_folder
def split_folder(source, target, share, seed):
    for label in Path(source).iterdir():
        if label.is_dir():
            for part in ("train", "validation"):
                (Path(target) / part / label.name).mkdir(parents=True, exist_ok=True)
            for path in label.glob("*.png"):
                shutil.copy2(path, Path(target) / ("validation" if share > 0.5 else "train") / label.name)
