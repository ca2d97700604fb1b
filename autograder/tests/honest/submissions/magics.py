"""
note = "line and cell magics, shell commands and time measurements"
"""

# %% extra
get_ipython().run_line_magic("matplotlib", "inline")
get_ipython().run_line_magic("timeit", "-n 5 -r 1 sum(range(10))")
get_ipython().system("ls -la; echo done; python -c 'print(1)'")
get_ipython().run_line_magic("load_ext", "autoreload")
get_ipython().run_cell_magic("time", "", "x = 1")
get_ipython().run_line_magic("who", "")
