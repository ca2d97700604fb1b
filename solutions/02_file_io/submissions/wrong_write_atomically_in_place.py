"""
part = "write_atomically"
verdict = "wrong"
misconception = "with closes the file, so nothing is lost"
see = "cell:half_written"
"""
# %% write_atomically
def write_atomically(path, chunks):
    with open(path, "wb") as file:
        for chunk in chunks:
            file.write(chunk)
