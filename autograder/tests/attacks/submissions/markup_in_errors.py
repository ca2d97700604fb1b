"""
tries = "put markup into exception names, texts and file names"
category = "pages"
"""

# %% extra
X = type("<script>", (Exception,), {})


def softmax(x):
    raise X("<img src=x onerror=LEAK>")


exec(compile("1/0", "<cell <b>bold</b>>", "exec"))
