"""
part = "write_atomically"
verdict = "wrong"
misconception = "renaming cannot fail"
see = "slide:write-to-a-temporary-name-then-rename"
"""
# %% write_atomically
def write_atomically(path, chunks):
    path = Path(path)
    part = path.with_name(path.name + ".part")
    try:
        with open(part, "wb") as file:
            for chunk in chunks:
                file.write(chunk)
    except BaseException:
        part.unlink()
        raise
    os.replace(part, path)
