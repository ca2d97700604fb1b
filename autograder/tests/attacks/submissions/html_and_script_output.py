"""
tries = "show HTML, SVG, scripts, Markdown, LaTeX and terminal codes"
category = "pages"
shows = ["red"]
"""

# %% extra
from IPython.display import HTML, SVG, Javascript, Markdown, display

display(HTML("<script>alert('LEAK')</script>"))
display(Javascript("alert('LEAK')"))
display(SVG("<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'><text>LEAK</text></svg>"))
display(Markdown("[x](javascript:LEAK)"))
display({"text/html": "<img src=x onerror=LEAK>", "application/javascript": "LEAK", "text/latex": "LEAK"}, raw=True)
print("\x1b]0;title\x07\x1b[31mred\x1b[0m\x9b31m \u202etxt.exe")
