"""
note = "an experiment that raises, a syntax error and a half-written cell"
"""
# %% extra
1 / 0
# %% extra
if True print('x')
# %% extra
for
