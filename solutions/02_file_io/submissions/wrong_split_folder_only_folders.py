"""
part = "split_folder"
verdict = "wrong"
misconception = "the folders of a split are the split"
see = "slide:a-stratified-split"
"""
# %% split_folder
def split_folder(source, target, share, seed):
    for label in Path(source).iterdir():
        if label.is_dir():
            for part in ("train", "validation"):
                (Path(target) / part / label.name).mkdir(parents=True, exist_ok=True)
