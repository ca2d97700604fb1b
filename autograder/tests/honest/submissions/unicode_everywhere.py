"""
note = "letters of other alphabets in names, comments and strings"
"""

# %% extra
π = 3.14159
größe = "naïve — 数据 🎓 \u202e"
print(größe, π)


# %% demean
def demean(икс):
    durchschnitt = икс.mean()  # Mittelwert ✓
    return икс - durchschnitt
