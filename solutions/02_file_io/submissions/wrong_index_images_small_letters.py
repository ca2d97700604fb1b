"""
part = "index_images"
verdict = "wrong"
misconception = "suffixes are written in small letters"
see = "slide:paths-that-work-everywhere"
"""
# %% index_images
def index_images(folder):
    folder = Path(folder)
    if not folder.is_dir():
        raise FileNotFoundError(folder)
    pictures = [p for end in ("png", "jpg", "jpeg") for p in folder.glob(f"*/[!.]*.{end}")]
    return sorted((p.relative_to(folder).as_posix(), p.parent.name) for p in pictures)
