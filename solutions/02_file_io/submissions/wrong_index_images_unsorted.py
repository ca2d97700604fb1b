"""
part = "index_images"
verdict = "wrong"
misconception = "glob gives files in the order of their names"
see = "cell:index_images_seen"
"""
# %% index_images
def index_images(folder):
    folder = Path(folder)
    if not folder.is_dir():
        raise FileNotFoundError(f"{folder} is no folder")
    result = []
    for path in folder.glob("*/*"):
        if path.is_file() and path.suffix.lower() in [".png", ".jpg", ".jpeg"] and not path.name.startswith("."):
            result.append((path.relative_to(folder).as_posix(), path.parent.name))
    return result
