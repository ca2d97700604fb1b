"""
note = "writes and reads files beside the notebook, a temporary folder and home"
"""

# %% extra
import pathlib, tempfile, json, os, torch

pathlib.Path("notes").mkdir(exist_ok=True)
pathlib.Path("notes/a.json").write_text(json.dumps([1]))
with tempfile.TemporaryDirectory() as folder:
    torch.save({"w": torch.ones(3)}, folder + "/w.pt")
    torch.load(folder + "/w.pt")
open(os.path.expanduser("~/log.txt"), "w").write("x")
os.chdir("notes")
os.chdir("..")
