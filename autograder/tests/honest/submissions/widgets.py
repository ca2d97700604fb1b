"""
note = "widgets, where they are installed, and their display"
"""

# %% extra
try:
    import ipywidgets

    display(ipywidgets.IntSlider())
except ImportError:
    print("no widgets here")
from IPython.display import clear_output, HTML, Markdown, Audio

clear_output(wait=True)
display(HTML("<b>bold</b>"), Markdown("**bold**"))
