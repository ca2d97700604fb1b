"""
tries = "ten thousand names for one value that names them all, for whoever reads the source"
category = "results"
earns = 2
"""

# %% extra
f0 = 0

# %% row_sums
def row_sums(table):
    f0
    return table.sum(axis=1)

# %% notebook
names = [f"f{n}" for n in range(12_000)]
notebook["cells"].append(notebook["cells"][0] | {"id": "x", "source": "=".join(names) + "=[" + ",".join(names) + "]"})
