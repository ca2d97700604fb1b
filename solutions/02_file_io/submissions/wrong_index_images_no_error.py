"""
part = "index_images"
verdict = "wrong"
misconception = "glob complains when there is no folder"
see = "slide:paths-that-work-everywhere"
"""
# %% index_images
def index_images(folder):
    folder = Path(folder)
    ends = {".png", ".jpg", ".jpeg"}
    pictures = [p for p in folder.glob("*/[!.]*") if p.suffix.lower() in ends]
    return sorted((p.relative_to(folder).as_posix(), p.parent.name) for p in pictures)
