"""
note = "torch.save, pickle, npz, SQLite, CSV and a module saved in the work folder"
"""

# %% extra
import csv, json, pickle, sqlite3, tempfile, torch

torch.save(torch.nn.Linear(2, 1), "model.pt")
torch.load("model.pt", weights_only=False)
pickle.dump([1], open("a.pkl", "wb"))
np.savez("b.npz", a=1)
sqlite3.connect("x.db").execute("create table t (a)")
csv.writer(open("t.csv", "w")).writerow([1, 2])


# %% softmax
def softmax(logits):
    with tempfile.NamedTemporaryFile(suffix=".pt") as file:
        torch.save(logits, file.name)
        return torch.load(file.name).softmax(1)
