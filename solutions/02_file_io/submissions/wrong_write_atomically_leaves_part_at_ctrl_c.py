"""
part = "write_atomically"
verdict = "wrong"
misconception = "except Exception catches everything"
see = "cell:half_written"
"""
# %% write_atomically
def write_atomically(path, chunks):
    path = Path(path)
    temporary = path.with_name(path.name + ".part")
    try:
        with open(temporary, "wb") as file:
            for chunk in chunks:
                file.write(chunk)
        os.replace(temporary, path)
    except Exception:
        temporary.unlink(missing_ok=True)
        raise
