"""
part = "check_idx"
verdict = "raised"
misconception = "a check of damage always ends with an error"
see = "slide:five-kinds-of-damage"
"""
# %% check_idx
def check_idx(path):
    path = Path(path)
    if not path.parent.is_dir():
        raise MissingFolder(path.name)
    if not path.is_file():
        raise MissingFile(path.name)
    if not path.stat().st_size:
        raise EmptyFile(path.name)
    try:
        with (gzip.open if path.name.endswith(".gz") else open)(path, "rb") as f:
            data = f.read()
    except gzip.BadGzipFile:
        raise WrongMagic(path.name)
    except EOFError:
        raise Truncated(path.name)
    if len(data) >= 4 and (data[0] or data[1] or data[2] not in IDX_TYPES or not data[3]):
        raise WrongMagic(path.name)
    raise Truncated(path.name)
