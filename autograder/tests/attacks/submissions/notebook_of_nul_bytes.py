"""
tries = "NUL bytes, surrogates, control characters and line ends of all kinds in sources, ids and metadata"
category = "files"
beside_honest_work = true
earns = 20
"""

# %% notebook
for odd in ("\x00", "x = 1\x00", "\ud800", "\r\r\r", "\x0c\x0b", "\u2028\u2029", "\ufeff", "\x1b[2J", "'\\\x00", "x = '''\r\n\x00'''"):
    notebook["cells"].append({"cell_type": "code", "id": odd, "metadata": {odd: odd, "nbgrader": {"grade_id": odd}}, "source": odd, "outputs": []})
    notebook["cells"].append({"cell_type": "markdown", "id": odd, "metadata": {}, "source": [odd, odd], "outputs": []})
