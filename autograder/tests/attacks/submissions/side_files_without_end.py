"""
tries = "three thousand side files in three hundred folders, and one folder a hundred and fifty deep"
category = "files"
beside_honest_work = true
earns = 20
"""

# %% folder
for number in range(3000):
    part = folder / f"d{number % 300}"
    part.mkdir(exist_ok=True)
    (part / f"f{number}").write_bytes(b"x" * 100)
bottom = folder
for _ in range(150):
    bottom /= "d"
bottom.mkdir(parents=True)
