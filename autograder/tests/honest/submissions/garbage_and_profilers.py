"""
note = "gc switched off, tracemalloc, cProfile, %prun, timeit"
"""

# %% extra
import cProfile, faulthandler, gc, timeit, tracemalloc

gc.disable()
tracemalloc.start()
faulthandler.enable()
cProfile.run("sum(range(10))")
print(timeit.timeit("1 + 1", number=10))
# %prun -q sum(range(10))
