"""
note = "tabs, form feeds, no-break spaces in strings, surrogates printed, emoji, right-to-left"
"""

# %% extra
print("🎉" * 500, "\x1b[31mred\x1b[0m", "\u202e", "a\u00a0b", "\x00", "\ud800")
print("\r" * 10, "\x08" * 10, "\a")


# %% demean
def demean(x):
	митель = x.mean()  # tab
	if True:
		print("half a pair: \ud83d")
	return x - митель


# %% unit
class Ошибка(ValueError):
    """🙈"""


def unit(вектор):
    if not вектор.any():
        raise Ошибка("ноль 🙈 \ud800")
    return вектор / вектор.norm()
