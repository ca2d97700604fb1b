"""
note = "os, os.path, glob and strings in place of pathlib, loops in place of comprehensions"
"""
# %% read_notes
def read_notes(path):
    how = "rb"
    f = open(path, how)
    raw = f.read()
    f.close()
    try:
        text = raw.decode("utf-8")
        if text[:1] == "\ufeff":
            text = text[1:]
    except UnicodeDecodeError:
        text = raw.decode("latin-1")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    lines = text.split("\n")
    if lines[-1] == "":
        lines.pop()
    return lines

# %% report
def report(rows):
    text = "file".ljust(16) + "bytes".rjust(12) + "intact".rjust(9) + "\n"
    total = 0
    for row in rows:
        text = text + "{:<16}{:>12,}{:>9.1%}\n".format(*row)
        total = total + row[1]
    return text + "{:<16}{:>12,}\n".format("total", total)

# %% save_trace
def save_trace(folder, trace, about):
    os.makedirs(folder, exist_ok=True)
    np.save(os.path.join(folder, "trace.npy"), trace)
    f = open(os.path.join(folder, "trace.csv"), "w", encoding="utf-8")
    f.write("seconds,green\n")
    for seconds, green in trace:
        f.write(f"{float(seconds)!r},{float(green)!r}\n")
    f.close()
    f = open(os.path.join(folder, "about.json"), "w", -1, "utf-8")
    f.write(json.dumps(about, ensure_ascii=False, indent=4))
    f.close()

# %% load_square
def load_square(path):
    path = str(path)
    if not os.path.exists(path):
        raise FileNotFoundError(path)
    bgr = cv2.imread(path)
    if bgr is None:
        raise ValueError("not a picture: " + path)
    rows, columns = bgr.shape[0], bgr.shape[1]
    if rows > columns:
        begin = (rows - columns) // 2
        bgr = bgr[begin : begin + columns]
    else:
        begin = (columns - rows) // 2
        bgr = bgr[:, begin : begin + rows]
    b, g, r = cv2.split(bgr)
    return cv2.merge([r, g, b])

# %% split_folder
def split_folder(source, target, share, seed):
    random.seed(seed)
    for label in sorted(os.listdir(source)):
        if not os.path.isdir(os.path.join(source, label)):
            continue
        names = sorted(glob.glob("*.png", root_dir=os.path.join(source, label)))
        held = random.sample(names, round(share * len(names)))
        for name in names:
            part = "validation" if name in held else "train"
            os.makedirs(os.path.join(target, part, label), exist_ok=True)
            shutil.copyfile(os.path.join(source, label, name), os.path.join(target, part, label, name))

# %% write_atomically
def write_atomically(path, chunks):
    path = str(path)
    other = path + "~"
    try:
        f = open(other, "wb")
        try:
            f.writelines(chunks)
        finally:
            f.close()
        os.rename(other, path)
    except BaseException:
        os.remove(other)
        raise

# %% index_images
def index_images(folder):
    if not os.path.isdir(folder):
        raise FileNotFoundError(str(folder))
    rows = []
    for label in os.listdir(folder):
        inner = os.path.join(folder, label)
        for name in os.listdir(inner) if os.path.isdir(inner) else []:
            if not os.path.isfile(os.path.join(inner, name)):
                continue
            if name[0] != "." and os.path.splitext(name)[1].lower() in [".png", ".jpg", ".jpeg"]:
                rows.append((label + "/" + name, label))
    rows.sort()
    return rows
