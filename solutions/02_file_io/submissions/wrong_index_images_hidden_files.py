"""
part = "index_images"
verdict = "wrong"
misconception = "what ends with .png is a picture"
see = "slide:paths-that-work-everywhere"
"""
# %% index_images
def index_images(folder):
    folder = Path(folder)
    if not folder.is_dir():
        raise FileNotFoundError(f"{folder} is no folder")
    result = []
    for path in folder.glob("*/*"):
        if path.is_file() and path.suffix.lower() in [".png", ".jpg", ".jpeg"]:
            result.append((path.relative_to(folder).as_posix(), path.parent.name))
    return sorted(result)
