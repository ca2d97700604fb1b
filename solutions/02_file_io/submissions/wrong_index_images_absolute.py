"""
part = "index_images"
verdict = "wrong"
misconception = "my path is everybody's path"
see = "slide:paths-that-work-everywhere"
"""
# %% index_images
def index_images(folder):
    folder = Path(folder)
    if not folder.is_dir():
        raise FileNotFoundError(folder)
    ends = {".png", ".jpg", ".jpeg"}
    return sorted((str(p), p.parent.name) for p in folder.glob("*/[!.]*") if p.suffix.lower() in ends)
