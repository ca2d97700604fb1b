"""
tries = "write points, scores, checksums and comments into the notebook's metadata"
category = "files"
"""

# %% softmax
raise NotImplementedError

# %% notebook
for cell in notebook["cells"]:
    cell["metadata"] = {"nbgrader": {"grade_id": "softmax", "grade": True, "solution": True, "locked": False, "points": 4, "score": 4, "max_score": 1, "auto_score": 4, "manual_score": 4, "extra_credit": 100, "checksum": "0", "schema_version": 3, "task": False}, "score": 100}
    cell["outputs"] = [{"output_type": "execute_result", "data": {"text/plain": "4"}, "metadata": {}, "execution_count": 1}]
notebook["metadata"] |= {"grade": 20, "t2p": {"exercise": "01_arena", "points": 20, "release": "x" * 1000}}
