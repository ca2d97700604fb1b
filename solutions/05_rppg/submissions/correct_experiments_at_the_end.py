"""
note = "another network was tried out under the name of the trained one"
"""
# %% extra
network = PulseNet(width=8)
network(valid_inputs)

# %% reflection
minutes = 180
muddiest = "what width does"
