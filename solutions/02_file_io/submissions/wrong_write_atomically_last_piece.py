"""
part = "write_atomically"
verdict = "wrong"
misconception = "opening in mode wb adds to what is there"
see = "cell:write_atomically_seen"
"""
# %% write_atomically
def write_atomically(path, chunks):
    path = Path(path)
    part = path.with_name(path.name + ".part")
    try:
        part.write_bytes(b"")
        for chunk in chunks:
            with open(part, "wb") as file:
                file.write(chunk)
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)
