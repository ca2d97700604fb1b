"""
part = "index_images"
verdict = "raised"
misconception = "a folder that glob finds something in is no folder"
see = "slide:paths-that-work-everywhere"
"""
# %% index_images
def index_images(folder):
    if not Path(folder).is_dir() or list(Path(folder).glob("*")):
        raise FileNotFoundError(f"{folder} is no folder")
    return []
