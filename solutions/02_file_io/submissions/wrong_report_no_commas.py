"""
part = "report"
verdict = "wrong"
misconception = "a width is all that a number needs"
see = "cell:formats_seen"
"""
# %% report
def report(rows):
    text = f"{'file':<16}{'bytes':>12}{'intact':>9}\n"
    for name, size, share in rows:
        text += f"{name:<16}{size:>12}{share:>9.1%}\n"
    return text + f"{'total':<16}{sum(r[1] for r in rows):>12}\n"
