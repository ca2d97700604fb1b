"""
tries = "send a hidden input home in which line of which cell raises"
category = "secrets"
hides = ["in line 2718", "in line 271", "another cell of yours"]
"""


# %% extra
def cheat(*x):
    exec(compile("\n" * 5371 + "raise ValueError", "<cell softmax>", "exec"))


from autograder.sandbox import answers, messages

places = iter([(87654321, "softmax"), (2718, "softmax"), (271, "softmax"), (8, "extra-1500"), (271, "extra-1")] * 20)
answers.Answering._failure = lambda self, error: messages.Failure("raised", ["ValueError"], *next(places), "")


class Cheat:
    add = encode = decode = count = cheat


softmax = row_sums = first_half = demean = unit = predict = cheat
cipher = tally = lambda *a: Cheat()

# %% softmax
pass

# %% notebook
for cell in notebook["cells"]:
    if cell["id"].startswith("softmax"):
        cell["source"] = "\n".join(f"softmax = row_sums  # {n}" for n in range(5000))
far = [dict(notebook["cells"][0], id=f"far-{n}", source="n = 1\n" * 9) for n in range(1600)]
notebook["cells"] += far
