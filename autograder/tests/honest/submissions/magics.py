"""
note = "line and cell magics, shell commands, help and time measurements"
"""

# %% extra
# %load_ext autoreload
# %autoreload 2
# %timeit -n 5 -r 1 sum(range(10))
# %time x = 1
# !ls -la; echo done; python -c 'print(1)'
# %pwd
# %cd /tmp
# %cd -
# %env
# %env MODE=fast
# %who
# %precision 3
# %store x
# %config InlineBackend.figure_format = 'retina'
# ?torch.softmax
# %history

# %% extra
# %%timeit -n 3 -r 1
sum(range(10))

# %% extra
# %%bash
pwd
ls

# %% extra
# %%html
"<b>bold</b>"

# %% extra
listing = get_ipython().getoutput("ls")
print(listing)
