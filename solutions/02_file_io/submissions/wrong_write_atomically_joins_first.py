"""
part = "write_atomically"
verdict = "wrong"
misconception = "once all is in memory, writing cannot fail"
see = "slide:write-to-a-temporary-name-then-rename"
"""
# %% write_atomically
def write_atomically(path, chunks):
    data = b"".join(chunks)
    with open(path, "wb") as file:
        file.write(data)
