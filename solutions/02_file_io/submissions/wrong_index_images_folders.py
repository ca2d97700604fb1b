"""
part = "index_images"
verdict = "wrong"
misconception = "what ends with .png is a file"
see = "slide:paths-that-work-everywhere"
"""
# %% index_images
def index_images(folder):
    folder = Path(folder)
    if not folder.is_dir():
        raise FileNotFoundError(folder)
    return sorted(
        (p.relative_to(folder).as_posix(), p.parent.name)
        for p in folder.glob("*/*")
        if p.suffix.lower() in (".png", ".jpg", ".jpeg") and not p.name.startswith(".")
    )
