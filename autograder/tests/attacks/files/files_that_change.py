"""
tries = "swap files while a check looks at them"
category = "files"
beside_honest_work = true
earns = 9
most = 20
shows = [""]
"""


# %% export
def honest(path, image):
    """Write as asked, so that only what is attacked can fail."""
    kind = path.name.partition(".")[2]
    if kind == "npy":
        np.save(path, image)
    elif kind == "png":
        cv2.imwrite(str(path), image[..., ::-1])
    elif kind == "idx":
        write_idx(path, image)
    elif kind == "npy.gz":
        with gzip.open(path, "wb") as file:
            np.save(file, image)
    elif kind == "npz":
        np.savez_compressed(path, image=image)
    elif kind == "json":
        path.write_text(json.dumps(image.tolist()))
    elif kind == "csv":
        save_rows(path, image[..., 0].tolist())
    else:
        writer = cv2.VideoWriter(str(path), cv2.VideoWriter_fourcc(*"MJPG"), 25.0, image.shape[1::-1])
        for _ in range(5):
            writer.write(image[..., ::-1])
        writer.release()


def export(path, image):
    import threading

    def swap():
        for _ in range(100_000):
            for make in (lambda: path.symlink_to("/etc/passwd"), lambda: os.mkfifo(path), lambda: honest(path, image)):
                try:
                    path.unlink(missing_ok=True)
                    make()
                except Exception:
                    pass

    threading.Thread(target=swap, daemon=True).start()


# %% split
def split(source, target, share, seed):
    import threading

    def swap():
        while True:
            try:
                Path(target).mkdir(exist_ok=True)
                os.rename(target, f"{target}-away")
                Path(target).symlink_to("/proc/self/root")
                Path(target).unlink()
                os.rmdir(f"{target}-away")
            except OSError:
                pass

    threading.Thread(target=swap, daemon=True).start()
