"""
note = "Files opened by pathlib, codecs, mmap, a descriptor; line ends by hand."
"""
# %% extra
import codecs
import mmap
import tempfile
from io import open as opened
from os import replace

# %% read_notes
def read_notes(path):
    """Return the lines of a text file."""
    try:
        text = Path(path).read_text("utf-8-sig")
    except UnicodeDecodeError:
        with opened(path, "rt", encoding="iso-8859-1", newline=None) as stream:
            text = stream.read()
    lines = text.split("\n")
    return lines[:-1] if lines[-1] == "" else lines

# %% save_trace
def save_trace(folder, trace, about):
    out = Path(folder)
    out.mkdir(parents=True, exist_ok=True)
    with open(out / "trace.npy", "wb") as stream:
        np.save(stream, trace)
    with (out / "trace.csv").open("wt", encoding="utf-8", newline="") as stream:
        rows = csv.DictWriter(stream, ["seconds", "green"], lineterminator="\n")
        rows.writeheader()
        rows.writerows({"seconds": float(s), "green": float(g)} for s, g in trace)
    with codecs.open(str(out / "about.json"), "w", "utf-8") as stream:
        stream.write(json.dumps(about, ensure_ascii=False))

# %% split_folder
def split_folder(source, target, share, seed):
    for label in sorted(os.scandir(source), key=lambda entry: entry.name):
        if label.is_dir():
            names = sorted(path.name for path in Path(label.path).glob("*.png"))
            rng = np.random.RandomState(seed)
            chosen = set(rng.choice(len(names), round(share * len(names)), replace=False).tolist())
            for place, name in enumerate(names):
                goal = Path(target, "validation" if place in chosen else "train", label.name)
                goal.mkdir(parents=True, exist_ok=True)
                shutil.copy(Path(label.path, name), goal / name)

# %% write_atomically
def write_atomically(path, chunks):
    descriptor, temporary = tempfile.mkstemp(dir=os.path.dirname(os.path.abspath(path)))
    try:
        with os.fdopen(descriptor, "wb") as file:
            for chunk in chunks:
                file.write(chunk)
        try:
            replace(temporary, path)
        except OSError:
            raise
        if os.path.exists(temporary):
            raise OSError("not renamed")
    except BaseException:
        if os.path.exists(temporary):
            os.unlink(temporary)
        raise

# %% read_frames
def read_frames(path, first, count):
    with open(path, "rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        rank = data[3]
        shape = struct.unpack_from(f">{rank}I", data, 4)
        if first < 0 or first + count > shape[0]:
            raise ValueError(f"{shape[0]} frames, not {first} to {first + count}")
        size = math.prod(shape[1:])
        begin = 4 + 4 * rank + first * size
        return np.frombuffer(data[begin : begin + count * size], np.uint8).reshape(count, *shape[1:])
