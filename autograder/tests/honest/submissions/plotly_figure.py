"""
note = "a Plotly figure shown twice"
"""

# %% extra
import plotly.graph_objects as go

figure = go.Figure(go.Scatter(y=list(range(1000))))
figure.show()
figure
