"""
note = "widgets: interact, outputs, buttons that nobody clicks"
"""

# %% extra
import ipywidgets as widgets
from IPython.display import Audio, HTML, Latex, Markdown, clear_output, display


@widgets.interact(rate=(0.0, 1.0), name=["a", "b"])
def show(rate=0.5, name="a"):
    print(rate, name)


out = widgets.Output()
with out:
    print("inside")
button = widgets.Button(description="train")
button.on_click(print)
display(out, widgets.VBox([button, widgets.IntProgress(value=3), widgets.HTML("<b>x</b>")]))
play, slider = widgets.Play(), widgets.IntSlider()
widgets.jslink((play, "value"), (slider, "value"))
clear_output(wait=True)
display(HTML("<b>bold</b>"), Markdown("**bold**"), Latex("$x$"), Audio(np.zeros(100), rate=8000))
display({"text/plain": "x", "application/vnd.nobody-knows": 1}, raw=True)
handle = display("first", display_id=True)
handle.update("second")
