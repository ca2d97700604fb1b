"""
note = "only the cells without points are filled in, with extra cells that print and plot"
"""
# %% guess_bytes
guess_bytes = {"before close": 5, "after close": 5, "utf-8": 1, "latin-1": 1, "utf-8-sig": 1}

# %% extra
print(sorted(Path().rglob("*.idx"))[:3])
plt.plot([1, 2])
plt.show()

# %% guess_types
guess_types = {"csv": "str", "json": "float", "npy": "float32"}

# %% guess_order
guess_order = 480

# %% extra
os.chdir("rescue été" if Path("rescue été").is_dir() else ".")

# %% reflection
minutes = 140
muddiest = "byte order"
