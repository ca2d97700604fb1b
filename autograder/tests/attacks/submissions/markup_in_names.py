"""
tries = "markup in the student's name, in cell ids, kernels, cell types and the names of side files"
category = "pages"
student = "<img src=x onerror=alert(1)>\u202e{{7*7}}"
"""

# %% extra
1

# %% notebook
evil = "<script>alert(1)</script><svg onload=alert(1)>"
notebook["metadata"] = {"kernelspec": {"name": evil, "language": evil, "display_name": evil}, "title": evil, "authors": [{"name": evil}]}
for kind in ("markdown", evil, "raw"):
    notebook["cells"].append({"cell_type": kind, "id": evil, "metadata": {"nbgrader": {"grade_id": "softmax"}, "tags": [evil]}, "source": evil, "outputs": []})

# %% folder
(folder / "<img src=x onerror=alert(1)>.txt").write_text("x")
