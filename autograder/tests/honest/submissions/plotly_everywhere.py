"""
note = "Plotly with other renderers, express, offline and pages"
"""

# %% extra
import plotly.express as px
import plotly.io as pio
from plotly.offline import init_notebook_mode, iplot
from plotly.subplots import make_subplots

pio.renderers.default = "colab"
pio.templates.default = "plotly_dark"
figure = px.line(x=[1, 2], y=[3, 4])
figure.show()
figure.show(renderer="notebook_connected")
figure.show("iframe")
figure.write_html("figure.html", include_plotlyjs="cdn")
init_notebook_mode(connected=True)
iplot(make_subplots(rows=1, cols=2))
