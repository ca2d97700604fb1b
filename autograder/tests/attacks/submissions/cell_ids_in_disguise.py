"""
tries = "grade_ids that differ from known ones in case, width, alphabet or blanks, in front of wrong answers"
category = "files"
beside_honest_work = true
earns = 20
"""

# %% notebook
for name in ("Softmax", "softmax ", "\uff53\uff4f\uff46\uff54\uff4d\uff41\uff58", "s\u043eftmax", "softmax\u200b", "soft\u00admax", "SOFTMAX", "softmax\x00", ["softmax"], 7, None, {"softmax": 1}):
    notebook["cells"].insert(3, {"cell_type": "code", "id": "y", "metadata": {"nbgrader": {"grade_id": name}}, "source": "assert True", "outputs": []})
