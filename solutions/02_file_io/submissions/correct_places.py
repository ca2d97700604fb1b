"""
note = "encodings by their place among the arguments, and a first frame that must be one of the file's"
"""
# %% read_notes
def read_notes(path):
    for kind in ("utf-8-sig", "latin-1"):
        try:
            with open(path, "r", -1, kind) as file:
                return [line[:-1] if line.endswith("\n") else line for line in file]
        except UnicodeDecodeError:
            continue

# %% read_frames
def read_frames(path, first, count):
    handle = os.open(path, os.O_RDONLY)
    with os.fdopen(handle, "rb") as file:
        rank = file.read(4)[3]
        sides = struct.unpack(f">{rank}I", file.read(4 * rank))
        if not 0 <= first < sides[0] or first + count > sides[0]:
            raise ValueError(f"no frames {first} to {first + count} among {sides[0]}")
        size = math.prod(sides[1:])
        file.seek(4 + 4 * rank + first * size)
        data = file.read(count * size)
    return np.frombuffer(data, np.uint8).reshape(count, *sides[1:])
