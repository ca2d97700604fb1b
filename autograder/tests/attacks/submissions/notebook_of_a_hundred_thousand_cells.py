"""
tries = "a hundred thousand cells, each with an id of its own"
category = "files"
seconds = 10
"""

# %% notebook
notebook["cells"] = [{"cell_type": "code", "id": f"c{n}", "metadata": {}, "source": "1", "outputs": []} for n in range(100_000)]
